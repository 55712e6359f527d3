// For the use cases of linkage: the tables behind link_models.h. The caller holds the workspace's mutex.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/link/model.h"
#include "core/workspace/link_models.h"

namespace fairlead::workspace {

/// All models, oldest first. Errors: those of a statement.
Result<std::vector<LinkModelDocument>> readLinkModels(store::Database& core);

/// Adds a model as a draft unless it is there. Gives its digest. `who` empty: the program itself.
Result<std::string> addLinkModel(Workspace& workspace, const link::Model& model, ModelOrigin origin,
                                 std::string_view who, std::string_view note);

/// Adds a line to a model's history.
Status addModelEvent(Workspace& workspace, std::string_view sha256, std::string_view what, std::string_view who,
                     std::string_view note);

/// The model that a run is to use.
struct ModelInUse {
    link::Model model;
    LinkModelDocument document;
    std::vector<std::string> notes;  ///< E.g. that the program ships a newer model than the one in use.
};

/// The model in use. A workspace that has none takes the shipped one, approved by whoever makes the program's
/// releases. Errors: NotFound, ParseError and others of the shipped file.
Result<ModelInUse> modelInUse(Workspace& workspace);

}  // namespace fairlead::workspace
