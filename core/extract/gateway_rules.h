// What a program can tell about whether a gateway carries a disclosure. Passing every rule makes nothing lawful: a
// gateway gives a power only, and the register is a set of working notes (gateway_register.h).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/extract/gateway_register.h"
#include "core/extract/manifest.h"

namespace fairlead::extract {

/// A disclosure as far as rules look at it.
struct Disclosure {
    Date on;
    std::string discloser;     ///< Agency, as its manifests name it.
    std::string recipient;     ///< "police", "local_authority", "school" ...
    std::string purpose;       ///< What it is used for.
    std::string collectedFor;  ///< The purpose that the extract was supplied for; empty = the same.
    std::vector<std::string> data{"personal"};
    std::string nation = "England";
    int youngest = 4;  ///< Ages of the people it is about, in completed years: pupils and their families.
    int oldest = 120;
    bool mappaOnly = false;
    bool hasCondition = true;  ///< A condition for special-category data is named.
    bool hasAgreement = true;  ///< An agreement and an impact assessment are named.
};

/// One rule that says something about a gateway and a disclosure.
struct GatewayFinding {
    std::string_view rule;  ///< "B1" to "B10" block; "W1" to "W4" warn.
    std::string text;       ///< One sentence for people.

    [[nodiscard]] bool blocks() const { return rule.starts_with('B'); }
};

/// Every finding, blocks first: B1 recipient, B2 subjects too old, B3 subjects not under the arrangements, B4 data or
/// discloser left out, B5 outside of those who qualify, B6 no gateway by itself, B7 subjects too young, B8 not in
/// force, B9 review overdue, B10 another nation; W1 implied only, W2 another purpose than it was supplied for, W3 no
/// condition for special-category data, W4 no agreement or assessment.
std::vector<GatewayFinding> findingsOf(const Gateway& gateway, const Disclosure& what);

/// The sentences of the warnings that stand for every one of `ids` that carries the disclosure, so that no better
/// gateway answers them. Empty when none of them carries it.
std::vector<std::string> sharedWarnings(const std::vector<std::string>& ids, const GatewayRegister& gateways,
                                        const Disclosure& what);

/// Whether the manifest's lawful basis names a condition for special-category data (UK GDPR: Article 9 or Schedule 1)
/// or for sensitive processing (Data Protection Act 2018, Part 3: Schedule 8).
bool namesCondition(const Manifest& manifest);

/// A purpose in somebody's own words: carried by every gateway that names none, else where it begins with one that is
/// named, "school census: ..." for school_census.
bool carriesPurpose(const Gateway& gateway, std::string_view words);

/// The first finding that blocks; empty when none does.
std::string blockOf(const Gateway& gateway, const Disclosure& disclosure);

}  // namespace fairlead::extract
