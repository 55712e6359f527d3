#include "core/workspace/reviewer_share.h"

#include "core/base/text.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

constexpr std::string_view kDatasets = "datasets";
constexpr std::string_view kModel = "link_model";

Status keep(store::Database& identity, std::string_view name, std::string_view value) {
    FAIRLEAD_TRY(const auto kept, setting(identity, name));
    if (kept.value_or("") == value) return {};
    return setSetting(identity, name, value);
}

}  // namespace

Status shareWithReviewers(store::Database& core, store::Database& identity) {
    std::string datasets, model;
    {
        FAIRLEAD_TRY(auto query, core.prepare("SELECT id, agency, name FROM dataset ORDER BY id"));
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            datasets += fmt::format("{} {}/{}\n", query.integer(0), query.text(1), query.text(2));
        }
    }
    {
        FAIRLEAD_TRY(auto query,
                     core.prepare("SELECT json FROM link_model WHERE sha256 = (SELECT sha256 FROM link_model_event "
                                  "WHERE what = 'used' ORDER BY id DESC LIMIT 1)"));
        FAIRLEAD_TRY(const bool found, query.next());
        if (found) model = query.text(0);
    }
    FAIRLEAD_OK(keep(identity, kDatasets, datasets));
    return keep(identity, kModel, model);
}

Result<ReviewerShare> readReviewerShare(store::Database& identity) {
    ReviewerShare share;
    FAIRLEAD_TRY(const auto kept, setting(identity, kDatasets));
    const std::string datasets = kept.value_or("");
    for (const std::string_view line : split(datasets, '\n')) {
        if (line.empty()) continue;
        const std::size_t end = line.find(' ');
        const auto number = parseInteger(line.substr(0, end));
        if (!number || end == std::string_view::npos) return fail(ErrorCode::Corrupt, "identity.db", "datasets");
        share.datasets.emplace(*number, line.substr(end + 1));
    }
    FAIRLEAD_TRY(auto model, setting(identity, kModel));
    share.modelJson = std::move(model).value_or("");
    return share;
}

}  // namespace fairlead::workspace
