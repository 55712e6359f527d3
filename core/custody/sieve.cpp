#include "core/custody/sieve.h"

#include <array>
#include <map>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/workspace/columns.h"
#include "core/workspace/mention.h"

namespace fairlead::custody {

namespace {

using store::Statement;
using workspace::dayAt;

/// How a row says whose it is.
enum class Kind : std::uint8_t {
    Stays,         // nobody's
    SourcePerson,  // a record's: `source_person`
    Corrected,     // what a load corrected about a record
    Dated,         // a fact or a time on a roll
    Version,       // of a name, address, identifier or family
    Relation,      // a version with another record in it
    Pair,          // two records: `a` and `b`
    Persons,       // two persons: `a` and `b`
    Envelope,      // a name of a record
    Letter,        // one person
    PersonChange,  // a person and perhaps another
    Mention,       // a delivery's
    Goes           // of use for one run alone
};

struct Sorted {
    std::string_view table;
    Kind kind;
    std::string_view key = "source_person";
};

// Every table of both schemas but those that are made anew: a test looks.
constexpr std::array kSorted = {
    Sorted{"setting", Kind::Stays},
    Sorted{"fact_kind", Kind::Stays},
    Sorted{"load", Kind::Stays},
    Sorted{"dataset", Kind::Stays},
    Sorted{"delivery", Kind::Stays},
    Sorted{"school", Kind::Stays},
    Sorted{"definition", Kind::Stays},
    Sorted{"definition_change", Kind::Stays},
    Sorted{"link_model", Kind::Stays},
    Sorted{"link_model_event", Kind::Stays},
    Sorted{"run", Kind::Stays},
    Sorted{"purge", Kind::Stays},
    Sorted{"purged_delivery", Kind::Stays},
    Sorted{"purge_count", Kind::Stays},
    Sorted{"intake_key", Kind::Stays},
    Sorted{"source_person", Kind::SourcePerson, "id"},
    Sorted{"membership", Kind::SourcePerson},
    Sorted{"person_ref", Kind::SourcePerson},
    Sorted{"birth_month_before", Kind::Corrected},
    Sorted{"fact", Kind::Dated},
    Sorted{"roll", Kind::Dated},
    Sorted{"name", Kind::Version},
    Sorted{"address", Kind::Version},
    Sorted{"identifier", Kind::Version},
    Sorted{"family_member", Kind::Version},
    Sorted{"relationship", Kind::Relation},
    Sorted{"pending_link", Kind::Pair},
    Sorted{"decision", Kind::Pair},
    Sorted{"link", Kind::Pair},
    Sorted{"joining_link", Kind::Pair},
    Sorted{"family_edge", Kind::Persons},
    Sorted{"pseudonym", Kind::Letter},
    Sorted{"involvement", Kind::Letter},
    Sorted{"released_name", Kind::Envelope},
    Sorted{"release", Kind::Stays},
    Sorted{"release_budget", Kind::Stays},
    Sorted{"involvement_withdrawn", Kind::Stays},
    Sorted{"merge_split", Kind::PersonChange},
    Sorted{"mention", Kind::Mention},
    // What a run leaves for the next one: without it the next one compares everything.
    Sorted{"kept_state", Kind::Goes},
    Sorted{"kept_pair", Kind::Goes},
    Sorted{"link_before", Kind::Goes},
    Sorted{"joining_link_before", Kind::Goes},
};
constexpr std::array<std::string_view, 2> kMadeAnew = {"row_sum", "fact_reach"};

/// Columns by name.
class Columns {
public:
    static Result<Columns> of(store::Database& database, std::string_view table) {
        Columns columns;
        FAIRLEAD_TRY(auto query, database.prepare(fmt::format("SELECT name FROM pragma_table_info('{}')", table)));
        for (int at = 0;; ++at) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) return columns;
            columns.m_at.emplace(query.text(0), at);
        }
    }
    /// REQUIRES: there is one of that name.
    [[nodiscard]] int operator[](std::string_view name) const {
        const auto found = m_at.find(name);
        FAIRLEAD_CHECK(found != m_at.end());
        return found->second;
    }

private:
    std::map<std::string, int, std::less<>> m_at;
};

std::optional<std::int64_t> optionalAt(const Statement& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
}

Keeps keepsDated(const Support& support, const Columns& at) {
    const std::array columns{at["source_person"], at["delivery"], at["withdrawn"], at["from_day"], at["ends"]};
    return [&support, columns](const Statement& row) {
        return support.holds(DatedRow{.sourcePerson = row.integer(columns[0]),
                                      .delivery = row.integer(columns[1]),
                                      .withdrawn = optionalAt(row, columns[2]),
                                      .days = {dayAt(row, columns[3], Date::beginning()), dayAt(row, columns[4])}});
    };
}

Keeps keepsVersion(const Support& support, const Columns& at) {
    const std::array columns{at["source_person"], at["first_delivery"], at["gone_delivery"]};
    return [&support, columns](const Statement& row) {
        return support.holds(VersionRow{.sourcePerson = row.integer(columns[0]),
                                        .first = row.integer(columns[1]),
                                        .gone = optionalAt(row, columns[2])});
    };
}

Keeps keepsSourcePersons(const Support& support, std::vector<int> columns) {
    return [&support, columns = std::move(columns)](const Statement& row) {
        return std::ranges::all_of(columns, [&](int column) { return support.holdsPerson(row.integer(column)); });
    };
}

Result<std::vector<HeldDelivery>> deliveries(store::Database& core, const std::set<std::int64_t>& going) {
    std::vector<HeldDelivery> all;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT d.id, d.load, d.dataset, d.period_from, d.period_until, g.delivery "
                                          "FROM delivery d LEFT JOIN purged_delivery g ON g.delivery = d.id "
                                          "ORDER BY d.id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return all;
        all.push_back({.id = query.integer(0),
                       .load = query.integer(1),
                       .dataset = query.integer(2),
                       .period = {dayAt(query, 3), dayAt(query, 4)},
                       .goes = !query.isNull(5) || going.contains(query.integer(0))});
    }
}

}  // namespace

Result<Sieve> Sieve::open(const Files& files, const std::set<std::int64_t>& going, TaskContext& task) {
    store::Database& core = files.core;
    FAIRLEAD_TRY(auto all, deliveries(core, going));
    std::int64_t without = 0;
    for (HeldDelivery& delivery : all) {
        if (delivery.goes) continue;
        FAIRLEAD_TRY(delivery.persons, workspace::mentionOf(core, delivery.dataset, delivery.id));
        if (!delivery.persons) ++without;
    }
    Sieve sieve{Support(std::move(all))};
    sieve.m_withoutPersons = without;
    std::set<std::int64_t> staying;
    FAIRLEAD_OK(
        workspace::eachRow(core, "SELECT source_person, person FROM membership", task, [&](const Statement& row) {
            const bool stays = sieve.m_support.holdsPerson(row.integer(0));
            (stays ? staying : sieve.m_gone).insert(row.integer(1));
        }));
    std::erase_if(sieve.m_gone, [&](std::int64_t person) { return staying.contains(person); });
    FAIRLEAD_OK(workspace::eachRow(files.identity, "SELECT source_person, first_delivery, gone_delivery FROM name",
                                   task, [&](const Statement& row) {
                                       const VersionRow name{row.integer(0), row.integer(1), optionalAt(row, 2)};
                                       if (!sieve.m_support.holds(name)) sieve.m_nameless.insert(name.sourcePerson);
                                   }));
    return sieve;
}

bool Sieve::isMadeAnew(std::string_view table) { return std::ranges::find(kMadeAnew, table) != kMadeAnew.end(); }

/// A record that no run has seen is a person of its own: minus its number.
bool Sieve::personStays(std::int64_t person) const {
    return person < 0 ? m_support.holdsPerson(-person) : !m_gone.contains(person);
}

Result<Keeps> Sieve::keeps(store::Database& database, std::string_view table) const {
    const auto* const sorted = std::ranges::find(kSorted, table, &Sorted::table);
    if (sorted == kSorted.end())
        return fail(ErrorCode::Internal, std::string(table), "no rule says which of its rows go");
    FAIRLEAD_TRY(const auto at, Columns::of(database, table));
    switch (sorted->kind) {
        case Kind::Stays: return Keeps([](const Statement&) { return true; });
        case Kind::Goes: return Keeps([](const Statement&) { return false; });
        case Kind::SourcePerson: return keepsSourcePersons(m_support, {at[sorted->key]});
        case Kind::Pair: return keepsSourcePersons(m_support, {at["a"], at["b"]});
        case Kind::Dated: return keepsDated(m_support, at);
        case Kind::Version: return keepsVersion(m_support, at);
        case Kind::Corrected:
            return Keeps([this, person = at["source_person"], load = at["until_load"]](const Statement& row) {
                return m_support.isWhole(row.integer(person)) ||
                       m_support.knewBefore(row.integer(person), row.integer(load));
            });
        case Kind::Relation:
            return Keeps([this, version = keepsVersion(m_support, at), other = at["other"]](const Statement& row) {
                return version(row) && m_support.holdsPerson(row.integer(other));
            });
        case Kind::Persons:
            return Keeps([this, a = at["a"], b = at["b"]](const Statement& row) {
                return personStays(row.integer(a)) && personStays(row.integer(b));
            });
        case Kind::Letter:
            return Keeps(
                [this, person = at["person"]](const Statement& row) { return personStays(row.integer(person)); });
        case Kind::PersonChange:
            return Keeps([this, person = at["person"], other = at["other"]](const Statement& row) {
                return personStays(row.integer(person)) && personStays(row.integer(other));
            });
        case Kind::Envelope:
            return Keeps([this, person = at["source_person"]](const Statement& row) {
                const std::int64_t record = row.integer(person);
                return m_support.holdsPerson(record) && !m_nameless.contains(record);
            });
        case Kind::Mention: break;
    }
    return Keeps([this, delivery = at["delivery"]](const Statement& row) {
        return m_support.holdsDelivery(row.integer(delivery));
    });
}

}  // namespace fairlead::custody
