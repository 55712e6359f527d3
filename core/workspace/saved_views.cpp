#include "core/workspace/saved_views.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

// One line a view, fields with tabs between: no text of a view holds a control character.
constexpr std::string_view kSetting = "saved_views";
constexpr std::size_t kFields = 5;
constexpr std::size_t kLongestName = 80;

Status checkView(const SavedView& view) {
    if (trimmed(view.name).empty() || view.name.size() > kLongestName)
        return fail(ErrorCode::InvalidArgument, "name", "1 to 80 bytes");
    for (const std::string& text : {view.name, view.page, view.yearGroup, view.figure})
        if (hasControlCharacters(text)) return fail(ErrorCode::InvalidArgument, "name", "a control character");
    return {};
}

Result<std::vector<SavedView>> readViews(store::Database& core) {
    std::vector<SavedView> views;
    FAIRLEAD_TRY(const auto kept, setting(core, kSetting));
    const std::string text = kept.value_or(std::string());
    for (const std::string_view line : split(text, '\n')) {
        const auto fields = split(line, '\t');
        if (fields.size() != kFields) continue;
        views.push_back({std::string(fields[0]), std::string(fields[1]),
                         record::SchoolUrn{parseInteger(fields[2]).value_or(0)}, std::string(fields[3]),
                         std::string(fields[4])});
    }
    return views;
}

Status writeViews(Workspace& workspace, std::vector<SavedView> views, std::string_view note) {
    std::ranges::sort(views, {}, &SavedView::name);
    std::string text;
    for (const SavedView& view : views)
        text += view.name + '\t' + view.page + '\t' + std::to_string(view.school.value) + '\t' + view.yearGroup + '\t' +
                view.figure + '\n';
    FAIRLEAD_OK(recordNote(workspace, audit::Verb::Alteration, note));
    return setSetting(workspace.core(), kSetting, text);
}

}  // namespace

Result<std::vector<SavedView>> savedViews(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    return readViews(workspace.core());
}

Status saveView(Workspace& workspace, const SavedView& view) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    FAIRLEAD_OK(checkView(view));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto views, readViews(workspace.core()));
    std::erase_if(views, [&](const SavedView& kept) { return kept.name == view.name; });
    if (views.size() >= kMostViews) return fail(ErrorCode::InvalidArgument, "name", "100 views are kept already");
    views.push_back(view);
    return writeViews(workspace, std::move(views), "view saved");
}

Status removeView(Workspace& workspace, const std::string& name) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(auto views, readViews(workspace.core()));
    if (std::erase_if(views, [&](const SavedView& kept) { return kept.name == name; }) == 0)
        return fail(ErrorCode::NotFound, "view", "no view of that name is kept");
    return writeViews(workspace, std::move(views), "view removed");
}

}  // namespace fairlead::workspace
