#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/splink/conditions.h"
#include "core/splink/model.h"

namespace fairlead::splink {
namespace {

namespace json = boost::json;

constexpr std::array kLinkTypes = {LinkType::DedupeOnly, LinkType::LinkOnly, LinkType::LinkAndDedupe};
constexpr std::size_t kMostComparisons = 100;
constexpr std::size_t kMostRules = 1000;
// Splink writes this text in the place of a probability, and scores with it as with this number.
constexpr std::string_view kNotObserved = "level not observed in training dataset";
constexpr double kNotObservedProbability = 1e-6;

std::string jsonText(std::string_view text) { return json::serialize(json::value(json::string(text))); }

std::string asText(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

/// Takes the members of an object one by one; keeps the first problem.
class Members {
public:
    Members(const json::value& value, std::string place) : m_object(value.if_object()), m_place(std::move(place)) {
        if (m_object == nullptr) problem("is not an object");
    }
    const json::value* get(std::string_view key) {
        m_taken.emplace(key);
        return m_object == nullptr ? nullptr : m_object->if_contains(key);
    }
    std::string text(std::string_view key, bool needed = false) {
        const json::value* found = get(key);
        if ((found == nullptr && needed) || (found != nullptr && !found->is_string() && !found->is_null()))
            problem(fmt::format("{} is not a text", key));
        return found == nullptr ? std::string() : asText(*found);
    }
    bool flag(std::string_view key) {
        const json::value* found = get(key);
        if (found != nullptr && !found->is_bool()) problem(fmt::format("{} is not true or false", key));
        return found != nullptr && found->is_bool() && found->get_bool();
    }
    std::optional<double> number(std::string_view key) {
        const json::value* found = get(key);
        if (found == nullptr || found->is_null()) return std::nullopt;
        if (found->is_string() && asText(*found) == kNotObserved) return kNotObservedProbability;
        if (!found->is_number()) problem(fmt::format("{} is not a number", key));
        return found->is_number() ? std::optional(found->to_number<double>()) : std::nullopt;
    }
    std::optional<double> probability(std::string_view key) {
        const auto value = number(key);
        if (value && !(*value >= 0.0 && *value <= 1.0)) problem(fmt::format("{} is not within 0 and 1", key));
        return value;
    }
    const json::array& list(std::string_view key) {
        static const json::array none;
        const json::value* found = get(key);
        if (found == nullptr || !found->is_array()) problem(fmt::format("{} is not a list", key));
        return found != nullptr && found->is_array() ? found->get_array() : none;
    }
    void problem(std::string what, ErrorCode code = ErrorCode::ParseError) {
        if (!m_error)
            m_error = Error{code, {}, m_place.empty() ? std::move(what) : fmt::format("{}: {}", m_place, what)};
    }
    /// Every member that was not asked for.
    template <typename Use>
    void rest(Use use) const {
        for (const auto& member : *m_object) {
            if (!m_taken.contains(std::string(member.key()))) use(std::string(member.key()), member.value());
        }
    }
    Status finish() {
        if (m_error) return fail(*m_error);
        return {};
    }
    Status finishKnowingAll() {
        FAIRLEAD_OK(finish());
        rest([&](const std::string& key, const json::value&) { problem(key, ErrorCode::UnknownKey); });
        return finish();
    }

private:
    const json::object* m_object;
    std::string m_place;
    std::set<std::string> m_taken;
    std::optional<Error> m_error;
};

Result<Level> readLevel(const json::value& value, const std::string& comparison) {
    Members members(value, fmt::format("comparison {}, a level", comparison));
    Level level;
    level.condition = members.text("sql_condition", true);
    level.label = members.text("label_for_charts");
    level.isNull = members.flag("is_null_level");
    level.m = members.probability("m_probability");
    level.u = members.probability("u_probability");
    level.frequencyColumn = members.text("tf_adjustment_column");
    // A column in the spelling of SQL: "first name".
    if (level.frequencyColumn.size() > 1 && level.frequencyColumn.starts_with('"'))
        level.frequencyColumn = level.frequencyColumn.substr(1, level.frequencyColumn.size() - 2);
    level.frequencyWeight = members.number("tf_adjustment_weight").value_or(1.0);
    level.frequencyMinimumU = members.probability("tf_minimum_u_value").value_or(0.0);
    level.ownFrequencyU = members.flag("disable_tf_exact_match_detection");
    level.fixM = members.flag("fix_m_probability");
    level.fixU = members.flag("fix_u_probability");
    members.get("comparison_vector_value");  // follows from the order
    if (!std::isfinite(level.frequencyWeight)) members.problem("tf_adjustment_weight is no number");
    FAIRLEAD_OK(members.finishKnowingAll());
    return level;
}

Result<Comparison> readComparison(const json::value& value) {
    Members members(value, "a comparison");
    Comparison comparison;
    comparison.name = members.text("output_column_name", true);
    comparison.description = members.text("comparison_description");
    for (const json::value& one : members.list("comparison_levels")) {
        FAIRLEAD_TRY(Level level, readLevel(one, comparison.name));
        comparison.levels.push_back(std::move(level));
    }
    FAIRLEAD_OK(members.finishKnowingAll());
    return comparison;
}

Result<std::string> readRule(const json::value& value) {
    if (value.is_string()) return asText(value);
    Members members(value, "a blocking rule");
    std::string condition = members.text("blocking_rule", true);
    members.get("sql_dialect");
    members.get("salting_partitions");  // how Spark shares out the work
    const json::value* exploded = members.get("arrays_to_explode");
    const bool explodes = exploded != nullptr && exploded->is_array() && !exploded->get_array().empty();
    if (explodes) members.problem(fmt::format("{}: arrays_to_explode is not known here", condition));
    FAIRLEAD_OK(members.finishKnowingAll());
    return condition;
}

Status readSettings(Members& members, Model& model) {
    const std::string linkType = members.text("link_type", true), dialect = members.text("sql_dialect");
    const auto* const type = std::ranges::find_if(kLinkTypes, [&](LinkType one) { return name(one) == linkType; });
    if (type == kLinkTypes.end()) members.problem("link_type is not known");
    if (!dialect.empty() && dialect != "duckdb" && dialect != "spark")
        members.problem(fmt::format("the dialect {} is not known here", dialect));
    model.dialect = dialect == "spark" ? Dialect::Spark : Dialect::DuckDb;
    model.prior = members.number("probability_two_random_records_match").value_or(model.prior);
    if (!(model.prior > 0.0 && model.prior < 1.0))
        members.problem("probability_two_random_records_match is not within 0 and 1", ErrorCode::InvalidArgument);
    const std::string id = members.text("unique_id_column_name"), dataset = members.text("source_dataset_column_name");
    if (!id.empty()) model.idColumn = id;
    if (!dataset.empty()) model.datasetColumn = dataset;
    FAIRLEAD_OK(members.finish());
    model.linkType = *type;
    return {};
}

Result<Model> readDocument(const json::value& value) {
    Members members(value, {});
    Model model;
    FAIRLEAD_OK(readSettings(members, model));
    for (const json::value& one : members.list("comparisons")) {
        FAIRLEAD_TRY(Comparison comparison, readComparison(one));
        model.comparisons.push_back(std::move(comparison));
    }
    for (const json::value& one : members.list("blocking_rules_to_generate_predictions")) {
        FAIRLEAD_TRY(std::string rule, readRule(one));
        model.rules.push_back(std::move(rule));
    }
    if (model.comparisons.empty() || model.comparisons.size() > kMostComparisons || model.rules.size() > kMostRules)
        members.problem("no comparisons, or more than can be");
    FAIRLEAD_OK(members.finish());
    members.rest([&](std::string key, const json::value& other) {
        model.otherSettings.emplace_back(std::move(key), json::serialize(other));
    });
    return model;
}

Status checkConditions(const Model& model, std::string_view subject) {
    for (const Comparison& comparison : model.comparisons) {
        FAIRLEAD_TRY(const PreparedComparison prepared, prepareComparison(comparison, model.dialect, subject));
    }
    for (const std::string& rule : model.rules) {
        FAIRLEAD_TRY(const PreparedRule prepared, prepareRule(rule, model.dialect, subject));
    }
    return {};
}

std::string levelText(const Level& level) {
    std::string out =
        fmt::format("                {{\n                    \"sql_condition\": {}", jsonText(level.condition));
    const auto add = [&](std::string_view key, std::string_view value) {
        out += fmt::format(",\n                    \"{}\": {}", key, value);
    };
    if (!level.label.empty()) add("label_for_charts", jsonText(level.label));
    if (level.m) add("m_probability", fmt::format("{}", *level.m));
    if (level.u) add("u_probability", fmt::format("{}", *level.u));
    add("fix_m_probability", level.fixM ? "true" : "false");
    add("fix_u_probability", level.fixU ? "true" : "false");
    if (!level.frequencyColumn.empty()) {
        add("tf_adjustment_column", jsonText(level.frequencyColumn));
        if (level.frequencyMinimumU != 0.0) add("tf_minimum_u_value", fmt::format("{}", level.frequencyMinimumU));
        add("tf_adjustment_weight", fmt::format("{}", level.frequencyWeight));
    }
    if (level.isNull) add("is_null_level", "true");
    if (level.ownFrequencyU) add("disable_tf_exact_match_detection", "true");
    return out + "\n                }";
}

template <typename Items, typename Write>
std::string listText(const Items& items, Write write) {
    std::string out = "[\n";
    for (const auto& item : items) out.append(&item == &items.front() ? "" : ",\n").append(write(item));
    return out;
}

}  // namespace

std::string_view name(LinkType type) {
    constexpr std::array<std::string_view, 3> kNames = {"dedupe_only", "link_only", "link_and_dedupe"};
    return kNames[static_cast<std::size_t>(type)];
}

Result<Model> readModel(std::string_view text, std::string_view subject) {
    boost::system::error_code problem;
    const json::value value = json::parse({text.data(), text.size()}, problem);
    if (problem) return fail(ErrorCode::ParseError, std::string(subject), problem.message());
    auto model = readDocument(value);
    if (!model) {
        Error error = std::move(model).error();
        error.subject = subject;
        return fail(std::move(error));
    }
    FAIRLEAD_OK(checkConditions(*model, subject));
    return model;
}

std::string writeModel(const Model& model) {
    const std::string dialect = model.dialect == Dialect::Spark ? "\"spark\"" : "\"duckdb\"";
    std::string out = "{\n";
    const auto add = [&](std::string_view key, std::string_view value) {
        out += fmt::format("    \"{}\": {},\n", key, value);
    };
    add("link_type", jsonText(name(model.linkType)));
    add("probability_two_random_records_match", fmt::format("{}", model.prior));
    for (const auto& [key, value] : model.otherSettings) out += fmt::format("    {}: {},\n", jsonText(key), value);
    add("sql_dialect", dialect);
    add("unique_id_column_name", jsonText(model.idColumn));
    add("source_dataset_column_name", jsonText(model.datasetColumn));
    add("blocking_rules_to_generate_predictions",
        listText(model.rules, [&](const std::string& rule) {
            return fmt::format(
                "        {{\n            \"blocking_rule\": {},\n            \"sql_dialect\": {}\n        }}",
                jsonText(rule), dialect);
        }) + "\n    ]");
    out += "    \"comparisons\": ";
    out += listText(model.comparisons, [](const Comparison& comparison) {
        return fmt::format(
            "        {{\n            \"output_column_name\": {},\n            \"comparison_levels\": {}\n"
            "            ],\n            \"comparison_description\": {}\n        }}",
            jsonText(comparison.name), listText(comparison.levels, levelText), jsonText(comparison.description));
    });
    return out + "\n    ]\n}\n";
}

std::vector<std::string> columnsOf(const Model& model) {
    std::set<std::string> columns;
    const auto add = [&](const Program& program) {
        for (const ColumnUse& use : program.columns()) columns.insert(use.name);
    };
    for (const Comparison& comparison : model.comparisons) {
        if (const auto prepared = prepareComparison(comparison, model.dialect, {})) add(prepared->program);
        for (const Level& level : comparison.levels) {
            if (!level.frequencyColumn.empty()) columns.insert(level.frequencyColumn);
        }
    }
    for (const std::string& rule : model.rules) {
        if (const auto prepared = prepareRule(rule, model.dialect, {})) add(prepared->program);
    }
    return {columns.begin(), columns.end()};
}

}  // namespace fairlead::splink
