// A pupil's page: what stands behind a record, where it counts, and how it joined.

#include <QTest>
#include <algorithm>
#include <cmath>

#include <catch2/catch_test_macros.hpp>

#include "tests/ui/opened.h"
#include "ui/drill/drill_tables.h"
#include "ui/drill/join_panel.h"
#include "ui/drill/pupil_page.h"
#include "ui/shell/desk.h"
#include "ui/table/data_table.h"

using namespace fairlead;
using namespace fairlead::ui;

TEST_CASE("a pupil's page leads to the source row, the gateway and the agreement, support first", "[ui][pages]") {
    const auto content = made_up::pupil();
    CHECK(inPlaceInWords(content).startsWith(
        "Support in place on 22/06/2026: Open to Families in Focus since 03/02/2026."));
    CHECK(gapsInWords(content).contains("Police, 01/03/2026 to 31/03/2026"));
    const auto refs = evidenceOf(content.timeline);
    REQUIRE(refs.size() == 4);
    const auto source = sourceFields(content, refs[0]);
    CHECK(source[1].value == "education_2026-06-20.fxt");
    CHECK(source[2].value == "fact, row 8,841");
    auto listed = content;
    listed.timeline.spells[1].checklist = {{"Attendance below 85%", 1, true, {}}, {"Young carer", 2, false, {}}};
    const auto says = recordFields(listed, refs[0]);
    REQUIRE(says.size() == recordFields(content, refs[0]).size() + 2);
    CHECK(says[says.size() - 2].value == "Attendance below 85%");
    CHECK(says.back().label == "Not on it");
    const auto gateway = gatewayFields(content, refs[0]);
    CHECK(gateway[0].value == "Education Act 2002, section 175");
    CHECK(gateway[1].value == "ISA-04");
    CHECK(gateway[2].value == "20/06/2027");
}

TEST_CASE("how a record joined is told step by step, and only when it is asked for", "[ui][pages]") {
    PupilPage page;
    page.setPupil(std::make_shared<const PupilContent>(made_up::pupil()));
    std::vector<std::int64_t> asked;
    QObject::connect(&page, &PupilPage::joinRequested, &page,
                     [&](record::PersonKey, indicator::FactId fact) { asked.push_back(fact.value); });
    CHECK_FALSE(page.join().steps().isVisibleTo(&page));
    page.askHowJoined();
    REQUIRE(asked.size() == 1);
    const workspace::JoinStory story = made_up::joinStory();
    page.setJoin({asked[0] + 1}, story);  // Another record's story comes too late.
    CHECK_FALSE(page.join().steps().isVisibleTo(&page));
    page.setJoin({asked[0]}, story);
    CHECK(page.join().steps().isVisibleTo(&page));
    const auto table = joinTable(story);
    REQUIRE(table->rows.size() == 5);
    CHECK(table->rows[2].cells[3].text == "the same; a rare value (+2.3)");
    CHECK(table->rows[2].cells[1].text == "+8.7");
    CHECK(table->rows[4].cells[2].text == "+7.8");
    // The bars meet: each starts where the last one ended, and the whole range is used.
    double end = std::get<FloatingBar>(table->rows[0].cells[1].mark).zero;
    for (const TableRow& row : table->rows) {
        const auto& bar = std::get<FloatingBar>(row.cells[1].mark);
        CHECK(std::abs(bar.from - end) < 1e-9);
        CHECK(bar.to >= 0);
        CHECK(bar.to <= 1);
        end = bar.to;
    }
    CHECK(personInWords(story).startsWith("3 records are this person's"));
    CHECK(joinInWords({"police/police_records", {}, {}}).contains("stands alone"));
}

TEST_CASE("a record says in which figures of the day it counts", "[ui][pages]") {
    const auto content = made_up::pupil();
    const auto counted = [&](std::size_t spell) {
        const auto fields = recordFields(content, {spell, 0});
        const auto found = std::ranges::find(fields, QStringLiteral("Counted in"), &LabelledValue::label);
        REQUIRE(found != fields.end());
        return found->value;
    };
    CHECK(counted(1) == "Risk of NEET and its group's total; New indicators, as at 22/06/2026");
    CHECK(counted(0) == "Open to Families in Focus and its group's total, as at 22/06/2026");
    auto later = made_up::pupil();
    later.timeline.spells[2].days = {later.timeline.asAt - 90, later.timeline.asAt - 60};
    const auto fields = recordFields(later, {2, 0});
    CHECK(std::ranges::find(fields, QStringLiteral("no figure as at 22/06/2026"), &LabelledValue::value) !=
          fields.end());
}

TEST_CASE("F9 hides what stands behind a record, and asking how it joined goes through the session", "[ui][journey]") {
    made_up::Opened opened;
    opened.press(Qt::Key_Return);
    opened.window.desk()->openPupil({2});
    opened.settle();
    REQUIRE(opened.shows<PupilPage>());
    PupilPage& page = opened.window.desk()->pupil();
    CHECK(page.isEvidenceShown());
    opened.press(Qt::Key_F9);
    CHECK_FALSE(page.isEvidenceShown());
    opened.press(Qt::Key_J, Qt::ControlModifier);
    CHECK(page.join().steps().isVisible());
    CHECK(std::ranges::find(opened.session->calls, "joined 2 8841") != opened.session->calls.end());
}
