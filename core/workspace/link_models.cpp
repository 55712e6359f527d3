#include "core/workspace/link_models.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/workspace/act.h"
#include "core/workspace/link_model_store.h"
#include "core/workspace/users.h"

namespace fairlead::workspace {

namespace {

/// REQUIRES: the mutex is held.
Result<LinkModelDocument> find(Workspace& workspace, std::string_view digest) {
    if (digest.size() < kShortestDigest)
        return fail(ErrorCode::InvalidArgument, "model", fmt::format("give at least {} digits", kShortestDigest));
    FAIRLEAD_TRY(const auto models, readLinkModels(workspace.core()));
    const LinkModelDocument* found = nullptr;
    for (const LinkModelDocument& model : models) {
        if (!model.sha256.starts_with(digest)) continue;
        if (found != nullptr) return fail(ErrorCode::InvalidArgument, "model", "two models begin so: give more digits");
        found = &model;
    }
    if (found == nullptr) return fail(ErrorCode::NotFound, fmt::format("model {}", digest));
    return *found;
}

/// One step of a model's life, on record.
Result<LinkModelDocument> step(Workspace& workspace, const LinkModelDocument& model, audit::Verb verb,
                               std::string_view what, const std::string& note) {
    audit::Entry intent = intentOf(
        workspace, verb, {}, {{"what", fmt::format("linkage model {}", what)}, {"model", model.name}, {"note", note}});
    intent.objectSha256 = crypto::sha256(model.json);
    return asAct(
        workspace, std::move(intent),
        [&]() -> Result<LinkModelDocument> {
            FAIRLEAD_OK(addModelEvent(workspace, model.sha256, what, workspace.principal(), note));
            return find(workspace, model.sha256);
        },
        [](const LinkModelDocument&) { return audit::Outcome{}; });
}

}  // namespace

std::string_view name(ModelOrigin origin) {
    constexpr std::array<std::string_view, 3> kNames = {"shipped", "estimated", "imported"};
    return kNames.at(static_cast<std::size_t>(origin));
}

std::string_view name(ModelStatus status) {
    constexpr std::array<std::string_view, 3> kNames = {"draft", "approved", "retired"};
    return kNames.at(static_cast<std::size_t>(status));
}

Result<std::vector<LinkModelDocument>> linkModels(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    return readLinkModels(workspace.core());
}

Result<LinkModelDocument> linkModel(Workspace& workspace, std::string_view digest) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadFigures));
    const std::scoped_lock lock(workspace.mutex());
    return find(workspace, digest);
}

Result<LinkModelDocument> importLinkModel(Workspace& workspace, std::string_view json, std::string_view fileName) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageModels));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const link::Model model, link::parseModel(json, fileName));
    audit::Entry intent =
        intentOf(workspace, audit::Verb::Collection, {}, {{"what", "linkage model added"}, {"model", model.name}});
    return asAct(
        workspace, std::move(intent),
        [&]() -> Result<LinkModelDocument> {
            FAIRLEAD_TRY(const std::string digest,
                         addLinkModel(workspace, model, ModelOrigin::Imported, workspace.principal(), fileName));
            return find(workspace, digest);
        },
        [](const LinkModelDocument& added) { return audit::Outcome{{}, 0, {{"sha256", added.sha256}}}; });
}

Result<LinkModelDocument> approveLinkModel(Workspace& workspace, std::string_view digest, const std::string& note) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageModels));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const LinkModelDocument model, find(workspace, digest));
    if (model.status != ModelStatus::Draft)
        return fail(ErrorCode::InvalidArgument, "model", fmt::format("it is {}, not a draft", name(model.status)));
    FAIRLEAD_TRY(const bool others, othersMay(workspace, access::Action::ManageModels));
    if (others && model.history.front().who == workspace.principal()) {
        FAIRLEAD_OK(recordDenied(workspace, "approval of a linkage model by the one who added it"));
        return fail(ErrorCode::InvalidArgument, "model", "another person must approve what you added");
    }
    return step(workspace, model, audit::Verb::Approval, "approved", note);
}

Result<LinkModelDocument> useLinkModel(Workspace& workspace, std::string_view digest) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageModels));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const LinkModelDocument model, find(workspace, digest));
    if (model.status != ModelStatus::Approved)
        return fail(ErrorCode::InvalidArgument, "model",
                    fmt::format("it is {}: only an approved model is used", name(model.status)));
    return step(workspace, model, audit::Verb::Alteration, "used", "");
}

Result<LinkModelDocument> retireLinkModel(Workspace& workspace, std::string_view digest, const std::string& note) {
    FAIRLEAD_OK(workspace.require(access::Action::ManageModels));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const LinkModelDocument model, find(workspace, digest));
    if (model.inUse) return fail(ErrorCode::InvalidArgument, "model", "it is in use: use another one first");
    if (model.status == ModelStatus::Retired) return fail(ErrorCode::InvalidArgument, "model", "it is retired already");
    return step(workspace, model, audit::Verb::Alteration, "retired", note);
}

}  // namespace fairlead::workspace
