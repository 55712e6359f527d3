#include "core/workspace/reconcile.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/workspace/columns.h"
#include "core/workspace/freshness.h"

namespace fairlead::workspace {

namespace {

constexpr std::array<std::string_view, 5> kVersioned{"name", "address", "identifier", "relationship", "family_member"};

/// A load that identity.db alone knows would have given new numbers or new versions; looking at the numbers of
/// persons is not enough, so that the newest load is kept beside them as a setting, in the same transaction.
Result<std::int64_t> lastKnown(store::Database& identity, std::string_view what) {
    FAIRLEAD_TRY(const auto text, setting(identity, what));
    return text ? parseInteger(*text).value_or(0) : 0;
}

constexpr std::string_view kPutBack =
    "DELETE FROM link; DELETE FROM joining_link; INSERT INTO link SELECT * FROM link_before;"
    "INSERT INTO joining_link SELECT * FROM joining_link_before";
constexpr std::string_view kForget = "DELETE FROM link_before; DELETE FROM joining_link_before";

}  // namespace

Status writeLastKnown(store::Database& identity, std::int64_t load, std::int64_t run) {
    FAIRLEAD_OK(setSetting(identity, "last_load", std::to_string(load)));
    return setSetting(identity, "last_run", std::to_string(run));
}

Status forgetLinksBefore(store::Database& identity) {
    FAIRLEAD_TRY(const std::int64_t kept, scalar(identity, "SELECT EXISTS (SELECT 1 FROM link_before)"));
    if (kept == 0) return {};
    FAIRLEAD_TRY(auto change, store::Transaction::begin(identity));
    FAIRLEAD_OK(identity.execute(kForget));
    return change.commit();
}

Status removeUnknownLoads(store::Database& core, store::Database& identity) {
    FAIRLEAD_TRY(const std::int64_t lastLoad, scalar(core, "SELECT max(id) FROM load"));
    FAIRLEAD_TRY(const std::int64_t lastRun, scalar(core, "SELECT max(id) FROM run"));
    FAIRLEAD_TRY(const std::int64_t load, lastKnown(identity, "last_load"));
    FAIRLEAD_TRY(const std::int64_t run, lastKnown(identity, "last_run"));
    if (load <= lastLoad && run <= lastRun) return forgetLinksBefore(identity);
    FAIRLEAD_TRY(auto change, store::Transaction::begin(identity));
    for (const std::string_view table : kVersioned) {
        FAIRLEAD_OK(identity.execute(fmt::format("DELETE FROM {} WHERE load > {}", table, lastLoad)));
        FAIRLEAD_OK(identity.execute(
            fmt::format("UPDATE {} SET gone_delivery = NULL, gone_load = NULL WHERE gone_load > {}", table, lastLoad)));
    }
    FAIRLEAD_OK(identity.execute(fmt::format("DELETE FROM person_ref WHERE load > {}", lastLoad)));
    if (run > lastRun) FAIRLEAD_OK(identity.execute(kPutBack));
    FAIRLEAD_OK(identity.execute(kForget));
    FAIRLEAD_OK(writeLastKnown(identity, lastLoad, lastRun));
    FAIRLEAD_OK(recountIdentity(identity));
    return change.commit();
}

}  // namespace fairlead::workspace
