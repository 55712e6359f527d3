#include "core/workspace/world_reading.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/workspace/slice_reading.h"

namespace fairlead::workspace {

namespace {

using indicator::SourcePersonId;

/// Reads what both readings rest on.
class WorldReading {
public:
    WorldReading(store::Database& core, const Moment& first, const Moment& second)
        : m_core(core), m_first(first), m_second(second) {}

    ReadWorld read;

    Status run(record::SchoolUrn school, TaskContext& task) {
        read.world.school = school;
        FAIRLEAD_OK(readRoll());
        FAIRLEAD_OK(addRelated(m_first, task));
        FAIRLEAD_OK(addRelated(m_second, task));
        FAIRLEAD_OK(readWaiting());
        FAIRLEAD_OK(addRelated(m_second, task));
        FAIRLEAD_OK(readEnd(m_first, read.from));
        FAIRLEAD_OK(readEnd(m_second, read.to));
        return readFacts(task);
    }

private:
    [[nodiscard]] record::LoadId latest() const { return std::max(m_first.knownAt, m_second.knownAt); }

    Status readRoll() {
        const RollWanted wanted{read.world.school, std::min(m_first.asAt, m_second.asAt)};
        FAIRLEAD_TRY(read.world.roll, rollRows(m_core, wanted, latest()));
        for (const indicator::SourcedRoll& row : read.world.roll) m_sources.insert(row.source);
        return {};
    }

    /// Adds every record of the persons that the records belonged to at a moment.
    Status addRelated(const Moment& moment, TaskContext& task) {
        FAIRLEAD_TRY(auto memberships, Memberships::open(m_core, moment.run));
        const std::set<SourcePersonId> before = m_sources;
        for (const SourcePersonId source : before) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            FAIRLEAD_TRY(const auto person, memberships.personOf(source));
            FAIRLEAD_TRY(const auto members, memberships.membersOf(person));
            for (const Member& member : members) m_sources.insert(member.sourcePerson);
        }
        return {};
    }

    Status readWaiting() {
        FAIRLEAD_TRY(auto waiting, WaitingReading::open(m_core, m_second.run));
        std::set<std::pair<SourcePersonId, SourcePersonId>> pairs;
        for (const SourcePersonId source : m_sources) FAIRLEAD_OK(waiting.add(source, pairs));
        for (const auto& [a, b] : pairs) {
            read.waiting.emplace_back(a, b);
            m_sources.insert(a);
            m_sources.insert(b);
        }
        return {};
    }

    Status readEnd(const Moment& moment, indicator::ChangeEnd& end) {
        end.asAt = moment.asAt;
        end.knownAt = moment.knownAt;
        FAIRLEAD_TRY(end.definitions, definitionsAt(m_core, moment.knownAt));
        FAIRLEAD_TRY(auto memberships, Memberships::open(m_core, moment.run));
        FAIRLEAD_TRY(auto births, BirthReading::open(m_core, moment.knownAt));
        for (const SourcePersonId source : m_sources) {
            FAIRLEAD_TRY(end.links[source], memberships.personOf(source));
            FAIRLEAD_TRY(const auto month, births.of(source));
            if (month) end.birthMonths.emplace(source, *month);
        }
        return {};
    }

    Status readFacts(TaskContext& task) {
        FAIRLEAD_TRY(read.world.sources, sourcesAt(m_core, latest()));
        FAIRLEAD_TRY(auto facts, FactReading::open(m_core, latest(), FactReading::Versions::All));
        for (const SourcePersonId source : m_sources) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            FAIRLEAD_OK(facts.each(source, read.world.codes,
                                   [&](const indicator::Fact& fact) { read.world.facts.push_back({source, fact}); }));
        }
        return {};
    }

    store::Database& m_core;
    const Moment& m_first;
    const Moment& m_second;
    std::set<SourcePersonId> m_sources;
};

}  // namespace

Result<ReadWorld> readWorld(store::Database& core, record::SchoolUrn school, const Moment& first, const Moment& second,
                            TaskContext& task) {
    WorldReading reading(core, first, second);
    FAIRLEAD_OK(reading.run(school, task));
    return std::move(reading.read);
}

}  // namespace fairlead::workspace
