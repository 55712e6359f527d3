#include "core/base/text.h"
#include "core/record/identifiers.h"
#include "core/workspace/columns.h"
#include "core/workspace/link_reading.h"

namespace fairlead::workspace {

namespace {

std::optional<family::Relation> relationOf(std::string_view kind) {
    if (kind == "parent_of") return family::Relation::ParentOf;
    if (kind == "sibling_of") return family::Relation::SiblingOf;
    if (kind == "partner_of") return family::Relation::PartnerOf;
    if (kind == "carer_of") return family::Relation::CarerOf;
    return std::nullopt;
}

/// A dwelling by postcode, house and flat; empty when it does not say.
std::string doorText(std::string_view flat, std::string_view house, std::string_view postcode) {
    const auto canonical = record::canonicalPostcode(postcode);
    const std::string number = upperAscii(trimmed(house));
    // A postcode without a house number or name is a street, not a home.
    if (!canonical || number.empty()) return {};
    return fmt::format("{}|{}|{}", *canonical, number, upperAscii(trimmed(flat)));
}

/// UPRNs by door, from the addresses that have both: one source knows the number of a home, another the door. A door
/// with two numbers has none.
using Doors = std::unordered_map<std::string, std::string>;

record::LoadId loadAt(const store::Statement& row, int column) {
    return {row.isNull(column) ? 0 : row.integer(column)};
}

Interval daysAt(const store::Statement& row, int from, int until) {
    return {dayAt(row, from, Date::beginning()), dayAt(row, until, Date::never())};
}

Result<Doors> readDoors(store::Database& identity, TaskContext& task) {
    Doors doors;
    FAIRLEAD_OK(eachRow(identity, "SELECT DISTINCT uprn, saon, paon, postcode FROM address WHERE uprn <> ''", task,
                        [&](const store::Statement& row) {
                            std::string door = doorText(row.text(1), row.text(2), row.text(3));
                            if (door.empty() || !record::isValidUprn(row.text(0))) return;
                            const auto [found, isNew] = doors.try_emplace(std::move(door), row.text(0));
                            if (!isNew && found->second != row.text(0)) found->second.clear();
                        }));
    return doors;
}

/// Where an address is, as a text that is the same for the same dwelling; empty when it does not say.
std::string placeText(const store::Statement& row, const Doors& doors) {
    const std::string_view uprn = row.text(1);
    if (record::isValidUprn(uprn)) return std::string(uprn);
    std::string door = doorText(row.text(2), row.text(3), row.text(4));
    const auto found = doors.find(door);
    return found == doors.end() || found->second.empty() ? door : found->second;
}

}  // namespace

Result<family::FamilySources> readFamilySources(store::Database& identity, const PersonOf& personOf,
                                                const ReferenceHash& hash, TaskContext& task) {
    family::FamilySources sources;
    FAIRLEAD_OK(eachRow(identity,
                        "SELECT source_person, other, kind, from_day, until_day, load, gone_load FROM relationship",
                        task, [&](const store::Statement& row) {
                            const auto relation = relationOf(row.text(2));
                            const auto other = personOf.find(row.integer(1));
                            if (!relation || other == personOf.end()) return;
                            sources.ties.push_back({personOf.at(row.integer(0)), other->second, *relation,
                                                    daysAt(row, 3, 4), loadAt(row, 5), loadAt(row, 6)});
                        }));
    FAIRLEAD_OK(
        eachRow(identity, "SELECT source_person, family_ref, from_day, until_day, load, gone_load FROM family_member",
                task, [&](const store::Statement& row) {
                    const std::int64_t family = hash(datasetOf(row.integer(0)), "family", row.text(1));
                    sources.memberships.push_back({personOf.at(row.integer(0)), static_cast<std::uint64_t>(family),
                                                   daysAt(row, 2, 3), loadAt(row, 4), loadAt(row, 5)});
                }));
    FAIRLEAD_TRY(const Doors doors, readDoors(identity, task));
    // Places are the same whichever dataset names them: dataset 0.
    FAIRLEAD_OK(eachRow(
        identity,
        "SELECT source_person, uprn, saon, paon, postcode, kind, from_day, until_day, load, gone_load FROM address",
        task, [&](const store::Statement& row) {
            const std::string place = placeText(row, doors);
            if (place.empty()) return;
            sources.residences.push_back(
                {personOf.at(row.integer(0)), static_cast<std::uint64_t>(hash(0, "place", place)),
                 family::isCommunalKind(row.text(5)), daysAt(row, 6, 7), loadAt(row, 8), loadAt(row, 9)});
        }));
    return sources;
}

}  // namespace fairlead::workspace
