#include "core/workspace/link_model_store.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

constexpr std::string_view kAdded = "added", kApproved = "approved", kUsed = "used", kRetired = "retired";

ModelOrigin originOf(std::string_view text) {
    if (text == name(ModelOrigin::Shipped)) return ModelOrigin::Shipped;
    return text == name(ModelOrigin::Estimated) ? ModelOrigin::Estimated : ModelOrigin::Imported;
}

/// Adds what happened, and what it means for the status.
void take(LinkModelDocument& model, ModelEvent event) {
    if (event.what == kApproved) model.status = ModelStatus::Approved;
    if (event.what == kRetired) model.status = ModelStatus::Retired;
    model.history.push_back(std::move(event));
}

Status readHistory(store::Database& core, std::vector<LinkModelDocument>& models) {
    FAIRLEAD_TRY(auto query,
                 core.prepare("SELECT sha256, what, who, at_ms, after_load, note FROM link_model_event ORDER BY id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        const auto model = std::ranges::find(models, query.text(0), &LinkModelDocument::sha256);
        if (model == models.end()) return fail(ErrorCode::Corrupt, "core.db", "an event of no linkage model");
        ModelEvent event{std::string(query.text(1)), std::string(query.text(2)), query.integer(3), query.integer(4),
                         std::string(query.text(5))};
        if (event.what == kUsed) {
            for (LinkModelDocument& other : models) other.inUse = false;
            model->inUse = true;
        }
        take(*model, std::move(event));
    }
}

}  // namespace

Result<std::vector<LinkModelDocument>> readLinkModels(store::Database& core) {
    std::vector<LinkModelDocument> models;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT m.sha256, m.name, m.origin, m.json FROM link_model m "
                                          "JOIN link_model_event e ON e.sha256 = m.sha256 AND e.what = 'added' "
                                          "ORDER BY e.id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        LinkModelDocument model;
        model.sha256 = query.text(0);
        model.name = query.text(1);
        model.origin = originOf(query.text(2));
        model.json = query.text(3);
        models.push_back(std::move(model));
    }
    FAIRLEAD_OK(readHistory(core, models));
    return models;
}

Status addModelEvent(Workspace& workspace, std::string_view sha256, std::string_view what, std::string_view who,
                     std::string_view note) {
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(const std::int64_t load, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO link_model_event (sha256, what, who, at_ms, after_load, note) "
                                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, sha256).bind(2, what).bind(3, who).bind(4, workspace.clock().nowMs()).bind(5, load);
    return insert.bind(6, note).run();
}

Result<std::string> addLinkModel(Workspace& workspace, const link::Model& model, ModelOrigin origin,
                                 std::string_view who, std::string_view note) {
    const std::string json = link::writeModel(model);
    std::string sha256 = hex(crypto::sha256(json));
    store::Database& core = workspace.core();
    FAIRLEAD_TRY(auto change, store::Transaction::begin(core));
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO link_model VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"));
    insert.bind(1, std::string_view(sha256)).bind(2, std::string_view(model.name)).bind(3, name(origin));
    FAIRLEAD_OK(insert.bind(4, std::string_view(json)).run());
    if (core.changes() > 0) FAIRLEAD_OK(addModelEvent(workspace, sha256, kAdded, who, note));
    FAIRLEAD_OK(change.commit());
    return sha256;
}

Result<ModelInUse> modelInUse(Workspace& workspace) {
    FAIRLEAD_TRY(const std::string json, readFile(workspace.resources().folder / "linkage" / "default.json"));
    FAIRLEAD_TRY(const link::Model shipped, link::parseModel(json, "default.json"));
    FAIRLEAD_TRY(const std::string digest, addLinkModel(workspace, shipped, ModelOrigin::Shipped, {}, "default.json"));
    FAIRLEAD_TRY(auto models, readLinkModels(workspace.core()));
    const auto isInUse = [](const LinkModelDocument& model) { return model.inUse; };
    if (std::ranges::none_of(models, isInUse)) {
        FAIRLEAD_OK(addModelEvent(workspace, digest, kApproved, {}, "comes with the program"));
        FAIRLEAD_OK(addModelEvent(workspace, digest, kUsed, {}, "no model was in use"));
        FAIRLEAD_TRY(models, readLinkModels(workspace.core()));
    }
    ModelInUse found;
    found.document = *std::ranges::find_if(models, isInUse);
    FAIRLEAD_TRY(found.model, link::parseModel(found.document.json, found.document.name));
    const auto& ours = *std::ranges::find(models, digest, &LinkModelDocument::sha256);
    if (found.document.origin == ModelOrigin::Shipped && !ours.inUse && ours.status == ModelStatus::Draft) {
        constexpr std::size_t kShown = 12;
        found.notes.push_back(
            fmt::format("the program comes with another model than the one in use: approve and use "
                        "model {} to take it",
                        digest.substr(0, kShown)));
    }
    return found;
}

}  // namespace fairlead::workspace
