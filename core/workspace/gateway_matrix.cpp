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
    if (agency == "health") what.data.emplace_back("patient");
    return what;
}

extract::Disclosure disclosureOf(const extract::Manifest& manifest, const std::string& purpose,
                                 const std::string& nation, Date on) {
    extract::Disclosure what = disclosureOf(manifest.agency, purpose, nation, on);
    what.collectedFor = manifest.purpose;
    what.hasCondition = extract::namesCondition(manifest);
    what.hasAgreement = !manifest.agreementRef.empty() && !manifest.dpiaRef.empty();
    return what;
}

Result<std::string> nationOf(store::Database& core) {
    // Local authority codes 660 to 681 are the Welsh ones (Department for Education).
    FAIRLEAD_TRY(const std::int64_t welsh,
                 scalar(core, "SELECT count(*) FROM school WHERE la_code BETWEEN '660' AND '681'"));
    return std::string(welsh > 0 ? "Wales" : "England");
}

Result<std::vector<extract::Manifest>> heldManifests(store::Database& core) {
    std::vector<extract::Manifest> held;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT manifest, file_name FROM delivery ORDER BY id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return held;
        FAIRLEAD_TRY(auto manifest, extract::parseManifest(query.text(0), query.text(1)));
        held.push_back(std::move(manifest));
    }
}

namespace {

bool carries(const GatewayState& state, const std::vector<std::string>& ids, const extract::Disclosure& what) {
    return std::ranges::any_of(ids, [&](const std::string& id) {
        const extract::Gateway* gateway = state.gateways.find(id);
        return gateway != nullptr && extract::blockOf(*gateway, what).empty();
    });
}

/// Those that the delivery came under and the definition names.
std::vector<std::string> sharedGateways(const indicator::Definition& definition, const extract::Manifest& manifest) {
    std::vector<std::string> shared;
    for (const std::string& id : definition.gateways)
        if (std::ranges::find(manifest.gateways, id) != manifest.gateways.end()) shared.push_back(id);
    return shared;
}

/// Each dataset of the definition with each of its purposes, and the deliveries of it that are held.
template <typename Visit>
void eachUse(const indicator::Definition& definition, const GatewayState& state, const Visit& visit) {
    for (const std::string& dataset : definition.datasets) {
        std::vector<const extract::Manifest*> held;
        for (const extract::Manifest& manifest : state.held)
            if (manifest.agency + "/" + manifest.dataset == dataset) held.push_back(&manifest);
        for (const std::string& purpose : definition.purposes) visit(dataset, purpose, held);
    }
}

}  // namespace

std::vector<std::string> uncarried(const indicator::Definition& definition, const GatewayState& state) {
    std::vector<std::string> gaps;
    eachUse(definition, state, [&](const std::string& dataset, const std::string& purpose, const auto& held) {
        if (!carries(state, definition.gateways, disclosureOf(agencyOf(dataset), purpose, state.nation, state.on))) {
            gaps.push_back(fmt::format("no gateway it names carries {} for {}", dataset, purpose));
            return;
        }
        for (const extract::Manifest* manifest : held) {
            const auto what = disclosureOf(*manifest, purpose, state.nation, state.on);
            if (carries(state, sharedGateways(definition, *manifest), what)) continue;
            gaps.push_back(fmt::format("{} came under no gateway that it names and that carries it for {}",
                                       manifest->label(), purpose));
            return;
        }
    });
    return gaps;
}

std::vector<std::string> weaknesses(const indicator::Definition& definition, const GatewayState& state) {
    std::vector<std::string> found;
    eachUse(definition, state, [&](const std::string& dataset, const std::string& purpose, const auto& held) {
        for (const extract::Manifest* manifest : held)
            for (const std::string& text :
                 extract::sharedWarnings(sharedGateways(definition, *manifest), state.gateways,
                                         disclosureOf(*manifest, purpose, state.nation, state.on))) {
                std::string sentence = fmt::format("{} for {}: {}", dataset, purpose, text);
                if (std::ranges::find(found, sentence) == found.end()) found.push_back(std::move(sentence));
            }
    });
    return found;
}

Result<GatewayMatrix> gatewayMatrix(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const auto gateways, extract::GatewayRegister::load(workspace.resources().folder / "gateways"));
    FAIRLEAD_TRY(const std::int64_t latest, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(const auto definitions, definitionsAt(core, {latest + 1}));
    FAIRLEAD_TRY(const auto held, heldManifests(core));
    GatewayMatrix matrix;
    FAIRLEAD_TRY(matrix.nation, nationOf(core));

    std::map<CellKey, GatewayCell> cells;
    for (const indicator::Definition& definition : *definitions)
        for (const std::string& dataset : definition.datasets)
            for (const std::string& purpose : definition.purposes)
                cellAt(cells, dataset, purpose).indicators.push_back(definition.id);
    for (const extract::Manifest& manifest : held)
        cellAt(cells, manifest.agency + "/" + manifest.dataset, manifest.purpose);
    for (auto& [key, cell] : cells) {
        for (const extract::Manifest& manifest : held) {
            if (manifest.agency + "/" + manifest.dataset != cell.dataset) continue;
            cell.isSupplied = true;
            const auto what = disclosureOf(manifest, cell.purpose, matrix.nation, workspace.clock().today());
            for (const std::string& id : manifest.gateways)
                if (const extract::Gateway* gateway = gateways.find(id)) judge(cell, *gateway, what);
        }
        matrix.cells.push_back(std::move(cell));
    }
    return matrix;
}

}  // namespace fairlead::workspace
