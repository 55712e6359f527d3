#include "core/workspace/link_reading.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/workspace/columns.h"

namespace fairlead::workspace {

namespace {

/// Walks the records in step with rows that come in order of their source person.
class RecordCursor {
public:
    explicit RecordCursor(std::vector<link::SourceRecord>& records) : m_at(records.begin()), m_end(records.end()) {}
    link::SourceRecord& find(std::int64_t sourcePerson) {
        while (m_at != m_end && m_at->id.value < sourcePerson) ++m_at;
        FAIRLEAD_CHECK(m_at != m_end && m_at->id.value == sourcePerson);
        return *m_at;
    }

private:
    std::vector<link::SourceRecord>::iterator m_at;
    std::vector<link::SourceRecord>::iterator m_end;
};

template <typename Value>
void addOnce(std::vector<Value>& values, const Value& value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

Status readNames(store::Database& identity, std::vector<link::SourceRecord>& records, TaskContext& task) {
    RecordCursor cursor(records);
    return eachRow(
        identity,
        "SELECT source_person, forenames, surname, kind, birth_date, sex FROM name ORDER BY source_person, id", task,
        [&cursor](const store::Statement& row) {
            link::SourceRecord& record = cursor.find(row.integer(0));
            record.names.push_back({std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
            if (!row.isNull(4)) addOnce(record.birthDates, dayAt(row, 4));
            if (record.sex.empty()) record.sex = row.text(5);
        });
}

Status readAddresses(store::Database& identity, std::vector<link::SourceRecord>& records, TaskContext& task) {
    RecordCursor cursor(records);
    return eachRow(
        identity, "SELECT source_person, uprn, saon, paon, street, postcode FROM address ORDER BY source_person, id",
        task, [&cursor](const store::Statement& row) {
            cursor.find(row.integer(0))
                .addresses.push_back({std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                                      std::string(row.text(4)), std::string(row.text(5))});
        });
}

Status readIdentifiers(store::Database& identity, std::vector<link::SourceRecord>& records, TaskContext& task) {
    RecordCursor cursor(records);
    return eachRow(
        identity, "SELECT source_person, kind, value FROM identifier ORDER BY source_person, id", task,
        [&cursor](const store::Statement& row) {
            cursor.find(row.integer(0)).identifiers.push_back({std::string(row.text(1)), std::string(row.text(2))});
        });
}

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

}  // namespace

Result<link::LinkInput> readLinkInput(store::Database& core, store::Database& identity, TaskContext& task) {
    link::LinkInput input;
    std::unordered_map<std::int64_t, std::uint16_t> position;
    FAIRLEAD_OK(eachRow(core, "SELECT id, agency, name, one_person_per_row FROM dataset ORDER BY id", task,
                        [&](const store::Statement& row) {
                            position.emplace(row.integer(0), static_cast<std::uint16_t>(input.datasets.size()));
                            input.datasets.push_back(
                                {fmt::format("{}/{}", row.text(1), row.text(2)), row.integer(3) != 0});
                        }));
    FAIRLEAD_TRY(const std::int64_t persons, scalar(identity, "SELECT count(*) FROM person_ref"));
    task.begin(Phase::Reading, static_cast<std::uint64_t>(persons) * 4);
    input.records.reserve(static_cast<std::size_t>(persons));
    FAIRLEAD_OK(eachRow(identity, "SELECT source_person FROM person_ref ORDER BY source_person", task,
                        [&](const store::Statement& row) {
                            link::SourceRecord record;
                            record.id = {row.integer(0)};
                            record.dataset = position.at(datasetOf(row.integer(0)));
                            input.records.push_back(std::move(record));
                        }));
    FAIRLEAD_OK(readNames(identity, input.records, task));
    FAIRLEAD_OK(readAddresses(identity, input.records, task));
    FAIRLEAD_OK(readIdentifiers(identity, input.records, task));
    FAIRLEAD_OK(readRelations(identity, input.relations, task));
    return input;
}

Result<link::NameVariants> nameVariants(const Resources& resources) {
    const auto file = resources.folder / "linkage" / "nicknames.csv";
    if (!std::filesystem::exists(file)) return link::NameVariants{};
    FAIRLEAD_TRY(const std::string csv, readFile(file));
    return link::parseNameVariants(csv, file.filename().string());
}

Result<link::Decisions> readDecisions(store::Database& core) {
    link::Decisions decisions;
    FAIRLEAD_TRY(auto query, core.prepare("SELECT a, b, verdict FROM decision WHERE withdrawn_ms IS NULL ORDER BY id"));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return decisions;
        decisions.pairs.push_back({{query.integer(0)}, {query.integer(1)}, query.text(2) == "same"});
    }
}

}  // namespace fairlead::workspace
