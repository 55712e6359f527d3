#include "core/workspace/mention.h"

#include <algorithm>

#include "core/store/row_watch.h"

namespace fairlead::workspace {

namespace {

constexpr unsigned kGroupBits = 7;
constexpr std::uint64_t kGroup = (1U << kGroupBits) - 1;
constexpr unsigned kMore = 1U << kGroupBits;

}  // namespace

std::string packed(std::span<const std::int64_t> persons, std::int64_t first) {
    std::string bytes;
    std::int64_t before = first;
    for (const std::int64_t person : persons) {
        auto step = static_cast<std::uint64_t>(person - before);
        for (; step > kGroup; step >>= kGroupBits) bytes += static_cast<char>((step & kGroup) | kMore);
        bytes += static_cast<char>(step);
        before = person;
    }
    return bytes;
}

std::optional<std::vector<std::int64_t>> unpacked(std::string_view bytes, std::int64_t first) {
    constexpr unsigned kMostBits = 35;  // Numbers of one dataset have 32.
    std::vector<std::int64_t> persons;
    std::int64_t before = first;
    std::uint64_t step = 0;
    unsigned shift = 0;
    for (const char letter : bytes) {
        const auto group = static_cast<unsigned char>(letter);
        if (shift >= kMostBits) return std::nullopt;
        step |= (group & kGroup) << shift;
        shift += kGroupBits;
        if ((group & kMore) != 0) continue;
        if (step == 0 && !persons.empty()) return std::nullopt;
        before += static_cast<std::int64_t>(step);
        persons.push_back(before);
        step = 0;
        shift = 0;
    }
    if (shift != 0) return std::nullopt;
    return persons;
}

Status writeMention(store::Database& core, const record::ExtractRows& rows, const SourcePersons& persons,
                    const Intake& intake) {
    std::vector<std::int64_t> mentioned;
    mentioned.reserve(rows.persons.size());
    const auto add = [&](const auto& table) {
        for (const auto& row : table) mentioned.push_back(persons.idOf(row.personRef));
    };
    add(rows.persons);
    add(rows.facts);
    add(rows.roll);
    std::ranges::sort(mentioned);
    const auto same = std::ranges::unique(mentioned);
    mentioned.erase(same.begin(), same.end());
    FAIRLEAD_TRY(auto insert, store::InsertedRow::into(core, "mention", 2));
    insert.add(intake.delivery).addBlob(packed(mentioned, firstSourcePerson(intake.dataset)));
    return insert.write();
}

Result<std::optional<std::vector<std::int64_t>>> mentionOf(store::Database& core, std::int64_t dataset,
                                                           std::int64_t delivery) {
    FAIRLEAD_TRY(auto query, core.prepare("SELECT persons FROM mention WHERE delivery = ?1"));
    FAIRLEAD_TRY(const bool found, query.bind(1, delivery).next());
    if (!found) return std::optional<std::vector<std::int64_t>>();
    auto persons = unpacked(query.blob(0), firstSourcePerson(dataset));
    if (!persons) return fail(ErrorCode::Corrupt, "core.db", "the persons of a delivery");
    return persons;
}

}  // namespace fairlead::workspace
