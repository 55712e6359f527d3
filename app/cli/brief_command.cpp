#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "app/cli/view_options.h"
#include "core/base/text.h"
#include "core/workspace/brief.h"

namespace fairlead::cli {

namespace {

struct BriefOptions {
    SessionOptions session;
    ViewOptions view;
    std::filesystem::path out;
    bool named = false;
    std::string reason;
};

int run(const BriefOptions& options) {
    const auto view = requestOf(options.view);
    if (!view) return explainFailure("Not written", view.error());
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Briefing");
    const auto receipt =
        workspace::exportBriefing(**session, {*view, options.named, options.reason}, options.out, task.context());
    if (!receipt) return explainFailure("Not written", receipt.error());
    fmt::print("{}: DRAFT briefing {}, {} pages\nSHA-256 {}\naudit log {} entries, root {}\n", receipt->path.string(),
               receipt->reference, receipt->pages, hex(receipt->fileSha256), receipt->auditSize, receipt->auditRoot);
    return kDone;
}

}  // namespace

void addBriefCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("brief", "Writes the DRAFT briefing of one school as a PDF");
    const auto options = std::make_shared<BriefOptions>();
    addSessionOptions(*command, options->session);
    addViewOptions(*command, options->view);
    command->add_option("--out", options->out, "The PDF file")->required();
    command->add_flag("--named", options->named, "Names in place of pseudonyms; needs --reason");
    command->add_option("--reason", options->reason, "Why names are needed; goes into the audit log and the briefing");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
