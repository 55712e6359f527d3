// The whole public sets, where they lie beside the project. The excerpts carry the same rules everywhere else.

#include <catch2/catch_all.hpp>

#include "core/extract/extract.h"
#include "tests/core/convert/convert_fixture.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::convert {

namespace {

using test::converted;
using test::period;
using test::sharedPath;
using test::valueOf;

struct Delivery {
    const char* prefix;
    const char* from;
    const char* until;
};

/// Seals, opens, and counts what comes out: real files make extracts that keep every promise of the contract.
void checkSealed(const Mapping& mapping, const Converted& result, const ConvertOptions& options) {
    const test::TempFolder folder;
    std::filesystem::create_directory(folder / "staging");
    const auto unit = crypto::SealKeyPair::generate();
    extract::Manifest draft;
    draft.agency = mapping.agency;
    draft.dataset = mapping.dataset;
    draft.periodFrom = options.periodFrom;
    draft.periodUntil = options.periodUntil;
    draft.dataAsAt = options.periodUntil - 1;
    draft.extractedOn = options.periodUntil;
    draft.retainUntil = options.periodUntil + 365;
    draft.purpose = "safeguarding_review";
    draft.regime = "uk_gdpr";
    draft.gateways = {"children_act_2004_s10"};
    extract::Sealing sealing;
    sealing.units = {unit.publicKey};
    TaskContext task;
    valueOf(extract::build(result.rows, draft, sealing, folder / "a.fxt", task));
    extract::OpenOptions open;
    open.today = options.periodUntil;
    open.staging = folder / "staging";
    open.unit = &unit;
    open.allowUnsigned = true;
    open.gatewaysInForce = draft.gateways;
    const auto opened = valueOf(extract::open(folder / "a.fxt", open, task));
    CHECK(opened.rows.persons.size() == result.rows.persons.size());
    CHECK(opened.rows.roll.size() == result.rows.roll.size());
    CHECK(opened.rows.facts.size() == result.rows.facts.size());
}

std::size_t madeOf(const QualityReport& report, const std::string& file, const std::string& table) {
    for (const auto& count : report.counts()) {
        if (count.file == file && count.table == table) return count.made;
    }
    return 0;
}

}  // namespace

TEST_CASE("three terms of the whole census sample convert with every row accounted for", "[convert][shared]") {
    const auto folder = sharedPath("data/uk_formats/school_census");
    if (!folder) SKIP("the public data sets are not beside the project");
    const auto mapping = test::shippedMapping("school-census");
    for (const auto& term :
         {Delivery{"2024_autumn", "2024-09-01", "2025-01-01"}, Delivery{"2025_spring", "2025-01-01", "2025-04-20"},
          Delivery{"2025_summer", "2025-04-20", "2025-08-01"}}) {
        const std::string prefix = term.prefix;
        CAPTURE(prefix);
        const auto options = period(term.from, term.until);
        const auto result = converted(mapping, test::filesIn(*folder, prefix), options);
        CHECK(madeOf(result.report, prefix + "_pupilonroll.csv", "roll") == 3000);
        // None of the sample's UPNs is one.
        CHECK(test::found(result.report, Rule::InvalidUpn, "pupilonroll", "upn") == 3000);
        CHECK(result.rows.schools.size() == 8);
        checkSealed(mapping, result, options);
        UNSCOPED_INFO(text(result.report));
    }
}

TEST_CASE("the whole autumn term has the exclusions and the attendance of its files", "[convert][shared]") {
    const auto folder = sharedPath("data/uk_formats/school_census");
    if (!folder) SKIP("the public data sets are not beside the project");
    const auto result = converted(test::shippedMapping("school-census"), test::filesIn(*folder, "2024_autumn"),
                                  period("2024-09-01", "2025-01-01"));
    // FIXD and PERM; LNCH is left out.
    CHECK(madeOf(result.report, "2024_autumn_termlyexclusionsonroll.csv", "fact") == 616 + 586);
    CHECK(madeOf(result.report, "2024_autumn_termlyexclusionsoffroll.csv", "fact") == 115 + 127);
    CHECK(madeOf(result.report, "2024_autumn_pupilnolongeronroll.csv", "roll") == 308);
    CHECK(std::ranges::count(result.rows.facts, record::FactKind::AttendanceTerm, &record::FactRow::kind) > 2500);
}

TEST_CASE("three years of the whole looked-after sample convert with every row accounted for", "[convert][shared]") {
    const auto folder = sharedPath("data/uk_formats/ssda903");
    if (!folder) SKIP("the public data sets are not beside the project");
    const auto mapping = test::shippedMapping("ssda903");
    const std::size_t children[] = {362, 226, 144};
    const std::size_t shortBreaks[] = {100, 63, 36};  // V3 and V4
    std::size_t year = 0;
    for (const auto& delivery :
         {Delivery{"2019-", "2018-04-01", "2019-04-01"}, Delivery{"2020-", "2019-04-01", "2020-04-01"},
          Delivery{"2021-", "2020-04-01", "2021-04-01"}}) {
        const std::string prefix = delivery.prefix;
        CAPTURE(prefix);
        const auto options = period(delivery.from, delivery.until);
        const auto result = converted(mapping, test::filesIn(*folder, prefix), options);
        CHECK(result.rows.persons.size() == children[year]);
        for (const auto& count : result.report.counts()) {
            if (count.table == "looked_after") CHECK(count.leftOut == shortBreaks[year]);
        }
        checkSealed(mapping, result, options);
        ++year;
    }
}

TEST_CASE("the validator's own sample of five thousand episodes converts with every row accounted for",
          "[convert][shared]") {
    const auto folder = sharedPath("data/uk_formats/ssda903");
    if (!folder) SKIP("the public data sets are not beside the project");
    std::vector<InputFile> files;
    for (const char* file :
         {"header.csv", "episodes.csv", "missing.csv", "uasc.csv", "reviews.csv", "oc2.csv", "oc3.csv", "ad1.csv",
          "DoLo.csv", "sw_episodes.csv", "placed_for_adoption.csv", "previous_permanence.csv"}) {
        files.push_back({file, test::bytesOf(*folder / file)});
    }
    const auto result = converted(test::shippedMapping("ssda903"), files, period("2017-04-01", "2018-04-01"));
    CHECK(result.rows.persons.size() == 2675);
    CHECK(result.report.total(Rule::FileNotUsed) == 9);
}

}  // namespace fairlead::convert
