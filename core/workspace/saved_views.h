// Use case: views that a reader keeps: which page of which school, narrowed to which year group and figure. They live
// in the encrypted workspace, because where somebody looks says something about whom. The date is not kept: a view
// opens at the day on which it is wanted.

#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// A view. No text of it holds a control character.
struct SavedView {
    std::string name;          ///< 1 to 80 bytes; a view of the same name is replaced.
    std::string page;          ///< The screens' own word for a page.
    record::SchoolUrn school;  ///< 0 = whichever is open.
    std::string yearGroup;     ///< Empty = all.
    std::string figure;        ///< Id of an indicator or group; empty = all.

    friend bool operator==(const SavedView&, const SavedView&) = default;
};

/// Views that a workspace keeps at the most.
inline constexpr std::size_t kMostViews = 100;

/// By name. Errors: those of a statement.
Result<std::vector<SavedView>> savedViews(Workspace& workspace);
/// Keeps a view; a note in the audit log says that it was done. Errors: InvalidArgument (name, a control character),
/// InvalidArgument too when kMostViews are kept, those of a statement.
Status saveView(Workspace& workspace, const SavedView& view);
/// Forgets a view. Errors: NotFound, those of a statement.
Status removeView(Workspace& workspace, const std::string& name);

}  // namespace fairlead::workspace
