// Use case: which dataset may be used for which purpose on which gateway, and where there is none.
// Working notes for an information-governance lead, not legal advice.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/extract/gateway_register.h"
#include "core/extract/gateway_rules.h"
#include "core/indicator/definition.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// One dataset for one purpose.
struct GatewayCell {
    std::string dataset;  ///< "police/police_records".
    std::string purpose;
    bool isSupplied = false;                     ///< A delivery of it is held.
    std::vector<std::string> carrying;           ///< Ids that carry it today, of those that its deliveries name.
    std::map<std::string, std::string> blocked;  ///< Id -> why not, of the others that they name.
    std::vector<std::string> warnings;           ///< Sentences, each beginning with the gateway's id.
    std::vector<std::string> indicators;         ///< Ids of definitions in force that use it for the purpose.

    /// Somebody needs it, it is here, and nothing carries it.
    [[nodiscard]] bool isGap() const { return isSupplied && !indicators.empty() && carrying.empty(); }
    /// Somebody could use it, and nobody supplies it.
    [[nodiscard]] bool isMissing() const { return !isSupplied; }
};

/// The matrix, by dataset and purpose.
struct GatewayMatrix {
    std::vector<GatewayCell> cells;
    std::string nation;  ///< "England" or "Wales", by the authorities of the schools.
};

/// Errors: those of the register's files and of a statement.
Result<GatewayMatrix> gatewayMatrix(Workspace& workspace);

/// What a delivery of an agency to the unit is, as rules look at it: about pupils and their families.
extract::Disclosure disclosureOf(const std::string& agency, const std::string& purpose, const std::string& nation,
                                 Date on);
/// The same of a delivery at hand, used for `purpose`: with what it was supplied for and what its manifest names.
extract::Disclosure disclosureOf(const extract::Manifest& manifest, const std::string& purpose,
                                 const std::string& nation, Date on);

/// "England", or "Wales" when a school's local authority is Welsh.
Result<std::string> nationOf(store::Database& core);

/// The manifests of every delivery that is held. Errors: those of a statement and of a manifest.
Result<std::vector<extract::Manifest>> heldManifests(store::Database& core);

/// What rules look at beside the definition.
struct GatewayState {
    const extract::GatewayRegister& gateways;
    const std::vector<extract::Manifest>& held;
    std::string nation;
    Date on;
};

/// Why the datasets of a definition cannot serve its purposes: a sentence for each that no gateway that the definition
/// names carries on the day, and for each held delivery that came under none of those. Empty when every one is carried.
std::vector<std::string> uncarried(const indicator::Definition& definition, const GatewayState& state);

/// What is weak about the gateways under the definition's held deliveries, though nothing bars it: a sentence each.
std::vector<std::string> weaknesses(const indicator::Definition& definition, const GatewayState& state);

}  // namespace fairlead::workspace
