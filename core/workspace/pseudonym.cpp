#include "core/workspace/pseudonym.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"

namespace fairlead::workspace {

std::string pseudonymLabel(std::int64_t position) {
    FAIRLEAD_CHECK(position >= 0);
    constexpr std::int64_t kLetters = 26;
    std::string letters;
    for (std::int64_t rest = position + 1; rest > 0; rest = (rest - 1) / kLetters)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % kLetters));
    return "Pupil " + letters;
}

Result<std::map<record::PersonKey, std::string>> pseudonyms(store::Database& core, const ReferenceHash& hash,
                                                            record::SchoolUrn school,
                                                            std::span<const record::PersonKey> pupils) {
    std::map<record::PersonKey, std::string> labels;
    std::int64_t next = 0;
    {
        FAIRLEAD_TRY(auto query, core.prepare("SELECT person, position FROM pseudonym WHERE urn = ?1"));
        query.bind(1, school.value);
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            labels[{query.integer(0)}] = pseudonymLabel(query.integer(1));
            next = std::max(next, query.integer(1) + 1);
        }
    }
    std::vector<std::pair<std::int64_t, record::PersonKey>> fresh;
    for (const record::PersonKey pupil : pupils)
        if (!labels.contains(pupil))
            fresh.emplace_back(hash(school.value, "pupil", std::to_string(pupil.value)), pupil);
    if (fresh.empty()) return labels;
    std::ranges::sort(fresh);

    FAIRLEAD_TRY(auto transaction, store::Transaction::begin(core));
    FAIRLEAD_TRY(auto insert, core.prepare("INSERT INTO pseudonym VALUES (?1, ?2, ?3)"));
    for (const auto& [order, pupil] : fresh) {
        FAIRLEAD_OK(insert.bind(1, school.value).bind(2, pupil.value).bind(3, next).run());
        labels[pupil] = pseudonymLabel(next++);
    }
    FAIRLEAD_OK(transaction.commit());
    return labels;
}

}  // namespace fairlead::workspace
