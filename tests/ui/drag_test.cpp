// What comes in by drag and drop, and what does not go out.

#include <QAbstractItemView>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QUrl>

#include "tests/ui/opened.h"
#include "ui/drill/pupil_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/notice_bar.h"
#include "ui/sources/extract_drop.h"
#include "ui/sources/load_page.h"
#include "ui/sources/sources_page.h"
#include "ui/style/no_drag.h"
#include "ui/style/text_label.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;

namespace {

std::unique_ptr<QMimeData> dragOf(const QStringList& addresses) {
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString& address : addresses) {
        urls << QUrl(address);
    }
    data->setUrls(urls);
    return data;
}

/// True when the widget took them.
bool dropOn(QWidget& widget, const QMimeData& data) {
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    if (!enter.isAccepted()) {
        return false;
    }
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &drop);
    CHECK(drop.dropAction() == Qt::CopyAction);
    return drop.isAccepted();
}

}  // namespace

TEST_CASE("extracts and their manifests are taken from a drag, each once; with anything else among them nothing is",
          "[ui][drag]") {
    using Files = std::vector<std::filesystem::path>;
    CHECK(extractsIn(*dragOf({"file:///in/police.fxm", "file:///in/police.fxt", "file:///in/health%20a.fxm"})) ==
          Files{"/in/health a.fxt", "/in/police.fxt"});
    CHECK(extractsIn(*dragOf({})).empty());
    CHECK(extractsIn(*dragOf({"file:///in/police.fxt", "file:///in/notes.pdf"})).empty());
    CHECK(extractsIn(*dragOf({"https://example.org/police.fxt"})).empty());
    CHECK(extractsIn(*dragOf({"file:///in/folder"})).empty());
    QMimeData words;
    words.setText("/in/police.fxt");
    CHECK(extractsIn(words).empty());
}

TEST_CASE("extracts dropped on the sources are shown before they are loaded, and not while work runs", "[ui][drag]") {
    Opened opened;
    opened.window.desk()->showSources();
    auto* sources = opened.window.findChild<SourcesPage*>();
    CHECK(sources->acceptDrops());
    CHECK_FALSE(dropOn(*sources, *dragOf({"file:///in/notes.pdf"})));
    CHECK(dropOn(*sources, *dragOf({"file:///in/police_6.fxt", "file:///in/police_7.fxm"})));
    CHECK_FALSE(sources->acceptDrops());
    opened.settle();
    REQUIRE(opened.shows<LoadPage>());
    CHECK(opened.session->calls.back() == "preview 2");
    CHECK(sources->acceptDrops());
    CHECK(dropOn(*opened.window.page(), *dragOf({"file:///in/health_1.fxt"})));
    opened.settle();
    CHECK(opened.session->calls.back() == "preview 1");
    CHECK(std::ranges::count(opened.session->calls, "load 1") == 0);
}

TEST_CASE("no list, table or field lets its words be dragged out of the window", "[ui][drag]") {
    Opened opened;
    opened.window.desk()->openSchool({137000});
    opened.settle();
    opened.window.desk()->openPupil({2});
    opened.settle();
    int views = 0;
    for (const QAbstractItemView* view : opened.window.findChildren<QAbstractItemView*>()) {
        INFO(view->metaObject()->className() << " " << view->accessibleName().toStdString());
        CHECK_FALSE(view->dragEnabled());
        CHECK(view->dragDropMode() == QAbstractItemView::NoDragDrop);
        ++views;
    }
    CHECK(views > 20);
    for (const QLineEdit* field : opened.window.findChildren<QLineEdit*>()) {
        CHECK_FALSE(field->dragEnabled());
    }
    int selectable = 0;
    for (QLabel* label : opened.window.findChildren<QLabel*>()) {
        if (!label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse) || label->text().isEmpty()) {
            continue;
        }
        ++selectable;
        label->setSelection(0, static_cast<int>(label->text().size()));
        QTest::mousePress(label, Qt::LeftButton, Qt::NoModifier, label->rect().center());
        CHECK_FALSE(label->hasSelectedText());
        QTest::mouseRelease(label, Qt::LeftButton);
    }
    CHECK(selectable > 3);
    ReasonDialog reason;
    reason.show();
    auto* field = reason.findChild<QPlainTextEdit*>();
    field->setPlainText("words");
    field->selectAll();
    QTest::mousePress(field->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(10, 10));
    CHECK_FALSE(field->textCursor().hasSelection());
}
