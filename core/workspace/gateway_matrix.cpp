#include "core/workspace/gateway_matrix.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/workspace/columns.h"
#include "core/workspace/moment.h"
#include "core/workspace/slice_reading.h"

namespace fairlead::workspace {

namespace {

/// The unit that links and reads is the police's.
constexpr const char* kRecipient = "police";

std::string agencyOf(const std::string& dataset) { return dataset.substr(0, dataset.find('/')); }

using CellKey = std::pair<std::string, std::string>;

GatewayCell& cellAt(std::map<CellKey, GatewayCell>& cells, const std::string& dataset, const std::string& purpose) {
    GatewayCell& cell = cells[{dataset, purpose}];
    cell.dataset = dataset;
    cell.purpose = purpose;
    return cell;
}

void judge(GatewayCell& cell, const extract::Gateway& gateway, const extract::Disclosure& what) {
    const std::string block = extract::blockOf(gateway, what);
    if (!block.empty()) {
        cell.blocked.emplace(gateway.id, block);
        return;
    }
    if (std::ranges::find(cell.carrying, gateway.id) != cell.carrying.end()) return;
    cell.carrying.push_back(gateway.id);
    for (const extract::GatewayFinding& finding : extract::findingsOf(gateway, what))
        cell.warnings.push_back(fmt::format("{}: {}", gateway.id, finding.text));
}

}  // namespace

extract::Disclosure disclosureOf(const std::string& agency, const std::string& purpose, const std::string& nation,
                                 Date on) {
    extract::Disclosure what;
    what.on = on;
    what.discloser = agency;
    what.recipient = kRecipient;
    what.purpose = purpose;
    what.nation = nation;
    return what;
}

Result<std::string> nationOf(store::Database& core) {
    // Local authority codes 660 to 681 are the Welsh ones (Department for Education).
    FAIRLEAD_TRY(const std::int64_t welsh,
                 scalar(core, "SELECT count(*) FROM school WHERE la_code BETWEEN '660' AND '681'"));
    return std::string(welsh > 0 ? "Wales" : "England");
}

std::vector<std::string> uncarried(const indicator::Definition& definition, const extract::GatewayRegister& gateways,
                                   const std::string& nation, Date on) {
    std::vector<std::string> gaps;
    for (const std::string& dataset : definition.datasets) {
        for (const std::string& purpose : definition.purposes) {
            const extract::Disclosure what = disclosureOf(agencyOf(dataset), purpose, nation, on);
            const bool isCarried = std::ranges::any_of(definition.gateways, [&](const std::string& id) {
                const extract::Gateway* gateway = gateways.find(id);
                return gateway != nullptr && extract::blockOf(*gateway, what).empty();
            });
            if (!isCarried) gaps.push_back(fmt::format("no gateway it names carries {} for {}", dataset, purpose));
        }
    }
    return gaps;
}

Result<GatewayMatrix> gatewayMatrix(Workspace& workspace) {
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    FAIRLEAD_TRY(const std::int64_t latest, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(const auto definitions, definitionsAt(core, {latest + 1}));
    FAIRLEAD_TRY(const auto sources, sourcesAt(core, {latest}));
    GatewayMatrix matrix;
    FAIRLEAD_TRY(matrix.nation, nationOf(core));

    std::map<CellKey, GatewayCell> cells;
    for (const indicator::Definition& definition : *definitions)
        for (const std::string& dataset : definition.datasets)
            for (const std::string& purpose : definition.purposes)
                cellAt(cells, dataset, purpose).indicators.push_back(definition.id);
    for (const indicator::Source& source : sources) cellAt(cells, source.name(), source.purpose);
    for (auto& [key, cell] : cells) {
        for (const indicator::Source& source : sources) {
            if (source.name() != cell.dataset) continue;
            cell.isSupplied = true;
            auto what = disclosureOf(agencyOf(cell.dataset), cell.purpose, matrix.nation, workspace.clock().today());
            what.collectedFor = source.purpose;
            for (const std::string& id : source.gateways)
                if (const extract::Gateway* gateway = gateways.find(id)) judge(cell, *gateway, what);
        }
        matrix.cells.push_back(std::move(cell));
    }
    return matrix;
}

}  // namespace fairlead::workspace
