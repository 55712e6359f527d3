#include "core/workspace/versions.h"

#include <algorithm>
#include <tuple>

#include <fmt/ranges.h>

#include "core/base/check.h"
#include "core/store/row_watch.h"

namespace fairlead::workspace {

namespace {

/// A row that is held or supplied: whose it is, what it says, and where it is.
struct Version {
    std::int64_t person = 0;
    std::size_t content = 0;
    std::int64_t place = 0;  ///< Held: the row's id. Supplied: the row's position.

    friend auto operator<=>(const Version&, const Version&) = default;
};

/// Equal texts give equal numbers within this process, which is all that a comparison needs.
std::size_t contentOf(std::span<const Cell> cells, std::string& buffer) {
    buffer.clear();
    for (const Cell& cell : cells) {
        if (const auto* text = std::get_if<std::string_view>(&cell)) {
            buffer += 't';
            buffer += *text;
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            buffer += 'n';
            buffer += std::to_string(*number);
        }
        buffer += '\x1f';
    }
    return std::hash<std::string_view>{}(buffer);
}

Cell cellAt(const store::Statement& row, int column) {
    constexpr int kSqliteInteger = 1;
    if (row.isNull(column)) return {};
    if (row.storageClass(column) == kSqliteInteger) return row.integer(column);
    return row.text(column);
}

/// Of the delivered persons: nothing happens to the others.
Result<std::vector<Version>> heldVersions(store::Database& identity, const VersionedTable& table,
                                          std::span<const std::int64_t> persons, TaskContext& task) {
    std::vector<Version> held;
    FAIRLEAD_TRY(auto query, identity.prepare(fmt::format("SELECT source_person, id, {} FROM {} WHERE source_person "
                                                          "BETWEEN ?1 AND ?2 AND gone_delivery IS NULL",
                                                          fmt::join(table.columns, ", "), table.name)));
    std::vector<Cell> cells;
    std::string buffer;
    FAIRLEAD_OK(eachRowOf(query, persons, task, [&](const store::Statement& row) {
        cells.clear();
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            cells.push_back(cellAt(row, static_cast<int>(column) + 2));
        held.push_back({row.integer(0), contentOf(cells, buffer), row.integer(1)});
    }));
    std::ranges::sort(held);
    return held;
}

std::vector<Version> suppliedVersions(const SuppliedVersions& supplied) {
    std::vector<Version> versions;
    versions.reserve(supplied.persons.size());
    std::vector<Cell> cells;
    std::string buffer;
    for (std::size_t row = 0; row < supplied.persons.size(); ++row) {
        cells.clear();
        supplied.append(row, cells);
        versions.push_back({supplied.persons[row], contentOf(cells, buffer), static_cast<std::int64_t>(row)});
    }
    std::ranges::sort(versions);
    // The same row twice in one delivery is one version.
    const auto same =
        std::ranges::unique(versions, {}, [](const Version& v) { return std::pair(v.person, v.content); });
    versions.erase(same.begin(), same.end());
    return versions;
}

/// Writes new versions and marks gone ones.
class VersionWriter {
public:
    static Result<VersionWriter> open(store::Database& identity, const VersionedTable& table, const Intake& intake) {
        FAIRLEAD_TRY(auto insert,
                     store::InsertedRow::into(identity, table.name, static_cast<int>(table.columns.size()) + 6));
        FAIRLEAD_TRY(auto retire,
                     store::ChangedRows::prepare(identity, {table.name, "gone_delivery = ?3, gone_load = ?4",
                                                            "source_person = ?1 AND id = ?2"}));
        return VersionWriter(std::move(insert), std::move(retire), intake);
    }
    Status add(const Version& version, const SuppliedVersions& supplied) {
        m_cells.clear();
        supplied.append(static_cast<std::size_t>(version.place), m_cells);
        m_insert.add(version.person).add((m_intake.delivery << 32) + version.place);
        for (const Cell& cell : m_cells) {
            if (const auto* text = std::get_if<std::string_view>(&cell))
                m_insert.add(*text);
            else if (const auto* number = std::get_if<std::int64_t>(&cell))
                m_insert.add(*number);
            else
                m_insert.addNull();
        }
        return m_insert.add(m_intake.delivery).addNull().add(m_intake.load).addNull().write();
    }
    Status retire(const Version& version) {
        return m_retire.run({version.person, version.place, m_intake.delivery, m_intake.load});
    }

private:
    VersionWriter(store::InsertedRow insert, store::ChangedRows retire, const Intake& intake)
        : m_insert(std::move(insert)), m_retire(std::move(retire)), m_intake(intake) {}
    store::InsertedRow m_insert;
    store::ChangedRows m_retire;
    Intake m_intake;
    std::vector<Cell> m_cells;
};

}  // namespace

Status mergeVersions(store::Database& identity, const VersionedTable& table, const SuppliedVersions& supplied,
                     std::span<const std::int64_t> delivered, const Intake& intake, TaskContext& task) {
    const auto versions = suppliedVersions(supplied);
    std::vector<Version> held;
    if (!intake.firstOfDataset) {
        // A row may be of a person whom the delivery's persons do not name.
        std::vector<std::int64_t> persons(delivered.begin(), delivered.end());
        for (const Version& version : versions) persons.push_back(version.person);
        std::ranges::sort(persons);
        const auto same = std::ranges::unique(persons);
        persons.erase(same.begin(), same.end());
        FAIRLEAD_TRY(held, heldVersions(identity, table, persons, task));
    }
    FAIRLEAD_TRY(auto writer, VersionWriter::open(identity, table, intake));
    const auto key = [](const Version& version) { return std::pair(version.person, version.content); };
    auto old = held.begin();
    auto current = versions.begin();
    while (old != held.end() || current != versions.end()) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        if (old == held.end() || (current != versions.end() && key(*current) < key(*old))) {
            FAIRLEAD_OK(writer.add(*current++, supplied));
            task.advance(1);
        } else if (current == versions.end() || key(*old) < key(*current)) {
            if (std::ranges::binary_search(delivered, old->person)) FAIRLEAD_OK(writer.retire(*old));
            ++old;
        } else {
            ++old;
            ++current;
            task.advance(1);
        }
    }
    return {};
}

}  // namespace fairlead::workspace
