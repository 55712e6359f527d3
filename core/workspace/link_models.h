// Use cases: the linkage models of a workspace as documents with a history: who added, approved, used and retired them.
// A model is named by the SHA-256 of its JSON, or the first digits of it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/link/model.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Where a model comes from.
enum class ModelOrigin : std::uint8_t { Shipped, Estimated, Imported };
/// "shipped", "estimated", "imported".
std::string_view name(ModelOrigin origin);

/// What may be done with it: only an approved model can be used.
enum class ModelStatus : std::uint8_t { Draft, Approved, Retired };
/// "draft", "approved", "retired".
std::string_view name(ModelStatus status);

/// One line of a model's history.
struct ModelEvent {
    std::string what;  ///< "added", "approved", "used", "retired".
    std::string who;   ///< The principal's id; empty: the program itself.
    std::int64_t atMs = 0;
    std::int64_t afterLoad = 0;
    std::string note;
};

/// A model of the workspace.
struct LinkModelDocument {
    std::string sha256;  ///< 64 hexadecimal digits.
    std::string name;
    ModelOrigin origin = ModelOrigin::Shipped;
    ModelStatus status = ModelStatus::Draft;
    bool inUse = false;
    std::vector<ModelEvent> history;  ///< Oldest first.
    std::string json;
};

/// Fewest digits that name a model.
inline constexpr std::size_t kShortestDigest = 6;

/// All models in the order in which they were added. Errors: those of a statement.
Result<std::vector<LinkModelDocument>> linkModels(Workspace& workspace);

/// The one model whose digest begins so. Errors: NotFound, InvalidArgument (fewer than kShortestDigest digits, or two
/// models fit).
Result<LinkModelDocument> linkModel(Workspace& workspace, std::string_view digest);

/// Adds a model file as a draft; one that is there already stays as it is. Errors: those of link::parseModel.
Result<LinkModelDocument> importLinkModel(Workspace& workspace, std::string_view json, std::string_view fileName);

/// Approves a draft. Where the workspace has several principals, not by the one who added it. Errors: as linkModel;
/// InvalidArgument when it is no draft, or by the one who added it (on record as denied).
Result<LinkModelDocument> approveLinkModel(Workspace& workspace, std::string_view digest, const std::string& note);

/// From the next run on, links with an approved model. Errors: as linkModel; InvalidArgument when it is not approved.
Result<LinkModelDocument> useLinkModel(Workspace& workspace, std::string_view digest);

/// Retires a model that is not in use. Errors: as linkModel; InvalidArgument when it is in use or retired.
Result<LinkModelDocument> retireLinkModel(Workspace& workspace, std::string_view digest, const std::string& note);

}  // namespace fairlead::workspace
