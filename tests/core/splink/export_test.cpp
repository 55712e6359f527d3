// Our model, written for Splink and read back through core/splink, gives our own levels and weights.

#include "core/splink/export.h"

#include <cmath>
#include <random>
#include <set>

#include <boost/json.hpp>
#include <catch2/catch_all.hpp>

#include "core/base/text.h"
#include "core/link/compare.h"
#include "core/link/score.h"
#include "core/link/similarity.h"
#include "core/splink/score.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::splink;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t bound) { return static_cast<std::size_t>(random() % bound); }

template <typename T, std::size_t N>
const T& oneOf(Random& random, const std::array<T, N>& values) {
    return values[below(random, N)];
}

constexpr std::array<std::string_view, 28> kForenames = {
    "Anna",         "Anne Marie", "Mary Ann",  "William",   "Bill",   "Billy",     "Mohammed",
    "Muhammad Ali", "Katherine",  "Catherine", "Kate",      "K",      "J",         "Jo",
    "Joan",         "Johnson",    "Smith",     "Elizabeth", "Liz",    "Marianne",  "Annie",
    "Mary",         "Al",         "Taylor",    "Mary Jane", "Mary J", "Mary Anna", "Anne Mary"};
constexpr std::array<std::string_view, 16> kSurnames = {
    "Smith",    "Smyth", "Smith-Jones", "Jones",  "Johnson", "Johnston", "Taylor",  "Tailor",
    "de Souza", "Souza", "O'Brien",     "Obrien", "Anna",    "Mary",     "William", "Khan"};
constexpr std::array<std::string_view, 8> kPostcodes = {"SW1A 1AA", "SW1A 1AB", "SW1A 2AA", "SE1 7PB",
                                                        "SE1 7PD",  "M1 1AE",   "SE1 9ZZ",  "SE1 7XY"};
constexpr std::array<std::string_view, 7> kTowns = {"York",  "Yorke",  "London", "Greater London",
                                                    "Leeds", "Leedes", "Lewes"};
constexpr std::array<std::string_view, 6> kCodes = {"AB12345", "AB12354", "AB12346", "CD99887", "CD99888", "EF00001"};

std::string withTypo(Random& random, std::string_view text) {
    std::string out(text);
    if (out.size() < 3 || below(random, 3) != 0) return out;
    const std::size_t at = 1 + below(random, out.size() - 2);
    switch (below(random, 3)) {
        case 0: out.erase(at, 1); break;
        case 1: std::swap(out[at], out[at - 1]); break;
        default: out[at] = 'e';
    }
    return out;
}

// Missing one time in seven.
bool known(Random& random) { return below(random, 7) != 0; }

link::SourceRecord randomRecord(Random& random, std::int64_t id) {
    link::SourceRecord record;
    record.id = {id};
    record.dataset = static_cast<std::uint16_t>(id % 2);
    link::NameVersion name;
    if (known(random)) name.forenames = withTypo(random, oneOf(random, kForenames));
    if (known(random)) name.surname = withTypo(random, oneOf(random, kSurnames));
    record.names.push_back(name);
    if (known(random)) {
        const int year = 1990 + static_cast<int>(below(random, 2) * below(random, 16));
        const auto month = static_cast<unsigned>(1 + below(random, 4)),
                   day = static_cast<unsigned>(1 + below(random, 12));
        record.birthDates.push_back(*Date::fromCivil(year, month, day));
    }
    if (known(random)) record.sex = below(random, 2) == 0 ? "F" : "M";
    link::AddressVersion address;
    if (known(random)) address.postcode = oneOf(random, kPostcodes);
    if (below(random, 2) == 0) address.paon = std::to_string(1 + below(random, 3));
    if (below(random, 4) == 0) address.saon = "Flat " + std::to_string(1 + below(random, 2));
    if (below(random, 2) == 0) address.street = below(random, 2) == 0 ? "High Street" : "Mill Lane";
    if (below(random, 3) == 0) address.uprn = std::to_string(100000 + below(random, 3));
    record.addresses.push_back(address);
    for (const char* kind : {"pnc", "case_number"}) {
        if (below(random, 2) == 0) record.identifiers.push_back({kind, std::string(oneOf(random, kCodes))});
    }
    if (known(random)) record.attributes.push_back({0, withTypo(random, oneOf(random, kTowns))});
    return record;
}

link::LinkInput randomInput(std::uint64_t seed, std::int64_t records) {
    Random random(seed);
    link::LinkInput input;
    input.datasets = {{"a", false}, {"b", false}};
    input.attributeColumns = {"home \"town\""};
    for (std::int64_t id = 0; id < records; ++id) input.records.push_back(randomRecord(random, id));
    return input;
}

link::Model twoClassModel() {
    link::Model model = link::shippedModel();
    model.relativesPerRecord = 0.0;
    model.comparisons.push_back(link::defaultComparison(link::ComparisonKind::Text, "home \"town\""));
    model.rules.push_back(link::blockingRule({link::KeyPart::Text, link::KeyPart::BirthYear}, "home \"town\""));
    return model;
}

link::NameVariants variants() {
    constexpr std::string_view kGroups =
        "names\nWILLIAM BILL BILLY\nKATHERINE KATE CATHERINE\nELIZABETH LIZ\nANNA ANNIE\n";
    return valueOf(link::parseNameVariants(kGroups, "variants"));
}

std::vector<std::string> idsOf(std::uint32_t rows) {
    std::vector<std::string> ids;
    for (std::uint32_t row = 0; row < rows; ++row) ids.push_back(std::to_string(10000 + row));
    return ids;
}

// The names of a row, for messages.
std::string shown(const Table& table, std::uint32_t row) {
    std::string out;
    for (const char* name : {"forename", "surname_whole"}) {
        const TextColumn& column = table.columns[table.column(name)];
        out += (column.cells[row] == splink::kNull ? std::string("-") : column.texts[column.cells[row]]) + " ";
    }
    return out;
}

using Seen = std::set<std::pair<std::size_t, int>>;  // comparison, level; -1 = missing

// Compares all pairs of an input both ways.
void checkSameLevelsAndWeights(std::uint64_t seed, Seen& seen) {
    TaskContext task;
    const link::LinkInput input = randomInput(seed, 220);
    const link::EncodedInput encoded = valueOf(link::encode(input, variants(), task));
    const link::Model model = twoClassModel();
    const Export exported = valueOf(exportModel(model, encoded, idsOf(encoded.columns.rows)));
    // Written and read again, and every pair compared.
    Model settings = valueOf(readModel(writeModel(exported.model), "settings"));
    CHECK(settings == exported.model);
    settings.rules = {"1=1"};
    ScoreOptions options;
    options.floorProbability = 0.0;
    options.scope = link::PairScope::Everything;
    const ScoreResult result = valueOf(scoreTables(exported.table, settings, options, task));

    const std::vector<link::ComparisonPlan> plans =
        valueOf(link::planComparisons(model, encoded.setup, encoded.columns));
    const link::CompareContext context(encoded.columns, plans);
    link::PairComparer comparer(context);
    const double rows = encoded.columns.rows;
    const link::Scorer scorer(model, encoded.columns, plans,
                              link::priorOdds(model, rows, link::possiblePairs(encoded.columns, 2, input.scope)));
    REQUIRE(result.pairs.size() == 220 * 219 / 2);
    for (std::size_t i = 0; i < result.pairs.size(); ++i) {
        const auto rowOf = [&](std::uint32_t row) {
            return static_cast<std::uint32_t>(std::stoi(exported.table.ids[row]) - 10000);
        };
        const std::uint32_t a = rowOf(result.pairs[i].a), b = rowOf(result.pairs[i].b);
        link::PairOutcome outcome;
        comparer.compare(a, b, outcome);
        double bits = scorer.priorBits();
        for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
            const int level = link::patternLevel(outcome.pattern, c);
            const int count = static_cast<int>(model.comparisons[c].levels.size());
            const bool silent = scorer.isImplied(outcome, c);
            INFO(model.comparisons[c].column << ", rows " << a << " and " << b << ": "
                                             << shown(exported.table, result.pairs[i].a) << " / "
                                             << shown(exported.table, result.pairs[i].b));
            CHECK(static_cast<int>(result.levelsOf(i)[c]) == (level < 0 || silent ? -1 : count - 1 - level));
            bits += scorer.evidence(outcome, c).match;
            seen.emplace(c, level);
        }
        // Where two different values agree at the level of one value, core/link takes one and Splink the more common.
        const auto differ = [&](std::string_view column) {
            const auto& cells = exported.table.columns[exported.table.column(column)].cells;
            return cells[result.pairs[i].a] != cells[result.pairs[i].b];
        };
        const auto forename = static_cast<link::ForenameLevel>(link::patternLevel(outcome.pattern, 0));
        const bool acrossFields = forename == link::ForenameLevel::Swapped || forename == link::ForenameLevel::Crossed;
        const bool twoValues = (differ("home") && link::patternLevel(outcome.pattern, 4) == 0) || acrossFields ||
                               (differ("forename_first") && forename == link::ForenameLevel::Exact);
        if (!twoValues) CHECK(std::abs(result.pairs[i].bits - bits) < 1e-6);
    }
}

}  // namespace

TEST_CASE("columns that a database does not tell apart by name are kept apart, or nothing is written", "[splink]") {
    TaskContext task;
    link::LinkInput input = randomInput(11, 40);
    const auto exported = [&](std::vector<std::string> columns) {
        input.attributeColumns = columns;
        link::Model model = link::shippedModel();
        for (std::string& column : columns)
            model.comparisons.push_back(link::defaultComparison(link::ComparisonKind::Text, std::move(column)));
        const link::EncodedInput encoded = valueOf(link::encode(input, variants(), task));
        return exportModel(model, encoded, idsOf(encoded.columns.rows));
    };
    const Export both = valueOf(exported({"ADDRESS"}));
    std::set<std::string> names;
    for (const Comparison& comparison : both.model.comparisons) names.insert(lowerAscii(comparison.name));
    CHECK(names.size() == both.model.comparisons.size());
    names.clear();
    for (const TextColumn& column : both.table.columns) names.insert(lowerAscii(column.name));
    CHECK(names.size() == both.table.columns.size());
    CHECK(codeOf(exported({"Town", "town"})) == ErrorCode::InvalidArgument);
    // Splink 4.0.16 fails at a name with a quote in it.
    const Export quoted = valueOf(exported({"home \"town\""}));
    for (const TextColumn& column : quoted.table.columns) {
        INFO(column.name);
        CHECK(column.name.find_first_of("\" ") == std::string::npos);
    }
}

TEST_CASE("a model written for Splink gives our levels and our two-class weights", "[splink]") {
    Seen seen;
    for (const std::uint64_t seed : {1U, 2U, 3U}) checkSameLevelsAndWeights(seed, seen);
    const link::Model model = twoClassModel();
    // Every level of every comparison was reached, and missing values too.
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
        INFO(model.comparisons[c].column);
        CHECK(std::ranges::count(seen, c, &std::pair<std::size_t, int>::first) ==
              static_cast<std::ptrdiff_t>(model.comparisons[c].levels.size() + 1));
    }
}

TEST_CASE("the rules written for Splink bring the pairs that ours bring", "[splink]") {
    TaskContext task;
    const link::LinkInput input = randomInput(7, 300);
    const link::EncodedInput encoded = valueOf(link::encode(input, variants(), task));
    link::Model model = twoClassModel();
    std::erase_if(model.rules, [](const link::BlockingRule& rule) { return rule.mostPairsPerRecord > 0.0; });
    const Export exported = valueOf(exportModel(model, encoded, idsOf(encoded.columns.rows)));
    ScoreOptions options;
    options.floorProbability = 0.0;
    const ScoreResult result = valueOf(scoreTables(exported.table, exported.model, options, task));
    link::LinkOptions linkOptions;
    linkOptions.fullProductPairs = 0;
    linkOptions.variants = variants();
    const link::LinkResult ours = valueOf(link::link(input, model, {}, linkOptions, task));
    std::uint64_t pairs = 0;
    for (const link::RuleReport& rule : ours.report.rules) pairs += rule.pairs;
    CHECK(result.pairsCompared == pairs);
}

TEST_CASE("an exported file holds only what Splink 4 takes, and our model with the numbers it has now", "[splink]") {
    TaskContext task;
    const link::EncodedInput encoded = valueOf(link::encode(randomInput(5, 60), variants(), task));
    const link::Model model = twoClassModel();
    const Export exported = valueOf(exportModel(model, encoded, idsOf(60)));
    const auto value = boost::json::parse(writeModel(exported.model));
    // The arguments of SettingsCreator, CustomComparison and CustomLevel; others make Splink refuse the file.
    const std::set<std::string> top = {"link_type",
                                       "probability_two_random_records_match",
                                       "sql_dialect",
                                       "unique_id_column_name",
                                       "source_dataset_column_name",
                                       "blocking_rules_to_generate_predictions",
                                       "comparisons"};
    for (const auto& member : value.as_object()) CHECK(top.contains(std::string(member.key())));
    const std::set<std::string> inComparison = {"output_column_name", "comparison_levels", "comparison_description"};
    const std::set<std::string> inLevel = {"sql_condition",        "label_for_charts",
                                           "m_probability",        "u_probability",
                                           "fix_m_probability",    "fix_u_probability",
                                           "tf_adjustment_column", "tf_adjustment_weight",
                                           "is_null_level",        "disable_tf_exact_match_detection"};
    for (const auto& comparison : value.at("comparisons").as_array()) {
        for (const auto& member : comparison.as_object()) CHECK(inComparison.contains(std::string(member.key())));
        for (const auto& level : comparison.at("comparison_levels").as_array()) {
            for (const auto& member : level.as_object()) CHECK(inLevel.contains(std::string(member.key())));
        }
    }
    CHECK(valueOf(ownModelIn(exported.model, "m")) == model);
    Model trained = exported.model;
    trained.comparisons[0].levels[1].m = 0.5;
    link::Model expected = model;
    expected.comparisons[0].levels[0].m = 0.5;
    expected.comparisons[0].levels[0].mSource = link::ParameterSource::Estimated;
    // As Splink's training gives it to a level that no pair of the session showed.
    trained.comparisons[0].levels[2].m = 0.0;
    expected.comparisons[0].levels[1].m = 1e-12;
    expected.comparisons[0].levels[1].mSource = link::ParameterSource::Estimated;
    CHECK(valueOf(ownModelIn(trained, "m")) == expected);
    trained.comparisons[0].levels[0].label = "no model of ours";
    CHECK_FALSE(valueOf(ownModelIn(trained, "m")).has_value());
    trained.comparisons[0].levels[0].label = " | fairlead: {";
    CHECK(codeOf(ownModelIn(trained, "m")) == ErrorCode::ParseError);
}

TEST_CASE("a file's model is ours as a document, ours as carried by an exported file, or Splink's own", "[splink]") {
    TaskContext task;
    const link::EncodedInput encoded = valueOf(link::encode(randomInput(5, 60), variants(), task));
    const link::Model model = twoClassModel();
    CHECK(valueOf(ownModelIn(link::writeModel(model), "m")) == model);
    Model settings = valueOf(exportSettings(model, encoded)).model;
    CHECK(valueOf(ownModelIn(writeModel(settings), "m")) == model);
    // Splink 4.0.16 writes this in the place of every description when it saves what it loaded.
    for (Comparison& comparison : settings.comparisons) comparison.description = "CustomComparison";
    CHECK(valueOf(ownModelIn(writeModel(settings), "m")) == model);
    settings.comparisons[0].levels[0].label.clear();
    CHECK_FALSE(valueOf(ownModelIn(writeModel(settings), "m")).has_value());
    CHECK(codeOf(ownModelIn("id,name\n1,ANN\n", "m")) == ErrorCode::ParseError);
    CHECK(codeOf(ownModelIn("{}", "m")) == ErrorCode::ParseError);
}

TEST_CASE("the columns and frequencies are CSV files that read back", "[splink]") {
    TaskContext task;
    const link::EncodedInput encoded = valueOf(link::encode(randomInput(5, 60), variants(), task));
    const Export exported = valueOf(exportModel(twoClassModel(), encoded, idsOf(60)));
    const CsvTable csv = valueOf(parseCsv(tableCsv(exported.model, exported.table), "columns"));
    CHECK(csv.rows.size() == 60);
    const std::vector<NamedCsv> files = {{"columns", &csv}};
    const Table table = valueOf(tableOf(files, exported.model.idColumn));
    for (const TextColumn& column : exported.table.columns) {
        const std::size_t at = table.column(column.name);
        REQUIRE(at != Table::npos);
        CHECK(table.columns[at].texts == column.texts);
    }
    std::vector<std::string> adjusted;
    for (const FrequencyTable& frequencies : exported.table.frequencies) {
        adjusted.push_back(frequencies.column);
        const CsvTable shares = valueOf(parseCsv(frequenciesCsv(frequencies), frequencies.column));
        CHECK(shares.header == std::vector<std::string>{frequencies.column, "tf_" + frequencies.column});
        CHECK(shares.rows.size() == frequencies.shares.size());
    }
    CHECK(adjusted == std::vector<std::string>{"value_forename_also_further", "value_forename_exact",
                                               "value_forename_first_only", "value_forename_swapped",
                                               "value_forename_crossed", "value_surname_exact",
                                               "value_birth_date_exact", "value_address_same_home",
                                               "value_address_same_postcode", "value_text_home__town__exact"});
    CHECK_FALSE(exported.notes.empty());
}
