// What the readings of one school rest on, read from core.db: that school's pages of the roll, its pupils, their
// families, and the facts of all of them. Nothing else is touched, so that it is quick in a city.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/evaluate.h"
#include "core/indicator/figure_world.h"
#include "core/indicator/slice.h"
#include "core/workspace/link_reading.h"
#include "core/workspace/moment.h"

namespace fairlead::workspace {

/// A slice, and what the pages say beside its figures.
struct SchoolReading {
    indicator::SchoolSlice slice;
    Moment moment;
    std::vector<record::PersonKey> pupils;      ///< On the roll in the last thirteen months; ascending.
    std::map<record::PersonKey, int> agencies;  ///< Pupil -> agencies whose records are the pupil's.
    std::int64_t pendingLinks = 0;              ///< Pairs waiting for a reader that touch a record of the slice.
};

/// Every definition in force as known at a load, in the order of the overview. Errors: ParseError and others when
/// the register holds a definition that this program cannot read.
Result<std::shared_ptr<const std::vector<indicator::Definition>>> definitionsAt(store::Database& core,
                                                                                record::LoadId knownAt);

/// Every delivery loaded by then.
Result<std::vector<indicator::Source>> sourcesAt(store::Database& core, record::LoadId knownAt);

/// Which rows of the roll: those of a school that end after a day.
struct RollWanted {
    record::SchoolUrn school;
    Date endsAfter;
};
/// Rows received by then, withdrawn ones too; their persons are not filled in. Errors: those of a statement.
Result<std::vector<indicator::SourcedRoll>> rollRows(store::Database& core, const RollWanted& wanted,
                                                     record::LoadId receivedBy);

/// Adds the facts of a person received by then to a table that is not sealed. Errors: those of a statement.
class FactReading {
public:
    /// Held: what no load up to then withdrew or replaced. All: what was ever received by then.
    enum class Versions : std::uint8_t { Held, All };
    /// Errors of all: those of a statement.
    static Result<FactReading> open(store::Database& core, record::LoadId knownAt, Versions versions = Versions::Held);
    /// Gives the facts of one record, without a person.
    Status each(std::int64_t sourcePerson, indicator::CodeTable& codes,
                const std::function<void(const indicator::Fact&)>& take);
    /// Adds what is held of one of the person's records.
    Status add(record::PersonKey person, const Member& member, indicator::FactTable& table);
    ~FactReading();
    FactReading(FactReading&&) noexcept;
    FactReading& operator=(FactReading&&) = delete;

private:
    struct State;
    explicit FactReading(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Looks up the birth month of a record, as known at a load.
class BirthReading {
public:
    /// Errors of both: those of a statement.
    static Result<BirthReading> open(store::Database& core, record::LoadId knownAt);
    /// year * 12 + month - 1, or nothing when it was not supplied.
    Result<std::optional<std::int64_t>> of(std::int64_t sourcePerson);

private:
    BirthReading(store::Statement now, std::map<std::int64_t, std::optional<std::int64_t>> before)
        : m_now(std::move(now)), m_before(std::move(before)) {}
    store::Statement m_now;
    std::map<std::int64_t, std::optional<std::int64_t>> m_before;  ///< What later loads corrected.
};

/// Looks up the pairs with a record that waited for a reader, as known at a run.
class WaitingReading {
public:
    /// Errors of both: those of a statement.
    static Result<WaitingReading> open(store::Database& core, std::int64_t run);
    /// Adds the pairs of a record.
    Status add(std::int64_t sourcePerson, std::set<std::pair<std::int64_t, std::int64_t>>& pairs);

private:
    WaitingReading(store::Statement byA, store::Statement byB) : m_byA(std::move(byA)), m_byB(std::move(byB)) {}
    store::Statement m_byA;
    store::Statement m_byB;
};

/// Every fact received by then, of everybody; a source person without an entry stands for itself.
/// Errors: Cancelled, those of a statement.
Status readAllFacts(store::Database& core, record::LoadId knownAt, const PersonOf& personOf,
                    indicator::FactTable& table, TaskContext& task);

using indicator::birthMonthOf;

/// Whom a reading of a school takes in.
enum class Reach : std::uint8_t {
    WithFamilies,
    PupilsAlone,  ///< Neither families nor agencies nor waiting links: where figures of pupils alone are asked for.
};

/// Errors: NotFound (no such school), Cancelled, those of a statement.
Result<SchoolReading> readSchool(store::Database& core, record::SchoolUrn school, const Moment& moment,
                                 TaskContext& task, Reach reach = Reach::WithFamilies);

}  // namespace fairlead::workspace
