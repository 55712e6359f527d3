#include "core/extract/gateway_rules.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/base/text.h"

namespace fairlead::extract {

namespace {

bool has(const std::vector<std::string>& list, const std::string& value) {
    return std::ranges::find(list, value) != list.end();
}

/// Not narrowed, or narrowed to a list that has it.
bool allows(const std::vector<std::string>& only, const std::string& value) { return only.empty() || has(only, value); }

/// Gathers what rules say.
class Findings {
public:
    void addIf(bool holds, std::string_view rule, std::string text) {
        if (holds) m_all.push_back({rule, std::move(text)});
    }
    std::vector<GatewayFinding> take() { return std::move(m_all); }

private:
    std::vector<GatewayFinding> m_all;
};

void checkSubjects(const GatewayScope& scope, const Disclosure& what, Findings& found) {
    if (scope.subjectsToAge)
        found.addIf(what.oldest > *scope.subjectsToAge, "B2",
                    fmt::format("it is about people up to {} only", *scope.subjectsToAge));
    found.addIf(scope.subjects == "mappa" && !what.mappaOnly, "B3",
                "it is about offenders under those arrangements only, not about pupils in general");
    if (scope.subjectsFromAge)
        found.addIf(what.youngest < *scope.subjectsFromAge, "B7",
                    fmt::format("it is about people of {} and over only", *scope.subjectsFromAge));
}

void checkParties(const GatewayScope& scope, const Disclosure& what, Findings& found) {
    found.addIf(has(scope.notRecipients, what.recipient), "B1",
                fmt::format("it carries nothing to this recipient: {}", what.recipient));
    for (const std::string& data : what.data)
        found.addIf(has(scope.notData, data), "B4", fmt::format("it carries no such data: {}", data));
    found.addIf(has(scope.notDisclosers, what.discloser), "B4",
                fmt::format("it carries nothing from this agency: {}", what.discloser));
    const bool qualifies = allows(scope.onlyDisclosers, what.discloser) && allows(scope.onlyRecipients, what.recipient);
    found.addIf(!qualifies, "B5",
                fmt::format("from {} to {} is outside of those whom it names", what.discloser, what.recipient));
    found.addIf(!allows(scope.onlyPurposes, what.purpose), "B5",
                fmt::format("this purpose is not one that it names: {}", what.purpose));
}

void checkStanding(const Gateway& gateway, const Disclosure& what, Findings& found) {
    const bool carries = gateway.kind == GatewayKind::Express || gateway.kind == GatewayKind::Implied;
    found.addIf(!carries, "B6", fmt::format("it is no gateway by itself ({})", name(gateway.kind)));
    found.addIf(!gateway.inForce.contains(what.on), "B8", fmt::format("it is not in force on {}", what.on.uk()));
    found.addIf(gateway.reviewBy < what.on, "B9", fmt::format("it was to be reviewed by {}", gateway.reviewBy.uk()));
    found.addIf(gateway.extent == "England" && what.nation != "England", "B10",
                fmt::format("it extends to England, not to {}", what.nation));
}

}  // namespace

std::vector<GatewayFinding> findingsOf(const Gateway& gateway, const Disclosure& what) {
    Findings found;
    checkParties(gateway.scope, what, found);
    checkSubjects(gateway.scope, what, found);
    checkStanding(gateway, what, found);
    found.addIf(gateway.kind == GatewayKind::Implied, "W1", "a power is inferred from a function, not stated");
    found.addIf(!what.collectedFor.empty() && what.collectedFor != what.purpose, "W2",
                fmt::format("supplied for another purpose: {}", what.collectedFor));
    found.addIf(!what.hasCondition, "W3", "no condition for special-category data is named");
    found.addIf(!what.hasAgreement, "W4", "no agreement or impact assessment is named");
    return found.take();
}

std::vector<std::string> sharedWarnings(const std::vector<std::string>& ids, const GatewayRegister& gateways,
                                        const Disclosure& what) {
    std::vector<std::string> shared;
    bool isFirst = true;
    for (const std::string& id : ids) {
        const Gateway* gateway = gateways.find(id);
        if (gateway == nullptr) continue;
        std::vector<std::string> own;
        bool blocks = false;
        for (GatewayFinding& finding : findingsOf(*gateway, what)) {
            blocks = blocks || finding.blocks();
            own.push_back(std::move(finding.text));
        }
        if (blocks) continue;
        if (isFirst)
            shared = std::move(own);
        else
            std::erase_if(shared, [&](const std::string& text) { return !has(own, text); });
        isFirst = false;
    }
    return shared;
}

bool carriesPurpose(const Gateway& gateway, std::string_view words) {
    std::string said = lowerAscii(trimmed(words));
    std::ranges::replace(said, '_', ' ');
    return gateway.scope.onlyPurposes.empty() || std::ranges::any_of(gateway.scope.onlyPurposes, [&](std::string one) {
               std::ranges::replace(one, '_', ' ');
               return said.starts_with(one) && (said.size() == one.size() || std::isalnum(said[one.size()]) == 0);
           });
}

bool namesCondition(const Manifest& manifest) {
    const auto says = [&](std::string_view words) { return manifest.lawfulBasis.find(words) != std::string::npos; };
    if (manifest.regime == "dpa_part_3") return says("Schedule 8");
    return says("Article 9") || says("Schedule 1");
}

std::string blockOf(const Gateway& gateway, const Disclosure& disclosure) {
    for (const GatewayFinding& finding : findingsOf(gateway, disclosure))
        if (finding.blocks()) return finding.text;
    return {};
}

}  // namespace fairlead::extract
