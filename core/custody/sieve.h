// Which rows of the workspace's tables stay, table by table.

#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/custody/support.h"
#include "core/record/ids.h"
#include "core/store/database.h"

namespace fairlead::custody {

/// True when the row at which a query stands stays.
using Keeps = std::function<bool(const store::Statement&)>;

/// The two files of a workspace.
struct Files {
    store::Database& core;
    store::Database& identity;
};

/// What stays when deliveries go.
class Sieve {
public:
    /// Reads the deliveries, whom each has, and who belongs to whom. `going` are those to be purged; those that were
    /// purged before go as well. Errors: those of a statement, Cancelled.
    static Result<Sieve> open(const Files& files, const std::set<std::int64_t>& going, TaskContext& task);

    /// For a query that gives every column of the table in its order; the sieve must outlive it. Errors: Internal (a
    /// table that nobody has sorted: a row could stay that must go), those of a statement.
    Result<Keeps> keeps(store::Database& database, std::string_view table) const;

    /// Tables that are made anew from others and copied by nobody.
    static bool isMadeAnew(std::string_view table);
    /// Deliveries of which it is not known whom they have: loaded by an older program, they are taken to have
    /// everybody.
    [[nodiscard]] std::int64_t deliveriesWithoutPersons() const { return m_withoutPersons; }

private:
    explicit Sieve(Support support) : m_support(std::move(support)) {}
    [[nodiscard]] bool personStays(std::int64_t person) const;
    Support m_support;
    std::set<std::int64_t> m_gone;      ///< Persons all of whose records go.
    std::set<std::int64_t> m_nameless;  ///< Records that lose a name: an envelope may hold it.
    std::int64_t m_withoutPersons = 0;
};

}  // namespace fairlead::custody
