// What the audit commands print of a log, its verification and its report.

#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "core/audit/log.h"
#include "core/audit/report.h"

namespace fairlead::cli {

/// Names of people by their ids, as the workspace's header has them.
using ActorNames = std::map<std::string, std::string>;

/// Whether everything agrees, and if not where it begins not to.
void print(const audit::VerifyReport& report, bool withKey, std::size_t witnesses);
boost::json::object jsonOf(const audit::VerifyReport& report, bool withKey, std::size_t witnesses);

/// One line an entry.
void print(const audit::Record& record, const ActorNames& names);
boost::json::object jsonOf(const audit::Record& record);

/// The governance auditor's tables.
void print(const audit::Report& report, const audit::WorkingHours& hours, const ActorNames& names);
boost::json::object jsonOf(const audit::Report& report, const audit::WorkingHours& hours);

}  // namespace fairlead::cli
