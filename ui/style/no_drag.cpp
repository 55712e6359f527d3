#include "ui/style/no_drag.h"

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <functional>

namespace fairlead::ui {

namespace {

/// Qt starts a drag where a press without Shift meets selected text: there is none by then.
class SelectionDropper final : public QObject {
public:
    SelectionDropper(QWidget* pressed, std::function<void()> drop) : QObject(pressed), m_drop(std::move(drop)) {
        pressed->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::MouseButtonPress) {
            const auto* press = static_cast<QMouseEvent*>(event);
            if (press->button() == Qt::LeftButton && !press->modifiers().testFlag(Qt::ShiftModifier)) {
                m_drop();
            }
        }
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_drop;
};

template <typename Text>
void dropSelectionOf(Text& field) {
    new SelectionDropper(field.viewport(), [&field] {
        QTextCursor cursor = field.textCursor();
        cursor.clearSelection();
        field.setTextCursor(cursor);
    });
}

}  // namespace

void keepFromDragging(QLabel& label) {
    new SelectionDropper(&label, [&label] {
        if (label.hasSelectedText()) {
            label.setSelection(0, 0);
        }
    });
}

void keepFromDragging(QPlainTextEdit& field) { dropSelectionOf(field); }

void keepFromDragging(QTextEdit& text) { dropSelectionOf(text); }

}  // namespace fairlead::ui
