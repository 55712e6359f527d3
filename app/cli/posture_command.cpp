// posture: what protects a sitting on this computer, and what does not.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/posture/measure.h"
#include "core/workspace/users.h"
#include "ui/text/posture_words.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct PostureOptions {
    std::filesystem::path workspace;
    bool json = false;
};

void print(const std::vector<posture::Finding>& findings) {
    for (const posture::Finding& finding : findings) {
        fmt::print("{:<10}  {}{}\n", text::word(finding.standing), text::title(finding.topic),
                   finding.measured.empty() ? "" : fmt::format(" ({})", finding.measured));
        fmt::print("            {}\n", text::sentence(finding));
    }
}

json::array asJson(const std::vector<posture::Finding>& findings) {
    json::array lines;
    for (const posture::Finding& finding : findings)
        lines.push_back(json::object{{"topic", text::title(finding.topic)},
                                     {"standing", text::word(finding.standing)},
                                     {"measured", finding.measured},
                                     {"means", text::sentence(finding)}});
    return lines;
}

int show(const PostureOptions& options) {
    posture::Measured measured = posture::measure(options.workspace);
    if (!options.workspace.empty()) {
        const auto face = workspace::users(options.workspace);
        if (!face) return explainFailure("Not looked at", face.error());
        measured.rolesSeparated = face->rolesSeparated;
    }
    const auto findings = posture::judge(measured);
    if (options.json)
        printJson(asJson(findings));
    else
        print(findings);
    const bool anyOpen = std::ranges::any_of(
        findings, [](const posture::Finding& finding) { return finding.standing == posture::Standing::Open; });
    return anyOpen ? kRefused : kDone;
}

}  // namespace

void addPostureCommand(CLI::App& app) {
    CLI::App* const command = app.add_subcommand(
        "posture",
        "What protects a sitting on this computer, and what does not; needs no passphrase. 1: something is open");
    const auto options = std::make_shared<PostureOptions>();
    command->add_option("WORKSPACE", options->workspace, "Folder of a workspace; without it, of the computer alone");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(show(*options)); });
}

}  // namespace fairlead::cli
