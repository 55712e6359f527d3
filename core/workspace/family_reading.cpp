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
std::string doorText(std::string_view flat, std::string_view house, std::string_view postcode) {
    const auto canonical = record::canonicalPostcode(postcode);
    const std::string number = upperAscii(trimmed(house));
    // A postcode without a house number or name is a street, not a home.
    if (!canonical || number.empty()) return {};
    return fmt::format("{}|{}|{}", *canonical, number, upperAscii(trimmed(flat)));
}

record::LoadId loadAt(const store::Statement& row, int column) {
    return {row.isNull(column) ? 0 : row.integer(column)};
}

Interval daysAt(const store::Statement& row, int from, int until) {
    return {dayAt(row, from, Date::beginning()), dayAt(row, until, Date::never())};
}

/// Texts of dwellings, each once.
class Dwellings {
public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

    /// The text's place; kNone for an empty one.
    std::uint32_t placeOf(std::string text) {
        if (text.empty()) return kNone;
        const auto [found, isNew] = m_places.try_emplace(std::move(text), static_cast<std::uint32_t>(m_texts.size()));
        if (isNew) m_texts.push_back(&found->first);
        return found->second;
    }
    /// The number of every place. Places are the same whichever dataset names them: dataset 0.
    [[nodiscard]] std::vector<std::uint64_t> numbers(const ReferenceHash& hash) const {
        std::vector<std::uint64_t> numbers;
        numbers.reserve(m_texts.size());
        for (const std::string* text : m_texts) numbers.push_back(static_cast<std::uint64_t>(hash(0, "place", *text)));
        return numbers;
    }
    [[nodiscard]] std::size_t count() const { return m_texts.size(); }

private:
    std::unordered_map<std::string, std::uint32_t> m_places;
    std::vector<const std::string*> m_texts;
};

/// An address that says where it is.
struct Home {
    family::Residence residence;
    std::uint32_t uprn = Dwellings::kNone;
    std::uint32_t door = Dwellings::kNone;
};

/// UPRNs by door, from the addresses that have both: one source knows the number of a home, another the door. A door
/// with two numbers has none.
std::vector<std::uint32_t> uprnsOfDoors(const std::vector<Home>& homes, std::size_t places) {
    constexpr std::uint32_t kSeveral = Dwellings::kNone - 1;
    std::vector<std::uint32_t> uprns(places, Dwellings::kNone);
    for (const Home& home : homes) {
        if (home.door == Dwellings::kNone || home.uprn == Dwellings::kNone) continue;
        std::uint32_t& known = uprns[home.door];
        if (known == Dwellings::kNone) known = home.uprn;
        if (known != home.uprn) known = kSeveral;
    }
    std::ranges::replace(uprns, kSeveral, Dwellings::kNone);
    return uprns;
}

Status readResidences(store::Database& identity, const PersonOf& personOf, const ReferenceHash& hash,
                      std::vector<family::Residence>& residences, TaskContext& task) {
    std::vector<Home> homes;
    Dwellings dwellings;
    FAIRLEAD_OK(eachRow(
        identity,
        "SELECT source_person, uprn, saon, paon, postcode, kind, from_day, until_day, load, gone_load FROM address",
        task, [&](const store::Statement& row) {
            const std::string_view uprn = row.text(1);
            Home home{{personOf.at(row.integer(0)), 0, family::isCommunalKind(row.text(5)), daysAt(row, 6, 7),
                       loadAt(row, 8), loadAt(row, 9)}};
            if (record::isValidUprn(uprn)) home.uprn = dwellings.placeOf(std::string(uprn));
            home.door = dwellings.placeOf(doorText(row.text(2), row.text(3), row.text(4)));
            if (home.uprn != Dwellings::kNone || home.door != Dwellings::kNone) homes.push_back(home);
        }));
    const auto uprns = uprnsOfDoors(homes, dwellings.count());
    const auto numbers = dwellings.numbers(hash);
    residences.reserve(homes.size());
    for (Home& home : homes) {
        const std::uint32_t uprn = home.uprn != Dwellings::kNone ? home.uprn : uprns[home.door];
        home.residence.place = numbers[uprn != Dwellings::kNone ? uprn : home.door];
        residences.push_back(home.residence);
    }
    return {};
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
    FAIRLEAD_OK(readResidences(identity, personOf, hash, sources.residences, task));
    return sources;
}

}  // namespace fairlead::workspace
