#include "core/workspace/link_reading.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "core/base/beside.h"
#include "core/base/file.h"
#include "core/link/gather.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

template <typename Value>
void addOnce(std::vector<Value>& values, const Value& value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

/// A table's rows in order of their source person, read in step with the records. Column 0 is the source person,
/// column 1 the load that brought the row.
class RowsOfRecords {
public:
    static Result<RowsOfRecords> open(store::Database& identity, std::string_view sql) {
        FAIRLEAD_TRY(auto query, identity.prepare(sql));
        RowsOfRecords rows(std::move(query));
        FAIRLEAD_OK(rows.advance());
        return rows;
    }
    /// Gives the rows of a record to `take`, and the newest load among them to `newest`.
    template <typename Take>
    Status each(std::int64_t sourcePerson, std::int64_t& newest, const Take& take) {
        for (; m_hasRow && m_query.integer(0) == sourcePerson;) {
            newest = std::max(newest, m_query.integer(1));
            take(m_query);
            FAIRLEAD_OK(advance());
        }
        return {};
    }

private:
    explicit RowsOfRecords(store::Statement query) : m_query(std::move(query)) {}
    Status advance() {
        FAIRLEAD_TRY(m_hasRow, m_query.next());
        return {};
    }
    store::Statement m_query;
    bool m_hasRow = false;
};

/// Who reads the addresses.
enum class Addresses : std::uint8_t { Here, Elsewhere };

/// All that is known of one record after the other.
class RecordReading {
public:
    static Result<RecordReading> open(store::Database& identity, Addresses who) {
        FAIRLEAD_TRY(auto names,
                     RowsOfRecords::open(identity,
                                         "SELECT source_person, load, forenames, surname, kind, birth_date, "
                                         "sex FROM name ORDER BY source_person, id"));
        FAIRLEAD_TRY(
            auto identifiers,
            RowsOfRecords::open(identity,
                                "SELECT source_person, load, kind, value FROM identifier ORDER BY source_person, id"));
        RecordReading reading(std::move(names), std::move(identifiers));
        if (who == Addresses::Elsewhere) return reading;
        FAIRLEAD_TRY(reading.m_addresses,
                     RowsOfRecords::open(identity,
                                         "SELECT source_person, load, uprn, saon, paon, street, postcode FROM address "
                                         "ORDER BY source_person, id"));
        return reading;
    }

    /// Fills in what is known of record.id. Raises `newest` to the newest load that says something of it.
    Status read(link::SourceRecord& record, std::int64_t& newest) {
        const std::int64_t id = record.id.value;
        record.names.clear();
        record.birthDates.clear();
        record.sex.clear();
        record.addresses.clear();
        record.identifiers.clear();
        FAIRLEAD_OK(m_names.each(id, newest, [&](const store::Statement& row) {
            record.names.push_back({std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
            if (!row.isNull(5)) addOnce(record.birthDates, dayAt(row, 5));
            if (record.sex.empty()) record.sex = row.text(6);
        }));
        if (m_addresses) {
            FAIRLEAD_OK(m_addresses->each(id, newest, [&](const store::Statement& row) {
                record.addresses.push_back({std::string(row.text(2)), std::string(row.text(3)),
                                            std::string(row.text(4)), std::string(row.text(5)),
                                            std::string(row.text(6))});
            }));
        }
        return m_identifiers.each(id, newest, [&](const store::Statement& row) {
            record.identifiers.push_back({std::string(row.text(2)), std::string(row.text(3))});
        });
    }

private:
    RecordReading(RowsOfRecords names, RowsOfRecords identifiers)
        : m_names(std::move(names)), m_identifiers(std::move(identifiers)) {}

    RowsOfRecords m_names, m_identifiers;
    std::optional<RowsOfRecords> m_addresses;
};

std::optional<link::RecordedRole> roleOf(std::string_view kind) {
    if (kind == "parent_of") return link::RecordedRole::ParentOf;
    if (kind == "carer_of") return link::RecordedRole::CarerOf;
    if (kind == "sibling_of") return link::RecordedRole::SiblingOf;
    if (kind == "partner_of") return link::RecordedRole::PartnerOf;
    return std::nullopt;
}

Status readRelations(store::Database& identity, std::vector<link::RecordedRelation>& relations, TaskContext& task) {
    return eachRow(identity, "SELECT source_person, other, kind FROM relationship", task,
                   [&relations](const store::Statement& row) {
                       if (const auto role = roleOf(row.text(2)))
                           relations.push_back({{row.integer(0)}, {row.integer(1)}, *role});
                   });
}

/// Datasets and relations; per id of a dataset its position.
Result<std::unordered_map<std::int64_t, std::uint16_t>> readSetup(store::Database& core, store::Database& identity,
                                                                  link::LinkSetup& setup, TaskContext& task) {
    std::unordered_map<std::int64_t, std::uint16_t> position;
    FAIRLEAD_OK(eachRow(core, "SELECT id, agency, name, one_person_per_row FROM dataset ORDER BY id", task,
                        [&](const store::Statement& row) {
                            position.emplace(row.integer(0), static_cast<std::uint16_t>(setup.datasets.size()));
                            setup.datasets.push_back(
                                {fmt::format("{}/{}", row.text(1), row.text(2)), row.integer(3) != 0});
                        }));
    FAIRLEAD_OK(readRelations(identity, setup.relations, task));
    return position;
}

/// Gives every record to `take`, with the newest load that says something of it.
template <typename Take>
Status eachRecord(store::Database& identity, const std::unordered_map<std::int64_t, std::uint16_t>& position,
                  Addresses addresses, TaskContext& task, const Take& take) {
    FAIRLEAD_TRY(const std::int64_t persons, scalar(identity, "SELECT count(*) FROM person_ref"));
    task.begin(Phase::Reading, static_cast<std::uint64_t>(persons));
    FAIRLEAD_TRY(auto reading, RecordReading::open(identity, addresses));
    link::SourceRecord record;
    FAIRLEAD_TRY(auto ids, identity.prepare("SELECT source_person, load FROM person_ref ORDER BY source_person"));
    while (true) {
        FAIRLEAD_TRY(const bool more, ids.next());
        if (!more) return {};
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        record.id = {ids.integer(0)};
        record.dataset = position.at(datasetOf(record.id.value));
        std::int64_t newest = ids.integer(1);
        FAIRLEAD_OK(reading.read(record, newest));
        FAIRLEAD_OK(take(record, newest));
        task.advance(1);
    }
}

}  // namespace

Result<link::LinkInput> readLinkInput(store::Database& core, store::Database& identity, TaskContext& task) {
    link::LinkInput input;
    FAIRLEAD_TRY(const auto position, readSetup(core, identity, input, task));
    FAIRLEAD_OK(eachRecord(identity, position, Addresses::Here, task,
                           [&](const link::SourceRecord& record, std::int64_t) -> Status {
                               input.records.push_back(record);
                               return {};
                           }));
    return input;
}

namespace {

/// Where people live, as the engine takes it.
struct HomesRead {
    link::AddressGatherer addresses;
    std::vector<record::SourcePersonId> changed;  ///< Who has an address of a later load; ascending.
};

Result<HomesRead> readHomes(const Workspace& workspace, std::int64_t afterLoad, FamilyRecords& families,
                            TaskContext& task) {
    FAIRLEAD_TRY(auto identity, workspace.identityForReading());
    HomesRead homes;
    FAIRLEAD_OK(families.readHomes(identity, task, [&](const store::Statement& row) {
        const record::SourcePersonId id{row.integer(0)};
        homes.addresses.add(id, {row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)});
        const bool isNew = row.integer(1) > afterLoad;
        if (isNew && (homes.changed.empty() || homes.changed.back() != id)) homes.changed.push_back(id);
    }));
    return homes;
}

}  // namespace

Result<LinkReading> readForLinking(Workspace& workspace, const ColumnsWanted& wanted,
                                   const std::function<Status()>& meanwhile, TaskContext& task) {
    LinkReading out;
    Beside<Result<HomesRead>> reading([&] {
        TaskContext quiet(task.token());
        return readHomes(workspace, wanted.afterLoad, out.families, quiet);
    });
    link::LinkSetup setup;
    FAIRLEAD_TRY(const auto position, readSetup(workspace.core(), workspace.identity(), setup, task));
    link::RecordGatherer gatherer(std::move(setup));
    std::vector<record::SourcePersonId> changed;
    FAIRLEAD_OK(eachRecord(workspace.identity(), position, Addresses::Elsewhere, task,
                           [&](const link::SourceRecord& record, std::int64_t newest) {
                               if (newest > wanted.afterLoad) changed.push_back(record.id);
                               return gatherer.add(record);
                           }));
    FAIRLEAD_OK(out.families.readTies(workspace.identity(), task));
    FAIRLEAD_TRY(HomesRead homes, reading.take());
    gatherer.take(std::move(homes.addresses));
    std::ranges::set_union(changed, homes.changed, std::back_inserter(out.columns.changed));
    Beside<Status> other(meanwhile);
    FAIRLEAD_TRY(out.columns.encoded, std::move(gatherer).encoded(wanted.variants, 0, task));
    FAIRLEAD_OK(other.take());
    return out;
}

Result<link::NameVariants> nameVariants(const Resources& resources) {
    const auto file = resources.folder / "linkage" / "nicknames.csv";
    if (!std::filesystem::exists(file)) return link::NameVariants{};
    FAIRLEAD_TRY(const std::string csv, readFile(file));
    return link::parseNameVariants(csv, file.filename().string());
}

Result<link::Decisions> readDecisions(store::Database& identity) {
    link::Decisions decisions;
    FAIRLEAD_TRY(auto query,
                 identity.prepare("SELECT a, b, verdict FROM decision WHERE withdrawn_ms IS NULL ORDER BY id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return decisions;
        decisions.pairs.push_back({{query.integer(0)}, {query.integer(1)}, query.text(2) == "same"});
    }
}

}  // namespace fairlead::workspace
