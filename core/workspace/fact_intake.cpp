#include <algorithm>
#include <array>

#include "core/store/row_watch.h"
#include "core/workspace/codes.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

namespace {

/// What a fact says, as core.db keeps it.
struct FactContent {
    std::int64_t kind = 0;
    std::int64_t role = 0;
    std::optional<std::int64_t> incident;
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> until;
    std::optional<std::int64_t> recorded;
    std::string_view code;
    std::optional<std::int64_t> value;
    bool cancelled = false;
};

std::size_t numberOf(const FactContent& content) {
    constexpr std::int64_t kNone = INT64_MIN;
    const std::array numbers{content.kind,
                             content.role,
                             content.incident.value_or(kNone),
                             content.from.value_or(kNone),
                             content.until.value_or(kNone),
                             content.recorded.value_or(kNone),
                             content.value.value_or(kNone),
                             static_cast<std::int64_t>(content.cancelled)};
    std::uint64_t mixed = std::hash<std::string_view>{}(content.code);
    // Multiplication by a large odd number and a shift: enough to tell contents of one fact apart.
    for (const std::int64_t number : numbers) {
        mixed = (mixed ^ static_cast<std::uint64_t>(number)) * 0x9E3779B97F4A7C15ULL;
        mixed ^= mixed >> 29U;
    }
    return mixed;
}

struct HeldFact {
    std::int64_t person = 0;
    std::int64_t key = 0;
    std::size_t content = 0;
    std::int64_t id = 0;
    bool inPeriod = false;
};

struct SuppliedFact {
    std::int64_t person = 0;
    std::int64_t key = 0;
    std::size_t row = 0;
};

std::optional<std::int64_t> optionalInteger(const store::Statement& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional<std::int64_t>(row.integer(column));
}

/// Whose held facts the delivery may change: those whom it has facts of, and those whose facts reach its period.
Result<std::vector<std::int64_t>> touchedPersons(store::Database& core, const std::vector<SuppliedFact>& supplied,
                                                 const Intake& intake, TaskContext& task) {
    std::vector<std::int64_t> persons;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT source_person FROM fact_reach WHERE source_person >= ?1 "
                                          "AND source_person < ?2 AND ends > ?3"));
    query.bind(1, firstSourcePerson(intake.dataset)).bind(2, firstSourcePerson(intake.dataset + 1));
    query.bind(3, intake.period.from.days);
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) break;
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        persons.push_back(query.integer(0));
    }
    for (const SuppliedFact& fact : supplied) persons.push_back(fact.person);
    std::ranges::sort(persons);
    const auto same = std::ranges::unique(persons);
    persons.erase(same.begin(), same.end());
    return persons;
}

/// `supplied`: by person and key. Facts that the delivery does not have and does not speak for are left out.
Result<std::vector<HeldFact>> heldFacts(store::Database& core, const std::vector<SuppliedFact>& supplied,
                                        const Intake& intake, TaskContext& task) {
    std::vector<HeldFact> held;
    if (intake.firstOfDataset) return held;
    FAIRLEAD_TRY(const auto persons, touchedPersons(core, supplied, intake, task));
    FAIRLEAD_TRY(auto query, core.prepare("SELECT source_person, fact_key, id, ends, kind, role, incident, from_day, "
                                          "until_day, recorded, code, value, cancelled FROM fact "
                                          "WHERE source_person BETWEEN ?1 AND ?2 AND withdrawn IS NULL"));
    const auto keyOf = [](const SuppliedFact& fact) { return std::pair(fact.person, fact.key); };
    FAIRLEAD_OK(eachRowOf(query, persons, task, [&](const store::Statement& row) {
        const Interval days{dayAt(row, 7, Date::beginning()), dayAt(row, 3)};
        const bool inPeriod = days.overlaps(intake.period);
        const std::pair key(row.integer(0), row.integer(1));
        if (!inPeriod && !std::ranges::binary_search(supplied, key, {}, keyOf)) return;
        const FactContent content{row.integer(4),
                                  row.integer(5),
                                  optionalInteger(row, 6),
                                  optionalInteger(row, 7),
                                  optionalInteger(row, 8),
                                  optionalInteger(row, 9),
                                  row.text(10),
                                  optionalInteger(row, 11),
                                  row.integer(12) != 0};
        held.push_back({key.first, key.second, numberOf(content), row.integer(2), inPeriod});
    }));
    std::ranges::sort(held, {}, [](const HeldFact& fact) { return std::pair(fact.person, fact.key); });
    return held;
}

/// Raises how far the facts of persons reach.
class ReachWriter {
public:
    static Result<ReachWriter> open(store::Database& core) {
        FAIRLEAD_TRY(auto held, core.prepare("SELECT ends FROM fact_reach WHERE source_person = ?1"));
        FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "fact_reach", 2));
        FAIRLEAD_TRY(auto raise, store::ChangedRows::prepare(core, {"fact_reach", "ends = ?2", "source_person = ?1"}));
        return ReachWriter(std::move(held), std::move(insert), std::move(raise));
    }
    /// Facts come by person; a person is written when the next one begins.
    Status take(std::int64_t person, std::int64_t ends) {
        if (person == m_person) {
            m_ends = std::max(m_ends, ends);
            return {};
        }
        FAIRLEAD_OK(finish());
        m_person = person;
        m_ends = ends;
        return {};
    }
    Status finish() {
        if (m_person == 0) return {};
        FAIRLEAD_TRY(const bool found, m_held.bind(1, m_person).next());
        const std::int64_t held = found ? m_held.integer(0) : 0;
        m_held.reset();
        if (!found) return m_insert.add(m_person).add(m_ends).write();
        return held < m_ends ? m_raise.run({m_person, m_ends}) : Status{};
    }

private:
    ReachWriter(store::Statement held, store::InsertedRow insert, store::ChangedRows raise)
        : m_held(std::move(held)), m_insert(std::move(insert)), m_raise(std::move(raise)) {}
    store::Statement m_held;
    store::InsertedRow m_insert;
    store::ChangedRows m_raise;
    std::int64_t m_person = 0;
    std::int64_t m_ends = 0;
};

/// Writes facts of one delivery.
class FactWriter {
public:
    static Result<FactWriter> open(store::Database& core, const Intake& intake) {
        FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "fact", 17));
        FAIRLEAD_TRY(auto withdraw,
                     store::ChangedRows::prepare(core, {"fact", "withdrawn = ?3", "source_person = ?1 AND id = ?2"}));
        FAIRLEAD_TRY(auto reach, ReachWriter::open(core));
        FAIRLEAD_TRY(auto codes, KindCodes::read(core));
        FAIRLEAD_TRY(const auto next, setting(core, "next_fact"));
        FactWriter writer(std::move(insert), std::move(withdraw), std::move(reach), std::move(codes), intake);
        if (next) writer.m_next = std::stoll(*next);
        return writer;
    }

    [[nodiscard]] FactContent contentOf(const record::FactRow& row, std::optional<std::int64_t> incident) const {
        return {m_codes.codeOf(row.kind),
                static_cast<std::int64_t>(row.role),
                incident,
                dayValue(row.from),
                dayValue(row.until),
                dayValue(row.recorded),
                row.code,
                row.value,
                row.cancelled};
    }

    Status add(const SuppliedFact& fact, const record::FactRow& row, std::int64_t sourceRow,
               const FactContent& content) {
        const bool isEvent = record::entry(row.kind).shape == record::Shape::Event;
        Date ends = row.until.value_or(Date::never());
        if (!row.until && isEvent && row.from) ends = *row.from + 1;
        FAIRLEAD_OK(m_reach.take(fact.person, ends.days));
        m_insert.add(fact.person).add(m_next++).add(fact.key).add(content.kind).add(content.role);
        m_insert.add(content.incident).add(content.from).add(content.until);
        m_insert.add(std::int64_t{ends.days}).add(content.recorded).add(content.code);
        m_insert.add(content.value).add(std::int64_t{content.cancelled ? 1 : 0});
        return m_insert.add(m_intake.load).addNull().add(m_intake.delivery).add(sourceRow).write();
    }
    Status withdraw(const HeldFact& fact) { return m_withdraw.run({fact.person, fact.id, m_intake.load}); }
    Status finish(store::Database& core) {
        FAIRLEAD_OK(m_reach.finish());
        return setSetting(core, "next_fact", std::to_string(m_next));
    }

private:
    FactWriter(store::InsertedRow insert, store::ChangedRows withdraw, ReachWriter reach, KindCodes codes,
               Intake intake)
        : m_insert(std::move(insert)),
          m_withdraw(std::move(withdraw)),
          m_reach(std::move(reach)),
          m_codes(std::move(codes)),
          m_intake(intake) {}
    store::InsertedRow m_insert;
    store::ChangedRows m_withdraw;
    ReachWriter m_reach;
    KindCodes m_codes;
    Intake m_intake;
    std::int64_t m_next = 1;
};

/// A fact that one side has and the other may have too: what to do about it.
Status settle(FactWriter& writer, const HeldFact* held, const SuppliedFact* supplied,
              const std::vector<record::FactRow>& rows, const std::vector<std::int64_t>& rowIds, const FactKeys& keys,
              FactCounts& counts) {
    if (supplied == nullptr) {
        if (!held->inPeriod) return {};
        ++counts.withdrawn;
        return writer.withdraw(*held);
    }
    const record::FactRow& row = rows[supplied->row];
    const FactContent content = writer.contentOf(row, keys.incidents[supplied->row]);
    if (held != nullptr) {
        if (held->content == numberOf(content)) return {};
        ++counts.changed;
        FAIRLEAD_OK(writer.withdraw(*held));
    } else {
        ++counts.fresh;
    }
    return writer.add(*supplied, row, rowIds[supplied->row], content);
}

}  // namespace

Result<FactKeys> factKeys(const std::vector<record::FactRow>& rows, std::int64_t dataset, const ReferenceHash& hash,
                          const TaskContext& task) {
    FactKeys keys;
    keys.facts.reserve(rows.size());
    keys.incidents.reserve(rows.size());
    for (const record::FactRow& row : rows) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        keys.facts.push_back(hash(dataset, "fact", row.factRef));
        auto& incident = keys.incidents.emplace_back();
        if (!row.incidentRef.empty()) incident = hash(dataset, "incident", row.incidentRef);
    }
    return keys;
}

Result<FactCounts> takeFacts(store::Database& core, const std::vector<record::FactRow>& rows,
                             const std::vector<std::int64_t>& rowIds, const SourcePersons& persons,
                             const FactKeys& keys, const Intake& intake, TaskContext& task) {
    std::vector<SuppliedFact> supplied;
    supplied.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        supplied.push_back({persons.idOf(rows[row].personRef), keys.facts[row], row});
    // By person, so that a first load appends to the clustered table.
    std::ranges::sort(supplied, {},
                      [](const SuppliedFact& fact) { return std::tuple(fact.person, fact.key, fact.row); });
    FAIRLEAD_TRY(const auto held, heldFacts(core, supplied, intake, task));
    FAIRLEAD_TRY(auto writer, FactWriter::open(core, intake));
    FactCounts counts;
    counts.supplied = static_cast<std::int64_t>(rows.size());
    auto old = held.begin();
    auto current = supplied.begin();
    while (old != held.end() || current != supplied.end()) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        const bool hasOld = old != held.end();
        const bool hasCurrent = current != supplied.end();
        const auto oldKey = hasOld ? std::pair(old->person, old->key) : std::pair<std::int64_t, std::int64_t>{};
        const auto newKey =
            hasCurrent ? std::pair(current->person, current->key) : std::pair<std::int64_t, std::int64_t>{};
        const bool takeOld = hasOld && (!hasCurrent || oldKey <= newKey);
        const bool takeNew = hasCurrent && (!hasOld || newKey <= oldKey);
        FAIRLEAD_OK(
            settle(writer, takeOld ? &*old : nullptr, takeNew ? &*current : nullptr, rows, rowIds, keys, counts));
        if (takeOld) ++old;
        if (takeNew) {
            ++current;
            task.advance(1);
        }
    }
    FAIRLEAD_OK(writer.finish(core));
    return counts;
}

}  // namespace fairlead::workspace
