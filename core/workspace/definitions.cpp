#include "core/workspace/definitions.h"

#include <algorithm>
#include <vector>

#include "core/base/file.h"
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
    std::error_code failed;
    std::vector<std::filesystem::path> paths;
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
        if (at->path().extension() == ".toml") paths.push_back(at->path());
    if (failed || paths.empty())
        return fail(ErrorCode::NotFound, folder.filename().string(), "no indicator definitions");
    std::ranges::sort(paths);
    std::vector<DefinitionFile> files;
    for (const auto& path : paths) {
        FAIRLEAD_TRY(std::string toml, readFile(path));
        FAIRLEAD_TRY(auto definition, indicator::parseDefinition(toml, path.filename().string()));
        files.push_back({std::move(definition), std::move(toml)});
    }
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
