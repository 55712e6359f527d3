#include "core/splink/model.h"

#include <cmath>

#include <catch2/catch_all.hpp>

#include "core/base/file.h"
#include "core/splink/conditions.h"
#include "core/splink/score.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::splink;
using fairlead::test::codeOf;
using fairlead::test::sharedPath;
using fairlead::test::valueOf;

namespace {

std::string documentWith(std::string_view levels, std::string_view rules = R"(["l.name = r.name"])") {
    std::string out =
        R"({"link_type": "dedupe_only", "sql_dialect": "duckdb", "probability_two_random_records_match": 0.01,
            "em_convergence": 0.0001, "comparisons": [{"output_column_name": "name", "comparison_levels": [)";
    out.append(levels).append(R"(]}], "blocking_rules_to_generate_predictions": )").append(rules).append("}");
    return out;
}

const std::string kMissing = R"({"sql_condition": "\"name_l\" IS NULL OR \"name_r\" IS NULL", "is_null_level": true},)";
const std::string kSame =
    R"({"sql_condition": "\"name_l\" = \"name_r\"", "label_for_charts": "same", "m_probability": 0.9, "u_probability": 0.1},)";
const std::string kRest = R"({"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9})";

Error refused(const std::string& document) {
    const auto model = readModel(document, "m.json");
    REQUIRE_FALSE(model.has_value());
    CHECK(model.error().subject == "m.json");
    return model.error();
}

Table tableWith(const std::string& csvText) {
    const CsvTable csv = valueOf(parseCsv(csvText, "t.csv"));
    const std::vector<NamedCsv> files = {{"t.csv", &csv}};
    return valueOf(tableOf(files, "id"));
}

}  // namespace

TEST_CASE("a Splink model that is written reads back the same", "[splink]") {
    Model model = valueOf(readModel(documentWith(kMissing + kSame + kRest), "m.json"));
    CHECK(model.otherSettings == std::vector<std::pair<std::string, std::string>>{{"em_convergence", "1E-4"}});
    Level& exact = model.comparisons[0].levels[1];
    exact.frequencyColumn = "name";
    exact.frequencyMinimumU = 0.001;
    exact.frequencyWeight = 0.5;
    exact.label = "quotes \" and \\";
    model.comparisons[0].levels[2].m.reset();
    model.rules.emplace_back("1=1");
    CHECK(valueOf(readModel(writeModel(model), "again")) == model);
}

TEST_CASE("a model that is outside the language is refused with comparison, level and function", "[splink]") {
    const std::string odd =
        R"j({"sql_condition": "soundex(name_l) = soundex(name_r)", "label_for_charts": "sounds like"},)j";
    const Error error = refused(documentWith(kMissing + odd + kRest));
    CHECK(error.code == ErrorCode::ParseError);
    CHECK(error.detail.find("comparison name, level \"sounds like\": the function soundex") == 0);
    CHECK(refused(documentWith(kMissing + kSame + kRest, R"(["l.name ~ r.name"])")).detail.find("blocking rule") == 0);
}

TEST_CASE("a model with broken settings is refused", "[splink]") {
    CHECK(refused("{").code == ErrorCode::ParseError);
    CHECK(refused("[]").code == ErrorCode::ParseError);
    CHECK(refused(documentWith(kRest)).code == ErrorCode::InvalidArgument);
    CHECK(refused(documentWith(kRest + "," + kSame + kRest)).code == ErrorCode::InvalidArgument);
    CHECK(refused(documentWith(kSame + R"({"sql_condition": "ELSE", "m_probability": 2})")).code ==
          ErrorCode::ParseError);
    CHECK(refused(documentWith(kSame + R"({"sql_condition": "ELSE", "surprise": 2})")).code == ErrorCode::UnknownKey);
    CHECK(refused(documentWith(kSame + kRest, R"([{"blocking_rule": "l.a = r.a", "arrays_to_explode": ["a"]}])"))
              .detail.find("arrays_to_explode") != std::string::npos);
    const std::string frequencies =
        R"({"sql_condition": "levenshtein(name_l, name_r) < 2", "tf_adjustment_column": "name"},)";
    CHECK(refused(documentWith(kMissing + frequencies + kRest)).detail.find("no level is an exact match on name") !=
          std::string::npos);
}

TEST_CASE("a level that was never observed has Splink's default weight", "[splink]") {
    Comparison comparison{"c", "", {}};
    for (const char* condition : {"a_l = a_r", "b_l = b_r", "d_l = d_r", "ELSE"}) {
        comparison.levels.emplace_back();
        comparison.levels.back().condition = condition;
    }
    const PreparedComparison prepared = valueOf(prepareComparison(comparison, Dialect::DuckDb, "m"));
    std::vector<double> bits;
    for (const PreparedLevel& level : prepared.levels) bits.push_back(level.bits);
    REQUIRE(bits.size() == 4);
    CHECK(bits[0] == Catch::Approx(10.0));
    CHECK(bits[1] == Catch::Approx(3.0));
    CHECK(bits[2] == Catch::Approx(-1.0));
    CHECK(bits[3] == Catch::Approx(-5.0));
    CHECK(prepared.levels[0].gamma == 3);
    CHECK(prepared.levels[3].gamma == 0);
    CHECK_FALSE(prepared.levels[0].observed);
}

TEST_CASE("weights adjust to the more frequent of the two values, down to the minimum", "[splink]") {
    const std::string adjusted =
        R"({"sql_condition": "name_l = name_r", "m_probability": 0.8, "u_probability": 0.1, "tf_adjustment_column": "name"},
           {"sql_condition": "levenshtein(name_l, name_r) = 1", "m_probability": 0.1, "u_probability": 0.2,
            "tf_adjustment_column": "name", "tf_adjustment_weight": 0.5, "tf_minimum_u_value": 0.45},)";
    const Model model = valueOf(readModel(documentWith(kMissing + adjusted + kRest, R"(["1=1"])"), "m"));
    Table table = tableWith("id,name\n1,ann\n2,ann\n3,anna\n4,\n5,bob\n");
    TaskContext task;
    ScoreOptions options;
    options.floorProbability = 0.0;
    const auto bitsOf = [&](std::uint32_t a, std::uint32_t b) {
        const ScoreResult result = valueOf(scoreTables(table, model, options, task));
        const auto found =
            std::ranges::find_if(result.pairs, [&](const ScoredPair& p) { return p.a == a && p.b == b; });
        REQUIRE(found != result.pairs.end());
        return found->bits;
    };
    const double prior = std::log2(0.01 / 0.99);
    CHECK(bitsOf(0, 1) == Catch::Approx(prior + std::log2(8.0) + std::log2(0.1 / 0.5)));
    CHECK(bitsOf(0, 2) == Catch::Approx(prior + std::log2(0.5) + 0.5 * std::log2(0.1 / 0.5)));
    CHECK(bitsOf(0, 3) == Catch::Approx(prior));
    table.frequencies.push_back({"NAME", {{"ann", 0.25}}});
    CHECK(bitsOf(0, 1) == Catch::Approx(prior + std::log2(8.0) + std::log2(0.1 / 0.25)));
    CHECK(bitsOf(0, 2) == Catch::Approx(prior + std::log2(0.5) + 0.5 * std::log2(0.1 / 0.45)));
}

TEST_CASE("a pair belongs to the first rule that brings it, and is compared once", "[splink]") {
    const Model model = valueOf(readModel(
        documentWith(
            kMissing + kSame + kRest,
            R"(["l.name = r.name", "l.name = r.other and l.other = r.name", "substr(l.name, 1, 1) = substr(r.name, 1, 1) and length(l.name) < 4", "l.name < r.name"])"),
        "m"));
    const Table table = tableWith("id,name,other\n1,ann,x\n2,ann,ann\n3,amy,\n4,bob,ann\n5,,\n");
    TaskContext task;
    ScoreOptions options;
    options.floorProbability = 0.0;
    const ScoreResult result = valueOf(scoreTables(table, model, options, task));
    std::vector<std::vector<std::size_t>> pairs;
    for (const ScoredPair& pair : result.pairs) pairs.push_back({pair.a, pair.b, pair.rule});
    CHECK(pairs ==
          std::vector<std::vector<std::size_t>>{{0, 1, 0}, {0, 2, 2}, {0, 3, 3}, {1, 2, 2}, {1, 3, 3}, {2, 3, 3}});
    CHECK(result.rules[0].pairs == 1);
    CHECK(result.rules[1].pairs == 0);
    CHECK(result.pairsCompared == 6);
    CHECK(result.levelsOf(0)[0] == 1);
    CHECK(result.levelsOf(1)[0] == 0);
    CHECK(labelOf(model.comparisons[0], 1) == "same");
    CHECK(labelOf(model.comparisons[0], -1) == "missing");
    options.mostPairsWithoutKey = 3;
    const auto refusedRun = scoreTables(table, model, options, task);
    CHECK(codeOf(refusedRun) == ErrorCode::InvalidArgument);
    CHECK(refusedRun.error().detail.find("l.name < r.name") != std::string::npos);
}

TEST_CASE("the number of threads does not change a result", "[splink]") {
    std::string csv = "id,name\n";
    for (int i = 0; i < 3000; ++i) csv += std::to_string(i) + ",n" + std::to_string(i * 7919 % 211) + "\n";
    const Table table = tableWith(csv);
    const Model model = valueOf(readModel(documentWith(kMissing + kSame + kRest, R"(["l.name = r.name"])"), "m"));
    TaskContext task;
    ScoreOptions options;
    options.threads = 1;
    const ScoreResult one = valueOf(scoreTables(table, model, options, task));
    options.threads = 4;
    const ScoreResult four = valueOf(scoreTables(table, model, options, task));
    CHECK(one.pairs == four.pairs);
    CHECK(one.levels == four.levels);
    CHECK(one.pairs.size() > 10'000);
    std::stop_source stop;
    stop.request_stop();
    TaskContext stopped(stop.get_token());
    CHECK(codeOf(scoreTables(table, model, {}, stopped)) == ErrorCode::Cancelled);
}

TEST_CASE("a public model of person records loads, and says by name which columns the data lack", "[splink][shared]") {
    const auto path = sharedPath("data/linkage/hmpps_core_person_record/model_2026_02_23_1e09.json");
    if (!path) SKIP("the public data sets are not beside the project");
    const Model model = valueOf(readModel(valueOf(readFile(*path)), "model"));
    CHECK(model.comparisons.size() == 8);
    CHECK(valueOf(readModel(writeModel(model), "again")) == model);
    const Table table = tableWith("id,name_1_std,last_name_std,first_and_last_name_std\n1,ANN,LEE,ANN LEE\n");
    TaskContext task;
    const auto result = scoreTables(table, model, {}, task);
    CHECK(codeOf(result) == ErrorCode::MissingColumn);
    CHECK(result.error().detail ==
          "it needs columns that the data lack: cro_single, date_of_birth, date_of_birth_arr, forename_std_arr, "
          "last_name_std_arr, master_defendant_id, name_2_std, override_marker, override_scopes, pnc_single, "
          "postcode_arr, postcode_arr_with_freq, postcode_outcode_arr, sentence_date_arr");
}

TEST_CASE("persons are joined heaviest pair first, a data set's rows never where each is a person", "[splink]") {
    const CsvTable a = valueOf(parseCsv("id\n1\n2\n", "a")), b = valueOf(parseCsv("id\n1\n2\n", "b"));
    const std::vector<NamedCsv> files = {{"a", &a}, {"b", &b}};
    const Table table = valueOf(tableOf(files, "id"));
    const std::vector<ScoredPair> pairs = {
        {0, 2, 5.0, 0.9, 0}, {1, 2, 9.0, 0.9, 0}, {0, 3, 3.0, 0.9, 0}, {1, 3, 1.0, 0.9, 0}};
    const std::vector<link::DatasetTraits> many = {{"a", false}, {"b", false}}, one = {{"a", true}, {"b", true}};
    CHECK(clustersOf(table, pairs, 2.0, many).ofRow == std::vector<std::uint32_t>{0, 0, 0, 0});
    CHECK(clustersOf(table, pairs, 2.0, one).ofRow == std::vector<std::uint32_t>{0, 1, 1, 0});
    CHECK(clustersOf(table, pairs, 10.0, one).ofRow == std::vector<std::uint32_t>{0, 1, 2, 3});
}
