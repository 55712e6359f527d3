// Names stay in the window: on every page, with names shown, nothing that somebody can do with keys or the mouse puts
// one where another program could paste it.

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTest>
#include <QTextEdit>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/every_page.h"
#include "ui/task/task_runner.h"

using namespace fairlead;
using namespace fairlead::ui;

namespace {

/// Of the made-up pages.
const QStringList kOfPersons = {"Invented Name", "Rowan Applegarth", "Made-up Lane",
                                "H801200001002", "2011-03-04",       "P-2210"};
constexpr int kRowsTried = 5;

bool namesSomebody(const QString& words) {
    return std::ranges::any_of(kOfPersons, [&](const QString& name) { return words.contains(name); });
}

/// What is to be pasted, in every form that is text.
QString pasted() {
    const QMimeData* content = QApplication::clipboard()->mimeData();
    QString all;
    for (const QString& format : content->formats()) {
        all += QString::fromUtf8(content->data(format)) + QChar::LineFeed;
    }
    return all;
}

/// What a widget lets somebody select.
QString selectable(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        const auto copied = Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard | Qt::TextEditable;
        return (label->textInteractionFlags() & copied) == 0 ? QString() : label->text();
    }
    if (const auto* field = qobject_cast<const QLineEdit*>(&widget)) {
        return field->text();
    }
    if (const auto* text = qobject_cast<const QTextEdit*>(&widget)) {
        return text->toPlainText();
    }
    const auto* plain = qobject_cast<const QPlainTextEdit*>(&widget);
    return plain == nullptr ? QString() : plain->toPlainText();
}

/// What a list or table shows.
QString shown(const QAbstractItemView& view) {
    QString all;
    const QAbstractItemModel* model = view.model();
    for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            all += model->index(row, column).data().toString() + QChar::LineFeed;
        }
    }
    return all;
}

/// Copies made by every key that could; how many there were.
int copyByKeys(QWidget& widget) {
    int copies = 0;
    for (const auto& [key, with] : {std::pair(Qt::Key_C, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                    std::pair(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier),
                                    std::pair(Qt::Key_Insert, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                    std::pair(Qt::Key_X, Qt::KeyboardModifiers(Qt::ControlModifier))}) {
        QApplication::clipboard()->setText(QStringLiteral("before"));
        QTest::keyClick(&widget, key, with);
        CHECK_FALSE(namesSomebody(pasted()));
        copies += QApplication::clipboard()->text() == QStringLiteral("before") ? 0 : 1;
    }
    return copies;
}

int copyFromView(QAbstractItemView& view) {
    int copies = 0;
    const QAbstractItemModel* model = view.model();
    for (int row = 0; model != nullptr && row < std::min(model->rowCount(), kRowsTried); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            view.setCurrentIndex(model->index(row, column));
            copies += copyByKeys(view);
        }
    }
    view.selectAll();
    return copies + copyByKeys(view);
}

}  // namespace

TEST_CASE("T-M3: on every page with names shown, no key copies one and none can be selected or dragged",
          "[ui][locking][T-M3]") {
    TaskRunner runner;
    int copies = 0;
    QStringList named;
    for (const auto& page : made_up::everyPage(runner, made_up::Names::Shown)) {
        INFO(page.name);
        page.widget->resize(1366, 768);
        page.widget->show();
        QList<QPointer<QWidget>> widgets;  // A choice in one may replace others.
        for (QWidget* widget : page.widget->findChildren<QWidget*>()) {
            widgets.emplace_back(widget);
        }
        for (const auto& widget : widgets) {
            if (widget == nullptr || !widget->isVisible()) {
                continue;
            }
            INFO(widget->metaObject()->className()
                 << " " << widget->accessibleName().toStdString() << ": " << selectable(*widget).toStdString());
            CHECK_FALSE(namesSomebody(selectable(*widget)));
            if (auto* view = qobject_cast<QAbstractItemView*>(widget.data())) {
                CHECK_FALSE(view->dragEnabled());
                copies += copyFromView(*view);
                if (namesSomebody(shown(*view))) {
                    named << QString::fromLatin1(page.name);
                }
            } else if (!selectable(*widget).isEmpty()) {
                QTest::keyClick(widget.data(), Qt::Key_A, Qt::ControlModifier);
                copies += copyByKeys(*widget);
            }
        }
    }
    named.removeDuplicates();
    // The search finds names where they are, and copying works where there are none.
    for (const char* page : {"overview", "list", "people", "drill", "pairs"}) {
        INFO(page << " of " << named.join(' ').toStdString());
        CHECK(named.contains(QString::fromLatin1(page)));
    }
    CHECK(copies > 50);
}
