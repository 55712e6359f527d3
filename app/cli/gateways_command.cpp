// gateways list, matrix: the register of legal gateways, and what it carries in a workspace.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "core/extract/gateway_register.h"
#include "core/workspace/gateway_matrix.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct GatewaysOptions {
    SessionOptions session;
    std::filesystem::path resources;
    bool json = false;
};

json::array textsOf(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object jsonOf(const extract::Gateway& gateway) {
    return {{"id", gateway.id},
            {"citation", gateway.citation},
            {"title", gateway.title},
            {"kind", extract::name(gateway.kind)},
            {"extent", gateway.extent},
            {"in_force_from", gateway.inForce.from.iso()},
            {"in_force_until",
             gateway.inForce.until == Date::never() ? json::value() : json::value(gateway.inForce.until.iso())},
            {"in_force_source", gateway.inForceSource},
            {"limits", gateway.limits},
            {"reviewed", gateway.reviewed.iso()},
            {"reviewed_by", gateway.reviewedBy},
            {"legal_advice", false}};
}

std::string inForceWords(const Interval& days) {
    if (days.until == Date::never()) return "in force from " + days.from.uk();
    return fmt::format("in force from {} until {}", days.from.uk(), (days.until - 1).uk());
}

int runList(const GatewaysOptions& options) {
    const auto resources = findResources(options.resources);
    if (!resources) return explainFailure("Not listed", resources.error());
    const auto gateways = extract::GatewayRegister::load(*resources / "gateways");
    if (!gateways) return explainFailure("Not listed", gateways.error());
    json::array list;
    for (const extract::Gateway& gateway : gateways->all()) list.push_back(jsonOf(gateway));
    if (options.json) {
        printJson(list);
        return kDone;
    }
    fmt::print("Working notes, not legal advice.\n");
    for (const extract::Gateway& gateway : gateways->all())
        fmt::print("{:<34} {:<8} {:<18} {}\n  {} ({})\n  looked at on {} by {}\n", gateway.id,
                   extract::name(gateway.kind), gateway.extent, gateway.citation, inForceWords(gateway.inForce),
                   gateway.inForceSource, gateway.reviewed.uk(), gateway.reviewedBy);
    return kDone;
}

json::object jsonOf(const workspace::GatewayCell& cell) {
    json::object blocked;
    for (const auto& [id, reason] : cell.blocked) blocked[id] = reason;
    return {{"dataset", cell.dataset},
            {"purpose", cell.purpose},
            {"supplied", cell.isSupplied},
            {"gap", cell.isGap()},
            {"carrying", textsOf(cell.carrying)},
            {"blocked", std::move(blocked)},
            {"warnings", textsOf(cell.warnings)},
            {"indicators", textsOf(cell.indicators)}};
}

void print(const workspace::GatewayCell& cell) {
    const std::string_view sign = cell.isGap() ? "GAP" : cell.isMissing() ? "not supplied" : "carried";
    fmt::print("{:<40} {:<24} {}\n", cell.dataset, cell.purpose, sign);
    for (const std::string& id : cell.carrying) fmt::print("  + {}\n", id);
    for (const auto& [id, reason] : cell.blocked) fmt::print("  - {}: {}\n", id, reason);
    for (const std::string& warning : cell.warnings) fmt::print("  ! {}\n", warning);
    if (!cell.indicators.empty()) fmt::print("  for {}\n", fmt::join(cell.indicators, ", "));
}

int runMatrix(const GatewaysOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    const auto matrix = workspace::gatewayMatrix(**session);
    if (!matrix) return explainFailure("Not shown", matrix.error());
    json::array cells;
    for (const workspace::GatewayCell& cell : matrix->cells) cells.push_back(jsonOf(cell));
    if (options.json) {
        printJson({{"nation", matrix->nation}, {"legal_advice", false}, {"cells", std::move(cells)}});
        return kDone;
    }
    fmt::print("Working notes, not legal advice. Schools in {}.\n", matrix->nation);
    for (const workspace::GatewayCell& cell : matrix->cells) print(cell);
    return kDone;
}

}  // namespace

void addGatewaysCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("gateways", "The register of legal gateways; not legal advice");
    command->require_subcommand(1);
    const auto options = std::make_shared<GatewaysOptions>();
    CLI::App* list = command->add_subcommand("list", "Every gateway of the register");
    list->add_option("--resources", options->resources, "Folder with gateways/; else the one that ships");
    list->add_flag("--json", options->json, "As JSON");
    list->callback([options] { finish(runList(*options)); });
    CLI::App* matrix = command->add_subcommand("matrix", "Dataset, purpose and gateway, with the gaps named");
    addSessionOptions(*matrix, options->session);
    matrix->add_flag("--json", options->json, "As JSON");
    matrix->callback([options] { finish(runMatrix(*options)); });
}

}  // namespace fairlead::cli
