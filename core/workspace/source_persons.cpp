#include <array>
#include <cstring>
#include <unordered_set>

#include "core/store/row_watch.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"

namespace fairlead::workspace {

void SourcePersons::want(const std::string& ref) {
    if (m_ids.try_emplace(ref, 0).second) m_new.push_back(ref);
}

// Every key that is held is looked at, but only those that are asked for are kept: a delivery names few of them.
Status SourcePersons::readHeld(store::Database& identity) {
    m_next = firstSourcePerson(m_dataset) + 1;
    FAIRLEAD_TRY(auto query, identity.prepare("SELECT source_person, ref FROM person_ref "
                                              "WHERE source_person >= ?1 AND source_person < ?2 ORDER BY 1"));
    query.bind(1, firstSourcePerson(m_dataset)).bind(2, firstSourcePerson(m_dataset + 1));
    while (true) {
        FAIRLEAD_TRY(const bool more, query.next());
        if (!more) return {};
        m_next = query.integer(0) + 1;
        if (const auto found = m_ids.find(query.text(1)); found != m_ids.end()) found->second = query.integer(0);
    }
}

Status SourcePersons::number(store::Database& identity, const record::ExtractRows& rows) {
    m_new.clear();
    const auto wantAll = [this](const auto& table) {
        for (const auto& row : table) want(row.personRef);
    };
    wantAll(rows.persons);
    wantAll(rows.addresses);
    wantAll(rows.identifiers);
    wantAll(rows.relationships);
    for (const record::RelationshipRow& row : rows.relationships) want(row.otherRef);
    wantAll(rows.families);
    wantAll(rows.roll);
    wantAll(rows.facts);
    if (m_new.empty()) return {};
    FAIRLEAD_OK(readHeld(identity));
    std::erase_if(m_new, [this](const std::string& ref) { return m_ids.at(ref) != 0; });
    for (const std::string& ref : m_new) m_ids.at(ref) = m_next++;
    return {};
}

namespace {

struct BirthAndSex {
    std::optional<std::int64_t> month;
    std::string_view sex;
};

/// The first version that has them speaks; a current name before others.
std::unordered_map<std::string_view, BirthAndSex> birthsIn(const std::vector<record::PersonRow>& rows) {
    std::unordered_map<std::string_view, BirthAndSex> births;
    births.reserve(rows.size());
    for (const bool currentOnly : {true, false}) {
        for (const record::PersonRow& row : rows) {
            if ((row.nameKind == "current" || row.nameKind.empty()) != currentOnly) continue;
            BirthAndSex& birth = births[row.personRef];
            if (!birth.month && row.birthDate) {
                const YearMonthDay civil = row.birthDate->civil();
                birth.month = static_cast<std::int64_t>(civil.year) * 12 + static_cast<std::int64_t>(civil.month) - 1;
            }
            if (birth.sex.empty()) birth.sex = row.sex;
        }
    }
    return births;
}

}  // namespace

Status SourcePersons::writeRefs(store::Database& identity, const Intake& intake) const {
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(identity, "person_ref", 3));
    for (const std::string& ref : m_new)
        FAIRLEAD_OK(insert.add(m_ids.at(ref)).add(std::string_view(ref)).add(intake.load).write());
    return {};
}

Status SourcePersons::writePersons(store::Database& core, const Intake& intake,
                                   const std::vector<record::PersonRow>& rows) const {
    const auto births = birthsIn(rows);
    FAIRLEAD_TRY(auto newPerson, store::InsertedRow::into(core, "source_person", 4));
    std::unordered_set<std::int64_t> fresh;
    for (const std::string& ref : m_new) {
        const std::int64_t id = m_ids.at(ref);
        const auto found = births.find(ref);
        const BirthAndSex birth = found == births.end() ? BirthAndSex{} : found->second;
        FAIRLEAD_OK(newPerson.add(id).add(birth.month).add(birth.sex).add(intake.load).write());
        fresh.insert(id);
    }
    FAIRLEAD_TRY(auto held, core.prepare("SELECT birth_month, sex, load FROM source_person WHERE id = ?1"));
    FAIRLEAD_TRY(auto row, store::WatchedRows::where(core, "source_person", "id = ?1"));
    FAIRLEAD_TRY(auto correct, core.prepare("UPDATE source_person SET birth_month = coalesce(?2, birth_month), "
                                            "sex = CASE ?3 WHEN '' THEN sex ELSE ?3 END WHERE id = ?1"));
    // What an earlier load was known as stays readable; of several changes in one load the first value is that one.
    FAIRLEAD_TRY(auto keep, core.prepare("INSERT OR IGNORE INTO birth_month_before VALUES (?1, ?2, ?3)"));
    FAIRLEAD_TRY(auto kept,
                 store::WatchedRows::where(core, "birth_month_before", "source_person = ?1 AND until_load = ?2"));
    for (const auto& [ref, birth] : births) {
        const std::int64_t id = m_ids.at(std::string(ref));
        if (fresh.contains(id)) continue;
        FAIRLEAD_TRY(const bool found, held.bind(1, id).next());
        const auto month = found && !held.isNull(0) ? std::optional(held.integer(0)) : std::nullopt;
        const bool newMonth = birth.month && month != birth.month;
        const bool newSex = !birth.sex.empty() && held.text(1) != birth.sex;
        const bool wasKnown = held.integer(2) < intake.load;
        held.reset();
        if (newMonth && wasKnown) {
            FAIRLEAD_OK(keep.bind(1, id).bind(2, intake.load).bind(3, month).run());
            if (core.changes() > 0) FAIRLEAD_OK(kept.bind(std::array{id, intake.load}).comes());
        }
        if (!newMonth && !newSex) continue;
        FAIRLEAD_OK(row.bind(id).goes());
        FAIRLEAD_OK(correct.bind(1, id).bind(2, birth.month).bind(3, birth.sex).run());
        FAIRLEAD_OK(row.bind(id).comes());
    }
    return {};
}

Result<ReferenceHash> ReferenceHash::open(store::Database& identity) {
    constexpr std::string_view kName = "reference_key";
    FAIRLEAD_TRY(auto text, setting(identity, kName));
    if (!text) {
        text = crypto::base64(crypto::Secret::random(32).view());
        FAIRLEAD_OK(setSetting(identity, kName, *text));
    }
    FAIRLEAD_TRY(const std::string bytes, crypto::fromBase64(*text));
    ReferenceHash hash;
    hash.m_key = crypto::Secret::copyOf(bytes);
    return hash;
}

std::int64_t ReferenceHash::operator()(std::int64_t dataset, std::string_view use, std::string_view reference) const {
    const std::string digest = crypto::mac(fmt::format("{}\n{}\n{}", dataset, use, reference), m_key);
    std::uint64_t number = 0;
    std::memcpy(&number, digest.data(), sizeof number);
    return static_cast<std::int64_t>((number >> 1U) | 1U);
}

}  // namespace fairlead::workspace
