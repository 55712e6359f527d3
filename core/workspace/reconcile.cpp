#include "core/workspace/reconcile.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/workspace/columns.h"
#include "core/workspace/freshness.h"

namespace fairlead::workspace {

namespace {

constexpr std::array<std::string_view, 5> kVersioned{"name", "address", "identifier", "relationship", "family_member"};

/// A load that identity.db alone knows would have given new numbers or new versions; looking at the numbers of
/// persons is not enough, so that the newest load is kept beside them as a setting, in the same transaction.
Result<bool> isAhead(store::Database& identity, std::int64_t lastLoad, std::int64_t lastRun) {
    FAIRLEAD_TRY(const auto load, setting(identity, "last_load"));
    FAIRLEAD_TRY(const auto run, setting(identity, "last_run"));
    const auto number = [](const std::optional<std::string>& text) { return text ? std::stoll(*text) : 0LL; };
    return number(load) > lastLoad || number(run) > lastRun;
}

}  // namespace

Status writeLastKnown(store::Database& identity, std::int64_t load, std::int64_t run) {
    FAIRLEAD_OK(setSetting(identity, "last_load", std::to_string(load)));
    return setSetting(identity, "last_run", std::to_string(run));
}

Status removeUnknownLoads(store::Database& core, store::Database& identity) {
    FAIRLEAD_TRY(const std::int64_t lastLoad, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(const std::int64_t lastRun, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(const bool ahead, isAhead(identity, lastLoad, lastRun));
    if (!ahead) return {};
    FAIRLEAD_TRY(auto change, store::Transaction::begin(identity));
    for (const std::string_view table : kVersioned) {
        FAIRLEAD_OK(identity.execute(fmt::format("DELETE FROM {} WHERE load > {}", table, lastLoad)));
        FAIRLEAD_OK(identity.execute(
            fmt::format("UPDATE {} SET gone_delivery = NULL, gone_load = NULL WHERE gone_load > {}", table, lastLoad)));
    }
    FAIRLEAD_OK(identity.execute(fmt::format("DELETE FROM person_ref WHERE load > {}", lastLoad)));
    // The last run's own links were replaced; the persons stand, and the next run writes links again.
    FAIRLEAD_OK(identity.execute(fmt::format("DELETE FROM link WHERE run > {}", lastRun)));
    FAIRLEAD_OK(writeLastKnown(identity, lastLoad, lastRun));
    FAIRLEAD_OK(recountIdentity(identity));
    return change.commit();
}

}  // namespace fairlead::workspace
