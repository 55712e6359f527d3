#include <algorithm>

#include "core/workspace/columns.h"
#include "core/workspace/versions.h"

namespace fairlead::workspace {

namespace {

Cell dayCell(const std::optional<Date>& day) { return day ? Cell(static_cast<std::int64_t>(day->days)) : Cell(); }

void put(std::vector<Cell>& cells, const std::string& text) { cells.emplace_back(std::string_view(text)); }

template <typename Row>
std::vector<std::int64_t> personsOf(const std::vector<Row>& rows, const SourcePersons& persons) {
    std::vector<std::int64_t> ids;
    ids.reserve(rows.size());
    for (const Row& row : rows) ids.push_back(persons.idOf(row.personRef));
    return ids;
}

SuppliedVersions names(const record::ExtractRows& rows, const SourcePersons& persons) {
    return {personsOf(rows.persons, persons), [&rows](std::size_t at, std::vector<Cell>& cells) {
                const record::PersonRow& row = rows.persons[at];
                put(cells, row.forenames);
                put(cells, row.surname);
                cells.push_back(dayCell(row.birthDate));
                put(cells, row.sex);
                put(cells, row.nameKind);
            }};
}

SuppliedVersions addresses(const record::ExtractRows& rows, const SourcePersons& persons) {
    return {personsOf(rows.addresses, persons), [&rows](std::size_t at, std::vector<Cell>& cells) {
                const record::AddressRow& row = rows.addresses[at];
                for (const std::string* text :
                     {&row.uprn, &row.saon, &row.paon, &row.street, &row.town, &row.postcode, &row.kind})
                    put(cells, *text);
                cells.push_back(dayCell(row.from));
                cells.push_back(dayCell(row.until));
            }};
}

SuppliedVersions identifiers(const record::ExtractRows& rows, const SourcePersons& persons) {
    return {personsOf(rows.identifiers, persons), [&rows](std::size_t at, std::vector<Cell>& cells) {
                put(cells, rows.identifiers[at].kind);
                put(cells, rows.identifiers[at].value);
            }};
}

SuppliedVersions relationships(const record::ExtractRows& rows, const SourcePersons& persons) {
    return {personsOf(rows.relationships, persons), [&rows, &persons](std::size_t at, std::vector<Cell>& cells) {
                const record::RelationshipRow& row = rows.relationships[at];
                cells.emplace_back(persons.idOf(row.otherRef));
                put(cells, row.kind);
                cells.push_back(dayCell(row.from));
                cells.push_back(dayCell(row.until));
            }};
}

SuppliedVersions families(const record::ExtractRows& rows, const SourcePersons& persons) {
    return {personsOf(rows.families, persons), [&rows](std::size_t at, std::vector<Cell>& cells) {
                const record::FamilyRow& row = rows.families[at];
                put(cells, row.familyRef);
                cells.push_back(dayCell(row.from));
                cells.push_back(dayCell(row.until));
            }};
}

}  // namespace

Status takeIdentity(store::Database& identity, const record::ExtractRows& rows, const SourcePersons& persons,
                    const Intake& intake, TaskContext& task) {
    std::vector<std::int64_t> delivered = personsOf(rows.persons, persons);
    std::ranges::sort(delivered);
    const auto merge = [&](const VersionedTable& table, const SuppliedVersions& supplied) {
        return mergeVersions(identity, table, supplied, delivered, intake, task);
    };
    FAIRLEAD_OK(merge({"name", {"forenames", "surname", "birth_date", "sex", "kind"}}, names(rows, persons)));
    FAIRLEAD_OK(
        merge({"address", {"uprn", "saon", "paon", "street", "town", "postcode", "kind", "from_day", "until_day"}},
              addresses(rows, persons)));
    FAIRLEAD_OK(merge({"identifier", {"kind", "value"}}, identifiers(rows, persons)));
    FAIRLEAD_OK(merge({"relationship", {"other", "kind", "from_day", "until_day"}}, relationships(rows, persons)));
    return merge({"family_member", {"family_ref", "from_day", "until_day"}}, families(rows, persons));
}

}  // namespace fairlead::workspace
