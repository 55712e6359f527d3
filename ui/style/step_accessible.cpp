#include "ui/style/step_accessible.h"

#include <QAccessibleWidget>
#include <map>

namespace fairlead::ui {

namespace {

/// One mark of a picture.
class StepAccessible final : public QAccessibleInterface {
public:
    StepAccessible(QWidget* widget, int step) : m_widget(widget), m_steps(dynamic_cast<Steps*>(widget)), m_step(step) {}

    bool isValid() const override { return m_step < m_steps->stepCount(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_widget); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? m_steps->spokenStep(m_step) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        const QRect own = isValid() ? m_steps->stepRect(m_step) : QRect();
        return {m_widget->mapToGlobal(own.topLeft()), own.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.focused = isValid() && m_widget->hasFocus() && m_steps->currentStep() == m_step;
        state.invalid = !isValid();
        return state;
    }

private:
    QWidget* m_widget;
    Steps* m_steps;
    int m_step;
};

/// The picture itself.
class PictureAccessible final : public QAccessibleWidget {
public:
    PictureAccessible(QWidget* widget, Steps* steps)
        : QAccessibleWidget(widget, QAccessible::Chart), m_widget(widget), m_steps(steps) {}
    ~PictureAccessible() override {
        for (const auto& [step, id] : m_children) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    int childCount() const override { return m_steps->stepCount(); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        const auto found = m_children.find(index);
        if (found != m_children.end()) {
            return QAccessible::accessibleInterface(found->second);
        }
        auto* made = new StepAccessible(m_widget, index);
        m_children.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override {
        for (const auto& [step, id] : m_children) {
            if (QAccessible::accessibleInterface(id) == wanted) {
                return step;
            }
        }
        return -1;
    }
    QAccessibleInterface* focusChild() const override {
        return m_widget->hasFocus() ? child(m_steps->currentStep()) : nullptr;
    }

private:
    QWidget* m_widget;
    Steps* m_steps;
    mutable std::map<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makePictureAccessible(const QString&, QObject* object) {
    auto* steps = dynamic_cast<Steps*>(object);
    return steps == nullptr ? nullptr : new PictureAccessible(qobject_cast<QWidget*>(object), steps);
}

}  // namespace

void installStepAccessible() {
    static const bool once = [] {
        QAccessible::installFactory(makePictureAccessible);
        return true;
    }();
    static_cast<void>(once);
}

void announceStep(QWidget& widget, int step) {
    QAccessibleEvent moved(&widget, QAccessible::Focus);
    moved.setChild(step);
    QAccessible::updateAccessibility(&moved);
}

}  // namespace fairlead::ui
