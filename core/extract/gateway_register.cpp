#include "core/extract/gateway_register.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/folder.h"
#include "core/extract/toml_document.h"

namespace fairlead::extract {

namespace {

constexpr std::array<std::string_view, 4> kKindNames{"express", "implied", "context", "bar"};
constexpr std::array<std::string_view, 21> kKeys{"id",
                                                 "citation",
                                                 "title",
                                                 "kind",
                                                 "in_force_from",
                                                 "in_force_until",
                                                 "in_force_source",
                                                 "extent",
                                                 "limits",
                                                 "reviewed",
                                                 "reviewed_by",
                                                 "review_by",
                                                 "only_disclosers",
                                                 "not_disclosers",
                                                 "only_recipients",
                                                 "not_data",
                                                 "subjects",
                                                 "not_recipients",
                                                 "only_purposes",
                                                 "subjects_from_age",
                                                 "subjects_to_age"};
constexpr int kMostAge = 120;
constexpr std::uintmax_t kMostFileBytes = 64U << 10U;

std::optional<Date> dateOf(const toml::node_view<const toml::node>& node) {
    const auto date = node.value<toml::date>();
    if (!date) return std::nullopt;
    return Date::fromCivil(date->year, date->month, date->day);
}

/// Takes required texts out of a document; remembers the first key that is missing or not a text.
class TextReader {
public:
    explicit TextReader(const toml::table& table) : m_table(table) {}
    std::string operator()(std::string_view key) {
        auto text = m_table[key].value<std::string>().value_or("");
        if (text.empty() && m_wrong.empty()) m_wrong = key;
        return text;
    }
    [[nodiscard]] std::string_view wrong() const { return m_wrong; }

private:
    const toml::table& m_table;
    std::string_view m_wrong;
};

/// Reads the keys of a scope; remembers the first that is not what it should be.
class ScopeReader {
public:
    explicit ScopeReader(const toml::table& table) : m_table(table) {}
    std::vector<std::string> texts(std::string_view key) {
        std::vector<std::string> values;
        if (!m_table.contains(key)) return values;
        const toml::array* array = m_table[key].as_array();
        if (array == nullptr || array->empty()) return refuse(key), values;
        for (const toml::node& item : *array) {
            const auto value = item.value<std::string>();
            if (!value || value->empty()) refuse(key);
            values.push_back(value.value_or(""));
        }
        return values;
    }
    std::optional<int> age(std::string_view key) {
        if (!m_table.contains(key)) return std::nullopt;
        const auto value = m_table[key].value_exact<std::int64_t>();
        if (!value || *value < 0 || *value > kMostAge) return refuse(key), std::nullopt;
        return static_cast<int>(*value);
    }
    std::string subjects(std::string_view key) {
        if (!m_table.contains(key)) return {};
        auto value = m_table[key].value<std::string>().value_or("");
        if (value != "mappa") refuse(key);
        return value;
    }
    [[nodiscard]] std::string_view wrong() const { return m_wrong; }

private:
    void refuse(std::string_view key) {
        if (m_wrong.empty()) m_wrong = key;
    }
    const toml::table& m_table;
    std::string_view m_wrong;
};

GatewayScope scopeOf(ScopeReader& read) {
    GatewayScope scope;
    scope.onlyDisclosers = read.texts("only_disclosers");
    scope.notDisclosers = read.texts("not_disclosers");
    scope.onlyRecipients = read.texts("only_recipients");
    scope.notRecipients = read.texts("not_recipients");
    scope.onlyPurposes = read.texts("only_purposes");
    scope.notData = read.texts("not_data");
    scope.subjectsFromAge = read.age("subjects_from_age");
    scope.subjectsToAge = read.age("subjects_to_age");
    scope.subjects = read.subjects("subjects");
    return scope;
}

}  // namespace

std::string_view name(GatewayKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

Result<Gateway> parseGateway(std::string_view text, std::string_view id) {
    const std::string subject(id);
    FAIRLEAD_TRY(const auto table, parseToml(text, id));
    for (const auto& [key, value] : table) {
        if (std::ranges::find(kKeys, key.str()) == kKeys.end())
            return fail(ErrorCode::UnknownKey, subject, std::string(key.str()));
    }
    TextReader read(table);
    Gateway gateway;
    gateway.id = read("id");
    gateway.citation = read("citation");
    gateway.title = read("title");
    const auto kind = read("kind");
    gateway.inForceSource = read("in_force_source");
    gateway.extent = read("extent");
    gateway.limits = read("limits");
    gateway.reviewedBy = read("reviewed_by");
    const auto broken = [&](std::string_view key) {
        return fail(ErrorCode::ParseError, subject, fmt::format("key {}", key));
    };
    if (!read.wrong().empty()) return broken(read.wrong());
    if (gateway.id != id) return broken("id: differs from the name of the file");
    const auto* found = std::ranges::find(kKindNames, kind);
    if (found == kKindNames.end()) return broken("kind");
    gateway.kind = static_cast<GatewayKind>(found - kKindNames.begin());
    const auto from = dateOf(table["in_force_from"]);
    const auto until = dateOf(table["in_force_until"]);
    const auto reviewed = dateOf(table["reviewed"]);
    const auto reviewBy = dateOf(table["review_by"]);
    ScopeReader scope(table);
    gateway.scope = scopeOf(scope);
    if (!scope.wrong().empty()) return broken(scope.wrong());
    if (!from) return broken("in_force_from");
    if (!reviewed) return broken("reviewed");
    if (table.contains("in_force_until") && !until) return broken("in_force_until");
    gateway.inForce = {*from, until.value_or(Date::never())};
    if (table.contains("review_by") && !reviewBy) return broken("review_by");
    gateway.reviewed = *reviewed;
    gateway.reviewBy = reviewBy.value_or(Date::never());
    return gateway;
}

Result<GatewayRegister> GatewayRegister::load(const std::filesystem::path& folder) {
    constexpr std::string_view kEnding = ".toml";
    FAIRLEAD_TRY(const auto names, namesIn(folder));
    GatewayRegister gateways;
    for (const std::string_view name : names) {
        if (!name.ends_with(kEnding)) continue;
        FAIRLEAD_TRY(const auto text, readFile(folder / name, kMostFileBytes));
        FAIRLEAD_TRY(auto gateway, parseGateway(text, name.substr(0, name.size() - kEnding.size())));
        gateways.m_gateways.push_back(std::move(gateway));
    }
    return gateways;
}

const Gateway* GatewayRegister::find(std::string_view id) const {
    const auto found = std::ranges::find(m_gateways, id, &Gateway::id);
    return found == m_gateways.end() ? nullptr : &*found;
}

std::vector<std::string> GatewayRegister::inForceOn(Date day) const {
    std::vector<std::string> ids;
    for (const auto& gateway : m_gateways) {
        const bool carries = gateway.kind == GatewayKind::Express || gateway.kind == GatewayKind::Implied;
        if (carries && gateway.inForce.contains(day)) ids.push_back(gateway.id);
    }
    return ids;
}

}  // namespace fairlead::extract
