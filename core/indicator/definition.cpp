#include "core/indicator/definition.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/base/check.h"

namespace fairlead::indicator {

namespace {

constexpr std::array<GroupEntry, 5> kGroups{{
    {Group::ReceivingSupport, "receiving_support", "Receiving support"},
    {Group::CurrentRisk, "current_risk", "Current risk"},
    {Group::Events, "events", "Events in the last 30 days"},
    {Group::Education, "education", "Education, for context"},
    {Group::AdultFamily, "adult_family", "Adults in the family"},
}};

}  // namespace

std::span<const GroupEntry> groups() { return kGroups; }

const GroupEntry& entry(Group group) {
    const auto index = static_cast<std::size_t>(group);
    FAIRLEAD_CHECK(index < kGroups.size());
    return kGroups[index];
}

std::string_view name(DefinitionStatus status) {
    switch (status) {
        case DefinitionStatus::Draft: return "draft";
        case DefinitionStatus::Approved: return "approved";
        case DefinitionStatus::Retiring: return "retiring";
        case DefinitionStatus::Retired: return "retired";
    }
    return "draft";
}

std::optional<DefinitionStatus> definitionStatusFromName(std::string_view name) {
    using enum DefinitionStatus;
    for (const DefinitionStatus status : {Draft, Approved, Retiring, Retired})
        if (indicator::name(status) == name) return status;
    return std::nullopt;
}

Result<std::vector<Definition>> orderedDefinitions(std::vector<Definition> definitions) {
    std::ranges::sort(definitions, [](const Definition& a, const Definition& b) {
        return std::tie(a.group, a.order, a.id) < std::tie(b.group, b.order, b.id);
    });
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        const Definition& definition = definitions[i];
        if (findDefinition(definitions, definition.id) != i) {
            return fail(ErrorCode::ParseError, definition.id, "id: two definitions have it; give one another id");
        }
        if (i > 0 && definitions[i - 1].group == definition.group && definitions[i - 1].order == definition.order) {
            return fail(ErrorCode::ParseError, definition.id,
                        "order: " + definitions[i - 1].id + " has the same place in the group; change one of them");
        }
    }
    return definitions;
}

std::optional<std::size_t> findDefinition(std::span<const Definition> definitions, std::string_view id) {
    const auto found = std::ranges::find(definitions, id, &Definition::id);
    if (found == definitions.end()) return std::nullopt;
    return static_cast<std::size_t>(found - definitions.begin());
}

}  // namespace fairlead::indicator
