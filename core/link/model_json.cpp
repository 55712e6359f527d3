// Models as documents. Where Splink 4's settings have a key for it, that key is used, so that a reader of one
// recognises the other; what Splink has no word for stands under "fairlead".

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/link/model.h"

namespace fairlead::link {
namespace {

namespace json = boost::json;

constexpr std::array kKinds = {ComparisonKind::Forename, ComparisonKind::Surname, ComparisonKind::BirthDate,
                               ComparisonKind::Sex,      ComparisonKind::Address, ComparisonKind::Identifier,
                               ComparisonKind::Text};
constexpr std::array kSources = {ParameterSource::Shipped, ParameterSource::Frequencies, ParameterSource::Sample,
                                 ParameterSource::Estimated, ParameterSource::NeverObserved};
constexpr std::size_t kKeyParts = static_cast<std::size_t>(KeyPart::Text) + 1;

std::string jsonText(std::string_view text) { return json::serialize(json::value(json::string(text))); }

std::string levelLine(const Level& level) {
    return fmt::format(
        R"(        {{"level": {}, "label_for_charts": {}, "m_probability": {}, "u_probability": {}, "relative_probability": {}, )"
        R"("tf_adjustment_weight": {}, "m_source": {}, "u_source": {}}})",
        jsonText(level.id), jsonText(level.label), level.m, level.u, level.relative, level.termFrequencyWeight,
        jsonText(name(level.mSource)), jsonText(name(level.uSource)));
}

std::string ruleLine(const BlockingRule& rule) {
    std::string parts;
    for (const KeyPart part : rule.parts) parts += fmt::format("{}{}", parts.empty() ? "" : ", ", jsonText(name(part)));
    return fmt::format(R"(    {{"keys": [{}], "column": {}, "most_pairs_per_record": {}}})", parts,
                       jsonText(rule.column), rule.mostPairsPerRecord);
}

// Reads members one by one and keeps the first problem; unknown keys are refused at the end.
class ObjectReader {
public:
    ObjectReader(const json::value& value, std::string_view where, std::string_view subject)
        : m_object(value.if_object()), m_where(where), m_subject(subject) {
        if (m_object == nullptr) problem("is not an object");
    }
    double number(std::string_view key) {
        const json::value* found = get(key);
        if (found == nullptr) return 0.0;
        if (!found->is_number()) problem(fmt::format("{}: not a number", key));
        return found->is_number() ? found->to_number<double>() : 0.0;
    }
    bool flag(std::string_view key) {
        const json::value* found = get(key);
        if (found == nullptr) return false;
        if (!found->is_bool()) problem(fmt::format("{}: not true or false", key));
        return found->is_bool() && found->as_bool();
    }
    std::string text(std::string_view key) {
        const json::value* found = get(key);
        if (found == nullptr) return {};
        if (!found->is_string()) problem(fmt::format("{}: not a text", key));
        return found->is_string() ? std::string(found->as_string()) : std::string();
    }
    const json::array& list(std::string_view key) {
        static const json::array none;
        const json::value* found = get(key);
        if (found == nullptr) return none;
        if (!found->is_array()) problem(fmt::format("{}: not a list", key));
        return found->is_array() ? found->as_array() : none;
    }
    /// The list, empty where the key is not there.
    const json::array& listIfAny(std::string_view key) {
        static const json::array none;
        return m_object != nullptr && m_object->contains(key) ? list(key) : none;
    }
    const json::value* get(std::string_view key) {
        m_known.emplace(key);
        if (m_object == nullptr) return nullptr;
        const json::value* found = m_object->if_contains(key);
        if (found == nullptr) problem(fmt::format("{} is missing", key));
        return found;
    }
    void problem(std::string what) {
        if (!m_error)
            m_error = Error{ErrorCode::ParseError, std::string(m_subject), fmt::format("{}: {}", m_where, what)};
    }
    Status finish() {
        if (m_error) return fail(*m_error);
        for (const auto& member : *m_object) {
            if (!m_known.contains(std::string(member.key()))) {
                return fail(ErrorCode::UnknownKey, std::string(m_subject),
                            fmt::format("{}: {}", m_where, std::string_view(member.key())));
            }
        }
        return {};
    }

private:
    const json::object* m_object;
    std::string m_where;
    std::string_view m_subject;
    std::set<std::string> m_known;
    std::optional<Error> m_error;
};

template <typename Values>
auto byName(const Values& values, std::string_view text) {
    const auto found = std::ranges::find_if(values, [&](auto value) { return name(value) == text; });
    return found == values.end() ? std::nullopt : std::optional(*found);
}

Result<Level> readLevel(const json::value& value, std::string_view where, std::string_view subject) {
    ObjectReader reader(value, where, subject);
    Level level;
    level.id = reader.text("level");
    level.label = reader.text("label_for_charts");
    level.m = reader.number("m_probability");
    level.u = reader.number("u_probability");
    level.relative = reader.number("relative_probability");
    level.termFrequencyWeight = reader.number("tf_adjustment_weight");
    const auto mSource = byName(kSources, reader.text("m_source"));
    const auto uSource = byName(kSources, reader.text("u_source"));
    if (!mSource || !uSource) reader.problem("the source of a parameter is not known");
    FAIRLEAD_OK(reader.finish());
    level.mSource = *mSource;
    level.uSource = *uSource;
    return level;
}

Result<std::vector<Level>> readLevels(const json::array& values, std::string_view where, std::string_view subject) {
    std::vector<Level> levels;
    for (const json::value& value : values) {
        FAIRLEAD_TRY(Level read, readLevel(value, where, subject));
        levels.push_back(std::move(read));
    }
    return levels;
}

std::string levelLines(const std::vector<Level>& levels) {
    std::string lines;
    for (std::size_t l = 0; l < levels.size(); ++l)
        lines += levelLine(levels[l]) + (l + 1 < levels.size() ? ",\n" : "\n");
    return lines;
}

Result<Comparison> readComparison(const json::value& value, std::string_view subject) {
    ObjectReader reader(value, "comparison", subject);
    Comparison comparison;
    const auto kind = byName(kKinds, reader.text("kind"));
    if (!kind) reader.problem("the kind is not known");
    comparison.column = reader.text("output_column_name");
    comparison.title = reader.text("comparison_description");
    FAIRLEAD_TRY(comparison.levels, readLevels(reader.list("comparison_levels"), comparison.column, subject));
    FAIRLEAD_OK(reader.finish());
    comparison.kind = *kind;
    return comparison;
}

Result<BlockingRule> readRule(const json::value& value, std::string_view subject) {
    ObjectReader reader(value, "blocking rule", subject);
    std::vector<KeyPart> parts;
    for (const json::value& key : reader.list("keys")) {
        bool known = false;
        for (std::size_t i = 0; i < kKeyParts && key.is_string(); ++i) {
            if (name(static_cast<KeyPart>(i)) != std::string_view(key.as_string())) continue;
            parts.push_back(static_cast<KeyPart>(i));
            known = true;
        }
        if (!known) reader.problem("a key is not known");
    }
    std::string column = reader.text("column");
    const double most = reader.number("most_pairs_per_record");
    FAIRLEAD_OK(reader.finish());
    return blockingRule(std::move(parts), std::move(column), most);
}

Status readOurs(const json::value& value, std::string_view subject, Model& model) {
    ObjectReader reader(value, "fairlead", subject);
    if (reader.number("format") != 1.0) reader.problem("format: not 1");
    model.name = reader.text("name");
    model.matchesPerRecord = reader.number("matches_per_record");
    model.relativesPerRecord = reader.number("relatives_per_record");
    model.relativesRule = reader.flag("relatives_rule");
    model.acceptBits = reader.number("accept_bits");
    model.reviewBits = reader.number("review_bits");
    FAIRLEAD_TRY(model.relationLevels, readLevels(reader.listIfAny("relation_levels"), "relations", subject));
    return reader.finish();
}

}  // namespace

std::string writeModel(const Model& model) {
    std::string out = "{\n  \"fairlead\": {\n    \"format\": 1,\n";
    out += fmt::format("    \"name\": {},\n    \"matches_per_record\": {},\n    \"relatives_per_record\": {},\n",
                       jsonText(model.name), model.matchesPerRecord, model.relativesPerRecord);
    out += fmt::format("    \"relatives_rule\": {},\n", model.relativesRule);
    out += fmt::format("    \"accept_bits\": {},\n    \"review_bits\": {}", model.acceptBits, model.reviewBits);
    if (!model.relationLevels.empty())
        out += fmt::format(",\n    \"relation_levels\": [\n{}    ]", levelLines(model.relationLevels));
    out += "\n  },\n";
    out += fmt::format("  \"probability_two_random_records_match\": {},\n  \"comparisons\": [\n",
                       model.priorTwoRandomRecordsMatch);
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
        const Comparison& comparison = model.comparisons[c];
        out += fmt::format(
            "    {{\n      \"kind\": {},\n      \"output_column_name\": {},\n      \"comparison_description\": {},\n",
            jsonText(name(comparison.kind)), jsonText(comparison.column), jsonText(comparison.title));
        out += "      \"comparison_levels\": [\n";
        out += levelLines(comparison.levels);
        out += fmt::format("      ]\n    }}{}\n", c + 1 < model.comparisons.size() ? "," : "");
    }
    out += "  ],\n  \"blocking_rules_to_generate_predictions\": [\n";
    for (std::size_t r = 0; r < model.rules.size(); ++r)
        out += ruleLine(model.rules[r]) + (r + 1 < model.rules.size() ? ",\n" : "\n");
    out += "  ]\n}\n";
    return out;
}

Result<Model> parseModel(std::string_view text, std::string_view subject) {
    boost::system::error_code problem;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), problem);
    if (problem) return fail(ErrorCode::ParseError, std::string(subject), problem.message());
    ObjectReader reader(value, "model", subject);
    Model model;
    model.priorTwoRandomRecordsMatch = reader.number("probability_two_random_records_match");
    if (const json::value* ours = reader.get("fairlead")) {
        FAIRLEAD_OK(readOurs(*ours, subject, model));
    }
    for (const json::value& comparison : reader.list("comparisons")) {
        FAIRLEAD_TRY(Comparison read, readComparison(comparison, subject));
        model.comparisons.push_back(std::move(read));
    }
    for (const json::value& rule : reader.list("blocking_rules_to_generate_predictions")) {
        FAIRLEAD_TRY(BlockingRule read, readRule(rule, subject));
        model.rules.push_back(std::move(read));
    }
    FAIRLEAD_OK(reader.finish());
    FAIRLEAD_OK(checkModel(model));
    return model;
}

}  // namespace fairlead::link
