// Reading a definition file: shape first (toml_reader), then what the engine can do, then whether it makes sense.

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/indicator/definition.h"
#include "core/indicator/rule_text.h"
#include "core/indicator/toml_reader.h"

namespace fairlead::indicator {

namespace {

constexpr std::size_t kMaxFileBytes = 256U * 1024U;
constexpr std::size_t kMaxCriteria = 26;
constexpr int kMaxLastingDays = 3660;
constexpr int kMaxWindowDays = 366;
constexpr int kMaxAge = 120;
constexpr int kMaxYear = 14;
constexpr int kMaxPoints = 99;
constexpr int kMaxEvents = 99;

template <typename Value>
struct Word {
    std::string_view word;
    Value value;
};

constexpr std::array<Word<Unit>, 2> kUnits{{{"pupils", Unit::Pupils}, {"pupils_and_events", Unit::PupilsAndEvents}}};
constexpr std::array<Word<Combination>, 4> kCombinations{{{"any", Combination::Any},
                                                          {"all", Combination::All},
                                                          {"without", Combination::Without},
                                                          {"points", Combination::Points}}};
constexpr std::array<Word<PreventionLevel>, 3> kLevels{{{"primary", PreventionLevel::Primary},
                                                        {"secondary", PreventionLevel::Secondary},
                                                        {"tertiary", PreventionLevel::Tertiary}}};
constexpr std::array<Word<DefinitionStatus>, 4> kStatuses{{{"draft", DefinitionStatus::Draft},
                                                           {"approved", DefinitionStatus::Approved},
                                                           {"retiring", DefinitionStatus::Retiring},
                                                           {"retired", DefinitionStatus::Retired}}};

template <typename Value, std::size_t N>
Value choice(TomlReader& reader, std::string_view key, const std::array<Word<Value>, N>& words) {
    const std::string text = reader.text(key);
    std::string allowed;
    for (const Word<Value>& word : words) {
        if (word.word == text) return word.value;
        allowed += fmt::format("{}{}", allowed.empty() ? "" : ", ", word.word);
    }
    reader.refuse(key, fmt::format("must be one of: {}", allowed));
    return words.front().value;
}

Group groupChoice(TomlReader& reader) {
    std::array<Word<Group>, 5> words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = {groups()[i].id, groups()[i].group};
    return choice(reader, "group", words);
}

bool isId(std::string_view text) {
    constexpr std::size_t kMaxLength = 64;
    return !text.empty() && text.size() <= kMaxLength && text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(text,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

record::FactKind kindOf(TomlReader& reader) {
    const std::string text = reader.text("kind");
    if (const auto kind = record::factKindFromId(text)) return *kind;
    reader.refuse("kind", fmt::format("no kind of fact is called \"{}\"; the extract contract lists them", text));
    return {};
}

std::vector<record::Role> rolesOf(TomlReader& reader) {
    std::vector<record::Role> roles;
    for (const std::string& text : reader.optionalTexts("roles")) {
        const auto role = record::roleFromName(text);
        if (!role) {
            reader.refuse(
                "roles",
                fmt::format("no role is called \"{}\"; use subject, victim, suspect, witness or linked", text));
        }
        roles.push_back(role.value_or(record::Role::Subject));
    }
    return roles;
}

void checkLifetime(TomlReader& reader, const record::FactKindEntry& kind, bool isDuring) {
    const bool isCounted = reader.has("at_least");
    const std::string_view lifetime = isCounted ? "at_least" : "lasting_days";
    if (isCounted != reader.has("within_days")) {
        reader.refuse(isCounted ? "at_least" : "within_days", "at_least = K and within_days = N go together");
    } else if (int{isDuring} + int{isCounted} + int{reader.has("lasting_days")} != 1) {
        reader.refuse(isDuring || isCounted ? lifetime : "during",
                      "give one of during = true (a status), lasting_days = N, or at_least and within_days (events)");
    } else if (isDuring && kind.shape == record::Shape::Event) {
        reader.refuse("during", fmt::format("{} is an event on a day; use lasting_days = N", kind.id));
    } else if (!isDuring && kind.shape == record::Shape::Status) {
        reader.refuse(lifetime, fmt::format("{} is a status with a start and an end; use during = true", kind.id));
    }
}

void checkLimits(TomlReader& reader, bool isDuring) {
    for (const std::string_view key : {"expires_days", "carry_days"}) {
        if (!isDuring && reader.has(key)) reader.refuse(key, "goes with during only; remove it");
    }
    if (reader.has("at_least") && reader.has("gap_days")) {
        reader.refuse("gap_days", "does not go with at_least; make within_days longer");
    }
}

void checkTests(TomlReader& reader, const record::FactKindEntry& kind, const Criterion& criterion) {
    if (!criterion.codes.empty() && !criterion.exceptCodes.empty()) {
        reader.refuse("except_codes", "codes already says which codes count; remove one of the two");
    }
    if (!criterion.codeTitles.empty() &&
        criterion.codeTitles.size() != criterion.codes.size() + criterion.exceptCodes.size()) {
        reader.refuse("code_titles", "must have one text for each code, in their order");
    }
    if (!criterion.roles.empty() && !kind.hasRole) {
        reader.refuse("roles", fmt::format("{} facts have no roles; remove it", kind.id));
    }
    const bool isAttendance = criterion.kind == record::FactKind::AttendanceTerm;
    if (!isAttendance && (criterion.minPercent || criterion.minPossible)) {
        reader.refuse(criterion.minPercent ? "min_percent" : "min_possible",
                      "only attendance_term has possible sessions; use min_value");
    }
    if (criterion.minPossible && !criterion.minPercent) reader.refuse("min_possible", "goes with min_percent; add it");
    if (criterion.minAge && criterion.maxAge && *criterion.minAge > *criterion.maxAge) {
        reader.refuse("max_age", "is below min_age: nobody would ever pass; correct one of them");
    }
    if (criterion.minYear && criterion.maxYear && *criterion.minYear > *criterion.maxYear) {
        reader.refuse("max_year", "is below min_year: nobody would ever pass; correct one of them");
    }
}

void readLifetime(TomlReader& reader, Criterion& criterion) {
    const bool isDuring = reader.optionalFlag("during");
    const auto lasting = reader.optionalNumber("lasting_days", 1, kMaxLastingDays);
    const auto within = reader.optionalNumber("within_days", 1, kMaxLastingDays);
    criterion.lastingDays = lasting.value_or(within.value_or(0));
    criterion.atLeast = reader.optionalNumber("at_least", 2, kMaxEvents).value_or(1);
    criterion.expiresDays = reader.optionalNumber("expires_days", 1, kMaxLastingDays).value_or(0);
    criterion.carryDays = reader.optionalNumber("carry_days", 1, kMaxWindowDays).value_or(0);
    criterion.gapDays = reader.optionalNumber("gap_days", 1, kMaxWindowDays).value_or(0);
    checkLifetime(reader, record::entry(criterion.kind), isDuring);
    checkLimits(reader, isDuring);
}

Criterion criterionOf(TomlReader& reader) {
    Criterion criterion;
    criterion.kind = kindOf(reader);
    criterion.codes = reader.optionalTexts("codes");
    criterion.exceptCodes = reader.optionalTexts("except_codes");
    criterion.codeTitles = reader.optionalTexts("code_titles");
    criterion.roles = rolesOf(reader);
    if (const auto value = reader.optionalNumber("min_value", -1'000'000, 1'000'000)) criterion.minValue = *value;
    criterion.minPercent = reader.optionalNumber("min_percent", 1, 100);
    criterion.minPossible = reader.optionalNumber("min_possible", 1, 1000);
    criterion.minAge = reader.optionalNumber("min_age", 0, kMaxAge);
    criterion.maxAge = reader.optionalNumber("max_age", 0, kMaxAge);
    criterion.minYear = reader.optionalNumber("min_year", 0, kMaxYear);
    criterion.maxYear = reader.optionalNumber("max_year", 0, kMaxYear);
    criterion.label = reader.optionalText("label");
    criterion.points = reader.optionalNumber("points", 0, kMaxPoints).value_or(0);
    readLifetime(reader, criterion);
    checkTests(reader, record::entry(criterion.kind), criterion);
    reader.finish();
    return criterion;
}

void readIdentity(TomlReader& reader, Definition& definition) {
    definition.id = reader.text("id");
    if (!isId(definition.id)) {
        reader.refuse("id", "use lower-case letters, digits and _, a letter first, 64 characters at most");
    }
    definition.version = reader.number("version", 1, 9999);
    definition.title = reader.text("title");
    definition.newTitle = reader.text("new_title");
    definition.rule = reader.text("rule");
    definition.group = groupChoice(reader);
    definition.order = reader.number("order", 1, 99);
    definition.unit = choice(reader, "unit", kUnits);
    definition.combination = choice(reader, "combination", kCombinations);
    definition.threshold = reader.optionalNumber("threshold", 1, kMaxPoints).value_or(0);
    if (reader.has("not_before")) definition.notBefore = reader.date("not_before");
    definition.newWindowDays = reader.number("new_window_days", 1, kMaxWindowDays);
    definition.quietDays = reader.number("quiet_days", 0, kMaxLastingDays);
    definition.countsInFamily = reader.flag("counts_in_family");
}

void readSupply(TomlReader& reader, Definition& definition) {
    definition.datasets = reader.texts("datasets");
    for (const std::string& dataset : definition.datasets) {
        const auto parts = split(dataset, '/');
        if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
            reader.refuse("datasets", fmt::format("\"{}\" is not of the form agency/dataset", dataset));
        }
    }
    definition.purposes = reader.texts("purposes");
    definition.gateways = reader.texts("gateways");
    definition.freshnessDays = reader.number("freshness_days", 1, kMaxWindowDays);
    // Optional: definitions that a workspace took in before there was the key must stay readable, and mean the same.
    definition.lapseDays = reader.optionalNumber("lapse_days", 1, kMaxLastingDays).value_or(0);
    if (definition.lapseDays > 0 && definition.lapseDays < definition.freshnessDays) {
        reader.refuse("lapse_days", "is below freshness_days: data would lapse before they are stale; make it longer");
    }
}

void readAccount(TomlReader& reader, Definition& definition) {
    definition.tier = reader.number("tier", 1, 3);
    definition.prevention = choice(reader, "prevention", kLevels);
    definition.outcome = reader.text("outcome");
    definition.owner = reader.text("owner");
    definition.rationale = reader.text("rationale");
    definition.falsePositives = reader.texts("false_positives");
    definition.equalityNote = reader.text("equality_note");
    definition.challenge = reader.text("challenge");
    definition.ethicsRef = reader.text("ethics_ref");
    definition.reviewBy = reader.date("review_by");
    definition.status = choice(reader, "status", kStatuses);
    definition.statusNote = reader.optionalText("status_note");
    const bool isGoing =
        definition.status == DefinitionStatus::Retiring || definition.status == DefinitionStatus::Retired;
    if (isGoing && trimmed(definition.statusNote).empty()) {
        reader.refuse("status_note", "is missing; say why and from when it is retired: later briefings print it");
    }
}

/// White space of any length, line breaks too, as one blank: how a text is wrapped in the file does not matter.
std::string squeezed(std::string_view text) {
    std::string result;
    for (const char c : trimmed(text)) {
        const bool isBlank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!isBlank) {
            result += c;
        } else if (!result.ends_with(' ')) {
            result += ' ';
        }
    }
    return result;
}

void checkPoints(TomlReader& reader, const Definition& definition) {
    if (definition.combination != Combination::Points) {
        if (definition.threshold > 0) reader.refuse("threshold", "goes with combination = \"points\" only; remove it");
        for (const Criterion& criterion : definition.criteria) {
            if (criterion.points > 0 || !criterion.label.empty())
                reader.refuse("criteria", "points and label go with combination = \"points\" only; remove them");
        }
        return;
    }
    if (definition.threshold == 0) reader.refuse("combination", "\"points\" needs threshold = N, the sum to reach");
    int most = 0;
    for (const Criterion& criterion : definition.criteria) {
        most += criterion.points;
        if (criterion.label.empty())
            reader.refuse("criteria", "with combination = \"points\" each needs a label: the line as published");
    }
    if (most < definition.threshold)
        reader.refuse("threshold", "is above the sum of all points: nobody would ever reach it; lower it");
}

void checkWhole(TomlReader& reader, const Definition& definition) {
    if (definition.criteria.size() > kMaxCriteria) reader.refuse("criteria", "has more than 26; split the definition");
    if (definition.combination != Combination::Any && definition.criteria.size() < 2) {
        reader.refuse("combination", "needs two criteria or more; use any");
    }
    checkPoints(reader, definition);
    if (definition.rule != plainRule(definition)) {
        reader.refuse("rule", fmt::format("is not what the criteria say; write: {}", plainRule(definition)));
    }
}

Result<Definition> definitionOf(const toml::table& table, std::string_view file) {
    std::optional<Error> error;
    TomlReader reader(table, file, error);
    Definition definition;
    readIdentity(reader, definition);
    readSupply(reader, definition);
    readAccount(reader, definition);
    for (const toml::table* part : reader.tables("criteria")) {
        TomlReader criterion(*part, file, error);
        definition.criteria.push_back(criterionOf(criterion));
    }
    reader.finish();
    definition.rule = squeezed(definition.rule);
    if (!error) checkWhole(reader, definition);
    if (error) return fail(std::move(*error));
    return definition;
}

}  // namespace

Result<Definition> parseDefinition(std::string_view toml, std::string_view file) {
    if (toml.size() > kMaxFileBytes) {
        return fail(ErrorCode::ParseError, std::string(file), "larger than 256 KiB; a definition is a page or two");
    }
    FAIRLEAD_OK(checkTomlText(toml, file));
    // The one place where this library's exceptions end.
    try {
        // Without the file's name, which the library would put into memory where it may not throw.
        return definitionOf(toml::parse(toml), file);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::ParseError, fmt::format("{}:{}", file, error.source().begin.line),
                    fmt::format("not TOML: {}; correct the line", error.description()));
    }
}

}  // namespace fairlead::indicator
