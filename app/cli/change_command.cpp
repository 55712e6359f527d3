// change: why a figure moved between two readings.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/base/text.h"
#include "core/workspace/change.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

struct ChangeOptions {
    SessionOptions session;
    std::int64_t school = 0;
    std::string figure;
    std::string from;
    std::string to;
    bool json = false;
};

/// "2026-05-31" or "2026-05-31@4".
Result<workspace::ChangePoint> pointOf(std::string_view option, const std::string& text) {
    const auto at = text.find('@');
    const auto date = Date::fromIso(text.substr(0, at));
    const auto load = at == std::string::npos ? std::nullopt : parseInteger(text.substr(at + 1));
    if (!date || (at != std::string::npos && !load))
        return fail(ErrorCode::InvalidArgument, std::string(option), "write YYYY-MM-DD, or YYYY-MM-DD@LOAD");
    workspace::ChangePoint point{*date, std::nullopt};
    if (load) point.knownAt = record::LoadId{*load};
    return point;
}

json::array pupilsOf(const workspace::ChangePage& page, const std::vector<record::PersonKey>& pupils) {
    json::array list;
    for (const record::PersonKey pupil : pupils) list.emplace_back(page.pseudonyms.at(pupil));
    return list;
}

json::object jsonOf(const workspace::ChangePage& page) {
    json::array parts;
    for (const indicator::ChangePart& part : page.explanation.parts)
        parts.push_back({{"cause", indicator::causes()[static_cast<std::size_t>(part.cause)].id},
                         {"amount", part.amount()},
                         {"gained", pupilsOf(page, part.gained)},
                         {"lost", pupilsOf(page, part.lost)}});
    return {{"before", page.explanation.before},
            {"after", page.explanation.after},
            {"from_known_at", page.fromKnownAt.value},
            {"to_known_at", page.toKnownAt.value},
            {"parts", std::move(parts)},
            {"waiting",
             {{"links", page.bounds.waiting},
              {"least", page.bounds.least},
              {"most", page.bounds.most},
              {"exact", page.bounds.isExact}}}};
}

void printLine(const workspace::ChangePage& page, char sign, std::string_view words,
               const std::vector<record::PersonKey>& pupils) {
    if (pupils.empty()) return;
    std::string names;
    for (const record::PersonKey pupil : pupils) names += (names.empty() ? "" : ", ") + page.pseudonyms.at(pupil);
    fmt::print("  {}{:<4} {:<40} {}\n", sign, pupils.size(), words, names);
}

void print(const workspace::ChangePage& page) {
    fmt::print("{}\n{} pupils, as known at load {}\n", page.schoolName, page.explanation.before,
               page.fromKnownAt.value);
    for (const indicator::ChangePart& part : page.explanation.parts) {
        const indicator::CauseEntry& cause = indicator::causes()[static_cast<std::size_t>(part.cause)];
        printLine(page, '+', cause.gained, part.gained);
        printLine(page, '-', cause.lost, part.lost);
    }
    fmt::print("{} pupils, as known at load {}", page.explanation.after, page.toKnownAt.value);
    const indicator::LinkBounds& bounds = page.bounds;
    if (bounds.waiting > 0)
        fmt::print(" ({}{} to {} while {} links wait)", bounds.isExact ? "" : "at most ", bounds.least, bounds.most,
                   bounds.waiting);
    fmt::print("\n");
}

int run(const ChangeOptions& options) {
    const auto from = pointOf("--from", options.from);
    if (!from) return explainFailure("Not explained", from.error());
    const auto to = pointOf("--to", options.to);
    if (!to) return explainFailure("Not explained", to.error());
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Change");
    const workspace::ChangeRequest request{{options.school}, options.figure, *from, *to};
    const auto page = workspace::explainChange(**session, request, task.context());
    if (!page) return explainFailure("Not explained", page.error());
    if (options.json)
        printJson(jsonOf(*page));
    else
        print(*page);
    return kDone;
}

}  // namespace

void addChangeCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("change", "Why a figure changed between two readings, cause by cause");
    const auto options = std::make_shared<ChangeOptions>();
    addSessionOptions(*command, options->session);
    command->add_option("--school", options->school, "The school's URN")->required();
    command->add_option("--figure", options->figure, "Id of an indicator or a group")->required();
    command->add_option("--from", options->from, "YYYY-MM-DD, or YYYY-MM-DD@LOAD as known at that load")->required();
    command->add_option("--to", options->to, "As --from")->required();
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
