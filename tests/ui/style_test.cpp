#include <QComboBox>
#include <QDateEdit>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QSignalSpy>
#include <QTextDocument>

#include <catch2/catch_test_macros.hpp>

#include "ui/shell/navigation.h"
#include "ui/style/entry_delegate.h"
#include "ui/style/known_at_field.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/tokens.h"
#include "ui/style/words.h"
#include "ui/tile/count_words.h"
#include "ui/tile/reading.h"

using namespace fairlead;
using namespace fairlead::ui;

namespace {

Date dayOf(int year, unsigned month, unsigned day) { return Date::fromCivil(year, month, day).value(); }

/// A text as a tool tip reads it, counting what it asks the disk or a network for.
class AskedDocument final : public QTextDocument {
public:
    explicit AskedDocument(const QString& text) {
        if (Qt::mightBeRichText(text)) {
            setHtml(text);
        } else {
            setPlainText(text);
        }
        setTextWidth(400);
        size();  // Lays it out, which is when pictures are loaded.
    }
    int asked = 0;

protected:
    QVariant loadResource(int /*type*/, const QUrl& /*name*/) override {
        ++asked;
        return {};
    }
};

}  // namespace

TEST_CASE("the contrast of black on white is 21 and of a colour on itself 1", "[ui][style]") {
    CHECK(contrast(QColor(Qt::black), QColor(Qt::white)) > 20.9);
    CHECK(contrast(QColor(Qt::black), QColor(Qt::white)) <= 21.0);
    CHECK(contrast(QColor(Qt::red), QColor(Qt::red)) == 1.0);
}

TEST_CASE("every text of every theme has 4.5 to 1 on its ground, every border 3 to 1", "[ui][style]") {
    for (const Tokens& t : {lightTokens(), darkTokens(), highContrastTokens()}) {
        INFO((t.dark ? "dark" : "light"));
        for (const QColor& ground : {t.window, t.card, t.selectedRow}) {
            CHECK(contrast(t.text, ground) >= 4.5);
        }
        for (const QColor& ground : {t.window, t.card}) {
            CHECK(contrast(t.secondaryText, ground) >= 4.5);
            CHECK(contrast(t.error, ground) >= 4.5);
            CHECK(contrast(t.accent, ground) >= 3.0);
            CHECK(contrast(t.controlBorder, ground) >= 3.0);
            CHECK(contrast(t.disabledText, ground) >= 3.0);
        }
        CHECK(contrast(t.accent, t.selectedRow) >= 3.0);
        CHECK(contrast(t.onAccent, t.accent) >= 4.5);
        CHECK(contrast(t.draftText, t.draftGround) >= 4.5);
        CHECK(contrast(t.markingText, t.markingGround) >= 4.5);
        CHECK(contrast(t.focusOuter, t.focusInner) >= 3.0);
    }
}

TEST_CASE("with high contrast every text has 7 to 1", "[ui][style]") {
    setTheme(Theme::HighContrast);
    const Tokens& t = tokens();
    for (const QColor& ground : {t.window, t.card, t.selectedRow}) {
        CHECK(contrast(t.text, ground) >= 7);
        CHECK(contrast(t.secondaryText, ground) >= 7);
        CHECK(contrast(t.accent, ground) >= 7);
        CHECK(contrast(t.error, ground) >= 6);
    }
    setTheme(Theme::Light);
}

TEST_CASE("the bundled font is used and its digits are of one width", "[ui][style]") {
    CHECK(QFontInfo(ui::font(TextRole::Body)).family() == "Open Sans");
    for (const TextRole role : {TextRole::Table, TextRole::Figure, TextRole::NoteStrong}) {
        const QFontMetrics metrics(ui::font(role));
        CHECK(metrics.horizontalAdvance(QStringLiteral("1111111111")) ==
              metrics.horizontalAdvance(QStringLiteral("8888888888")));
    }
}

TEST_CASE("text size stays between 100 and 200 per cent and makes every role larger", "[ui][style]") {
    const double before = ui::font(TextRole::Note).pointSizeF();
    setTextPercent(500);
    CHECK(textPercent() == 200);
    CHECK(ui::font(TextRole::Note).pointSizeF() == 2 * before);
    setTextPercent(10);
    CHECK(textPercent() == 100);
}

TEST_CASE("the four nothings have a sign and a spoken word each", "[ui][words]") {
    using indicator::Count;
    CHECK(countText(Count::of(0)) == "0");
    CHECK(countText(Count::notApplicable()) == QStringLiteral("\u2013"));
    CHECK(countText(Count::suppressed()) == "[c]");
    CHECK(countText(Count::notSupplied()) == "[x]");
    CHECK(countSpoken(Count::notApplicable()) == "not applicable");
    CHECK(countSpoken(Count::suppressed()) == "suppressed");
    CHECK(countSpoken(Count::notSupplied()) == "not supplied");
    CHECK(countText(Count::of(1204)) == "1,204");
}

TEST_CASE("a figure names its unit", "[ui][words]") {
    using indicator::Count;
    indicator::Figure figure;
    figure.pupils = Count::of(58);
    figure.events = Count::of(97);
    CHECK(unitLine(figure) == QStringLiteral("pupils · 97 events"));
    figure.pupils = Count::of(1);
    figure.events = Count::of(1);
    CHECK(unitLine(figure) == QStringLiteral("pupil · 1 event"));
    figure.events = Count::notApplicable();
    CHECK(unitLine(figure, 1000) == QStringLiteral("pupil (0.1% of roll)"));
    figure.pupils = Count::suppressed();
    CHECK(unitLine(figure) == "suppressed: small number");
}

TEST_CASE("a change is said with a real minus sign and its month", "[ui][words]") {
    using indicator::Count;
    const Date may = Date::fromCivil(2026, 5, 31).value();
    CHECK(changeText({Count::of(9), may}, true) == "+9 on May");
    CHECK(changeText({Count::of(-3), may}, false) == QStringLiteral("\u22123"));
    CHECK(changeText({Count::of(0), may}, true) == "no change");
    CHECK(changeText({Count::notSupplied(), may}, true) == "[x]");
    CHECK(changeSpoken({Count::of(-3), may}) == "down 3 on 31/05/2026");
}

TEST_CASE("a series is said in one neutral sentence", "[ui][words]") {
    using indicator::Count;
    const auto month = [](unsigned m) { return Date::fromCivil(2026, m, 1).value().monthEnd(); };
    const auto point = [&](unsigned m, Count count) {
        return indicator::MonthPoint{month(m), count, Count::notApplicable(), false};
    };
    CHECK(seriesInWords({point(1, Count::of(50)), point(2, Count::of(80)), point(3, Count::of(74))}) ==
          "Rose from 50 in January 2026 to 74 in March 2026; lowest 50 in January 2026, highest 80 in February 2026.");
    CHECK(seriesInWords({point(1, Count::of(1)), point(2, Count::of(1))}) ==
          "1 pupil in every month from January 2026 to February 2026.");
    CHECK(seriesInWords({point(1, Count::notSupplied())}) == "No month has a figure.");
    CHECK(seriesInWords({}) == "No month has a figure.");
}

TEST_CASE("pseudonyms sort A to Z and then AA", "[ui][words]") {
    CHECK(QVariant::compare(nameSortKey("Pupil Z"), nameSortKey("Pupil AA")) == QPartialOrdering::Less);
    CHECK(yearOrder("R") < yearOrder("1"));
    CHECK(yearOrder("9") < yearOrder("10"));
    CHECK(yearOrder("") > yearOrder("14"));
}

TEST_CASE("what was known at the end of a day can be chosen beside the loads", "[ui][style]") {
    const std::vector<LoadLine> loads = {{{1}, dayOf(2026, 5, 1), dayOf(2026, 4, 30)},
                                         {{2}, dayOf(2026, 6, 1), dayOf(2026, 5, 31)},
                                         {{3}, dayOf(2026, 6, 22), dayOf(2026, 6, 20)}};
    KnownAtField field(true, "As known at");
    field.show();
    QSignalSpy changed(&field, &KnownAtField::changed);
    field.setChoice(loads, {});
    CHECK(changed.isEmpty());
    auto* box = field.findChild<QComboBox*>();
    auto* day = field.findChild<QDateEdit*>();
    CHECK(box->currentText() == "known now");
    CHECK_FALSE(day->isVisible());
    CHECK_FALSE(field.choice().has_value());
    box->setCurrentIndex(box->count() - 1);
    CHECK(changed.size() == 1);
    CHECK(day->isVisible());
    CHECK(std::get<Date>(field.choice().value()) >= loads.back().takenIn);
    day->setDate(QDate(2026, 6, 3));
    CHECK(changed.size() == 2);
    CHECK(field.choice() == KnownAt(Date::fromCivil(2026, 6, 3).value()));
    day->setDate(QDate(2020, 1, 1));
    CHECK(field.choice() == KnownAt(loads.front().takenIn));
    field.setChoice(loads, KnownAt(record::LoadId{2}));
    CHECK_FALSE(day->isVisible());
    CHECK(box->currentText() == "known at load 2");
    field.setChoice(loads, KnownAt(Date::fromCivil(2026, 6, 2).value()));
    CHECK(day->date() == QDate(2026, 6, 2));
    CHECK(day->isVisible());
}

TEST_CASE("the list of pages shows its groups and keeps the current one in sight when room or text change", "[ui]") {
    Navigation pages;
    pages.setPages({{"Overview", "People"}, {}, {"Schools", "Sources", "Quality"}, {"Handbook"}});
    CHECK(pages.names() == QStringList{"Overview", "People", "Schools", "Sources", "Quality", "Handbook"});
    QList<int> begun;
    for (qsizetype row = 0; row < pages.names().size(); ++row)
        if (pages.at(row).data(kBeginsGroupRole).toBool()) begun << static_cast<int>(row);
    CHECK(begun == QList<int>{2, 5});
    pages.resize(600, 600);  // wide enough for large text
    pages.show();
    pages.setCurrentIndex(pages.at(5));
    pages.resize(pages.width(), 90);
    CHECK(pages.viewport()->rect().contains(pages.visualRect(pages.at(5))));
    setTextPercent(200);
    QCoreApplication::processEvents();
    const bool inSight = pages.viewport()->rect().contains(pages.visualRect(pages.at(5)));
    setTextPercent(100);
    CHECK(inSight);
}

TEST_CASE("a tool tip shows what looks like markup as it is written, and loads nothing", "[ui][style][T-I4]") {
    const QStringList names = {"<img src=file:///etc/passwd>",         "<b>Amelia</b>",    "{\\rtf1 Amelia}",
                               QStringLiteral("Amelia \u202Etxf.exe"), "Amelia & Sam < 5", "a plain name"};
    for (const QString& name : names) {
        INFO(name.toStdString());
        const AskedDocument shown(plainToolTip(name));
        CHECK(shown.toPlainText() == name);
        CHECK(shown.asked == 0);
        // The label that gives one: a line that is longer than its room.
        TextLabel label(name, TextRole::Body);
        label.elide();
        label.resize(20, 20);
        label.grab();
        REQUIRE_FALSE(label.toolTip().isEmpty());
        const AskedDocument tip(label.toolTip());
        CHECK(tip.toPlainText() == name);
        CHECK(tip.asked == 0);
    }
    // Without it the picture would be asked for.
    CHECK(AskedDocument(names.first()).asked > 0);
}
