#include "core/workspace/definitions.h"

#include <algorithm>
#include <vector>

#include "core/base/file.h"
#include "core/base/folder.h"
#include "core/base/text.h"
#include "core/crypto/keys.h"
#include "core/indicator/definition.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

struct DefinitionFile {
    indicator::Definition definition;
    std::string toml;
};

Result<std::vector<DefinitionFile>> readDefinitions(const std::filesystem::path& folder) {
    std::vector<DefinitionFile> files;
    FAIRLEAD_TRY(const auto names, namesIn(folder));
    for (const std::string& name : names) {
        if (!name.ends_with(".toml")) continue;
        FAIRLEAD_TRY(std::string toml, readFile(folder / name));
        FAIRLEAD_TRY(auto definition, indicator::parseDefinition(toml, name));
        files.push_back({std::move(definition), std::move(toml)});
    }
    if (files.empty()) return fail(ErrorCode::NotFound, folder.filename().string(), "no indicator definitions");
    return files;
}

}  // namespace

Status registerDefinitions(store::Database& core, const Resources& resources, std::int64_t fromLoad) {
    FAIRLEAD_TRY(const auto files, readDefinitions(resources.folder / "indicators"));
    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(core));
    FAIRLEAD_TRY(auto held, core.prepare("SELECT max(version) FROM definition WHERE id = ?1"));
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO definition VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    bool changed = false;
    for (const auto& [definition, toml] : files) {
        held.reset();
        held.bind(1, std::string_view(definition.id));
        FAIRLEAD_TRY(const bool found, held.next());
        if (found && !held.isNull(0) && held.integer(0) >= definition.version) continue;
        const std::string digest = hex(crypto::sha256(toml));
        insert.bind(1, std::string_view(definition.id)).bind(2, static_cast<std::int64_t>(definition.version));
        insert.bind(3, std::string_view(toml))
            .bind(4, std::string_view(digest))
            .bind(5, indicator::name(definition.status));
        FAIRLEAD_OK(insert.bind(6, fromLoad).run());
        changed = true;
    }
    // Opening a workspace writes nothing when nothing is new.
    return changed ? transaction.commit() : Status{};
}

}  // namespace fairlead::workspace
