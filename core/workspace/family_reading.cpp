#include <algorithm>

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
void writeDoor(std::string_view flat, std::string_view house, std::string_view postcode, std::string& door) {
    door.clear();
    const auto canonical = record::canonicalPostcode(postcode);
    const std::string number = upperAscii(trimmed(house));
    // A postcode without a house number or name is a street, not a home.
    if (!canonical || number.empty()) return;
    door += *canonical;
    door += '|';
    door += number;
    door += '|';
    door += upperAscii(trimmed(flat));
}

record::LoadId loadAt(const store::Statement& row, int column) {
    return {row.isNull(column) ? 0 : row.integer(column)};
}

Interval daysAt(const store::Statement& row, int from, int until) {
    return {dayAt(row, from, Date::beginning()), dayAt(row, until, Date::never())};
}

}  // namespace

/// Addresses that say where they are.
class FamilyRecords::Homes {
public:
    explicit Homes(link::Dictionary& places) : m_places(places) {}

    void add(const store::Statement& row) {
        const std::string_view uprn = row.text(2);
        Home home{{{row.integer(0)},
                   0,
                   family::isCommunalKind(row.text(7)),
                   daysAt(row, 8, 9),
                   loadAt(row, 1),
                   loadAt(row, 10)}};
        if (record::isValidUprn(uprn)) home.uprn = m_places.add(uprn);
        writeDoor(row.text(3), row.text(4), row.text(6), m_door);
        if (!m_door.empty()) home.door = m_places.add(m_door);
        if (home.uprn != link::kNoValue || home.door != link::kNoValue) m_homes.push_back(home);
    }

    [[nodiscard]] std::vector<family::Residence> take() {
        const auto uprns = uprnsOfDoors();
        std::vector<family::Residence> residences;
        residences.reserve(m_homes.size());
        for (Home& home : m_homes) {
            const std::uint32_t uprn = home.uprn != link::kNoValue ? home.uprn : uprns[home.door];
            home.residence.place = uprn != link::kNoValue ? uprn : home.door;
            residences.push_back(home.residence);
        }
        return residences;
    }

private:
    struct Home {
        family::Residence residence;
        std::uint32_t uprn = link::kNoValue;
        std::uint32_t door = link::kNoValue;
    };

    // UPRNs by door, from the addresses that have both: one source knows the number of a home, another the door. A
    // door with two numbers has none.
    [[nodiscard]] std::vector<std::uint32_t> uprnsOfDoors() const {
        constexpr std::uint32_t kSeveral = link::kNoValue - 1;
        std::vector<std::uint32_t> uprns(m_places.size(), link::kNoValue);
        for (const Home& home : m_homes) {
            if (home.door == link::kNoValue || home.uprn == link::kNoValue) continue;
            std::uint32_t& known = uprns[home.door];
            if (known == link::kNoValue) known = home.uprn;
            if (known != home.uprn) known = kSeveral;
        }
        std::ranges::replace(uprns, kSeveral, link::kNoValue);
        return uprns;
    }

    link::Dictionary& m_places;
    std::vector<Home> m_homes;
    std::string m_door;
};

Result<FamilyRecords> FamilyRecords::read(store::Database& identity, TaskContext& task) {
    FamilyRecords records;
    FAIRLEAD_OK(records.readTies(identity, task));
    FAIRLEAD_OK(records.readHomes(identity, task));
    return records;
}

Status FamilyRecords::readTies(store::Database& identity, TaskContext& task) {
    FAIRLEAD_OK(eachRow(
        identity, "SELECT source_person, other, kind, from_day, until_day, load, gone_load FROM relationship", task,
        [&](const store::Statement& row) {
            if (const auto relation = relationOf(row.text(2)))
                m_sources.ties.push_back(
                    {{row.integer(0)}, {row.integer(1)}, *relation, daysAt(row, 3, 4), loadAt(row, 5), loadAt(row, 6)});
        }));
    FAIRLEAD_OK(eachRow(
        identity, "SELECT source_person, family_ref, from_day, until_day, load, gone_load FROM family_member", task,
        [&](const store::Statement& row) {
            const std::uint32_t family = m_families.add(fmt::format("{}|{}", datasetOf(row.integer(0)), row.text(1)));
            m_sources.memberships.push_back(
                {{row.integer(0)}, family, daysAt(row, 2, 3), loadAt(row, 4), loadAt(row, 5)});
        }));
    return {};
}

Status FamilyRecords::readHomes(store::Database& identity, TaskContext& task, const AddressTaken& also) {
    Homes homes(m_places);
    FAIRLEAD_OK(eachRow(identity,
                        "SELECT source_person, load, uprn, saon, paon, street, postcode, kind, from_day, until_day, "
                        "gone_load FROM address ORDER BY source_person, id",
                        task, [&](const store::Statement& row) {
                            homes.add(row);
                            if (also) also(row);
                        }));
    m_sources.residences = homes.take();
    return {};
}

family::FamilySources FamilyRecords::of(const PersonOf& personOf) const {
    family::FamilySources sources = m_sources;
    std::erase_if(sources.ties, [&](const family::RecordedTie& tie) { return !personOf.contains(tie.other.value); });
    for (family::RecordedTie& tie : sources.ties) {
        tie.person = personOf.at(tie.person.value);
        tie.other = personOf.at(tie.other.value);
    }
    for (family::FamilyMembership& member : sources.memberships) member.person = personOf.at(member.person.value);
    for (family::Residence& home : sources.residences) home.person = personOf.at(home.person.value);
    return sources;
}

void FamilyRecords::nameLeftOut(const ReferenceHash& hash, family::DeriveReport& report) const {
    for (family::LeftOut& left : report.leftOut) {
        const auto number = static_cast<std::uint32_t>(left.number);
        if (left.because == family::LeftOutBecause::OversizeFamily) {
            const std::string_view text = m_families.text(number);
            const std::size_t bar = text.find('|');
            left.number = static_cast<std::uint64_t>(
                hash(parseInteger(text.substr(0, bar)).value_or(0), "family", text.substr(bar + 1)));
        } else {
            // Places are the same whichever dataset names them: dataset 0.
            left.number = static_cast<std::uint64_t>(hash(0, "place", m_places.text(number)));
        }
    }
    std::ranges::sort(report.leftOut);
}

}  // namespace fairlead::workspace
