#include "core/pdf/pdf.h"

#include <array>
#include <cstdio>

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using briefing::Document;
using test::valueOf;

namespace {

Document sample(std::size_t tableRows) {
    briefing::Table table{.caption = "Pupils",
                          .columns = {{"Date", 1}, {"Pupil", 2}, {"Number", 1, briefing::Align::Right}},
                          .rows = {},
                          .totals = {},
                          .whenEmpty = "Nothing new was recorded in this period."};
    for (std::size_t i = 0; i < tableRows; ++i) {
        table.rows.push_back({"21/06/2026", "Pupil <b>A</b> & {\\rtf} " + std::to_string(i), std::to_string(i)});
    }
    briefing::Chart chart{.title = "Pupils by month", .words = "rose from 3 in May to 5 in June", .points = {}};
    chart.points = {{"May", 3.0}, {"Jun", std::nullopt}, {"Jul", 5.0, true}};
    return Document{.marking = "OFFICIAL-SENSITIVE · PERSONAL DATA (CHILDREN)",
                    .draftLine = "DRAFT, not for decision-making",
                    .title = "School safeguarding briefing",
                    .subtitle = {"Zoë Żółć School (synthetic)"},
                    .reference = "SB-2026-0001",
                    .auditLine = "audit 12 entries",
                    .createdIso = "2026-06-30",
                    .sections = {{"New", {table}}, {"Trend", {chart, briefing::Bullets{{"one", "two"}}}}}};
}

std::string outputOf(const std::string& command) {
    std::string text;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) text += buffer.data();
    REQUIRE(::pclose(pipe) == 0);
    return text;
}

std::size_t countOf(std::string_view needle, std::string_view hay) {
    std::size_t count = 0;
    for (auto at = hay.find(needle); at != std::string_view::npos; at = hay.find(needle, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("Every page carries the marking twice, DRAFT, its number and the reference", "[pdf]") {
    const test::TempFolder folder;
    TaskContext task;
    const auto made = valueOf(pdf::render(sample(90), {}, task));
    test::writeBytes(folder / "a.pdf", made.bytes);

    REQUIRE(made.pages == 3);
    for (int page = 1; page <= made.pages; ++page) {
        const auto number = std::to_string(page);
        const auto text =
            outputOf("pdftotext -layout -f " + number + " -l " + number + " " + (folder / "a.pdf").string() + " -");
        CHECK(countOf("OFFICIAL-SENSITIVE · PERSONAL DATA (CHILDREN)", text) == 2);
        CHECK(countOf("DRAFT, not for decision-making", text) == 1);
        CHECK(text.find("Page " + number + " of 3") != std::string::npos);
        CHECK(countOf("SB-2026-0001", text) == 2);
        CHECK((page == 3 || text.find("Number") != std::string::npos));  // the header row is repeated
    }
}

TEST_CASE("Names with markup in them are printed as they stand", "[pdf][T-I4]") {
    const test::TempFolder folder;
    TaskContext task;
    test::writeBytes(folder / "a.pdf", valueOf(pdf::render(sample(1), {}, task)).bytes);

    const auto text = outputOf("pdftotext -layout " + (folder / "a.pdf").string() + " -");

    CHECK(text.find("Pupil <b>A</b> & {\\rtf} 0") != std::string::npos);
    CHECK(text.find("Zoë Żółć School") != std::string::npos);
}

TEST_CASE("What looks like markup is printed in every place of a briefing, and no file is opened for it",
          "[pdf][T-I4]") {
    const test::TempFolder folder;
    const std::string names[] = {"<img src=file:///etc/passwd>", "<b>Amelia</b>", "{\\rtf1 Amelia}", "&lt;i&gt;Sam",
                                 "<span font='99'>Zoe</span>"};
    for (const auto& name : names) {
        auto document = sample(1);
        document.title = name;
        document.subtitle = {name};
        document.sections = {{name, {briefing::Bullets{{name}}}}};
        TaskContext task;
        test::writeBytes(folder / "a.pdf", valueOf(pdf::render(document, {}, task)).bytes);
        const auto text = outputOf("pdftotext -layout " + (folder / "a.pdf").string() + " -");
        INFO(text);
        CHECK(countOf(name, text) >= 4);
        CHECK_FALSE(text.contains("root:"));
    }
}

TEST_CASE("The PDF is tagged: one Document, headings, table headers, a described figure, a language", "[pdf]") {
    const test::TempFolder folder;
    TaskContext task;
    test::writeBytes(folder / "a.pdf", valueOf(pdf::render(sample(3), {}, task)).bytes);
    const auto path = (folder / "a.pdf").string();

    CHECK(outputOf("pdfinfo " + path).find("Tagged:          yes") != std::string::npos);
    const auto structure = outputOf("pdfinfo -struct " + path + " 2>&1");
    CHECK(countOf("Document", structure) == 1);
    for (const char* tag : {"H1", "H2", "Table", "TR", "TH", "TD", "Figure"})
        CHECK(structure.find(tag) != std::string::npos);
    CHECK(structure.find("Error") == std::string::npos);
    const auto qdf = outputOf("qpdf --qdf --object-streams=disable " + path + " - | strings");
    CHECK(qdf.find("/Lang (en-GB)") != std::string::npos);
    CHECK(qdf.find("/Alt (rose from 3 in May to 5 in June)") != std::string::npos);
    CHECK(outputOf("qpdf --check " + path).find("No syntax or stream encoding errors") != std::string::npos);
}

TEST_CASE("An empty table says that nothing was recorded", "[pdf]") {
    const test::TempFolder folder;
    TaskContext task;
    test::writeBytes(folder / "a.pdf", valueOf(pdf::render(sample(0), {}, task)).bytes);
    CHECK(outputOf("pdftotext " + (folder / "a.pdf").string() + " -").find("Nothing new was recorded") !=
          std::string::npos);
}

TEST_CASE("The same document gives the same bytes", "[pdf]") {
    TaskContext task;
    CHECK(valueOf(pdf::render(sample(30), {}, task)).bytes == valueOf(pdf::render(sample(30), {}, task)).bytes);
}

TEST_CASE("A cancelled drawing gives nothing", "[pdf]") {
    std::stop_source source;
    source.request_stop();
    TaskContext task(source.get_token());
    CHECK(test::codeOf(pdf::render(sample(3), {}, task)) == ErrorCode::Cancelled);
}
