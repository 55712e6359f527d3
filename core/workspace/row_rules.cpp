#include "core/workspace/row_rules.h"

#include "core/record/identifiers.h"

namespace fairlead::workspace {

bool canPrecedeBirth(record::FactKind kind) {
    return kind == record::FactKind::ChildInNeed || kind == record::FactKind::ChildProtectionPlan ||
           kind == record::FactKind::Section47Enquiry || kind == record::FactKind::AssessmentFactor;
}

std::optional<bool> hasWrongCheckCharacter(std::string_view kind, std::string_view value) {
    if (kind == "nhs") return !record::isValidNhsNumber(value);
    if (kind != "upn" && kind != "former_upn") return std::nullopt;
    const auto checked = record::checkUpn(value);
    return checked != record::UpnCheck::Valid && checked != record::UpnCheck::Temporary;
}

}  // namespace fairlead::workspace
