// Taking one verified delivery into the two databases: what its parts share.

#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/crypto/keys.h"
#include "core/record/rows.h"
#include "core/store/database.h"

namespace fairlead::workspace {

/// The delivery that is being taken in.
struct Intake {
    std::int64_t load = 0;
    std::int64_t delivery = 0;
    std::int64_t dataset = 0;
    bool firstOfDataset = false;  ///< Nothing of the dataset is held: there is nothing to compare with.
    Interval period;              ///< The delivery speaks for these days; facts outside stay as they are.
};

/// The smallest source person id of a dataset; the ids of the next dataset begin 2^32 further on.
constexpr std::int64_t firstSourcePerson(std::int64_t dataset) { return dataset << 32; }
/// The dataset that a source person belongs to.
constexpr std::int64_t datasetOf(std::int64_t sourcePerson) { return sourcePerson >> 32; }

/// Numbers for the agency's keys of persons in one dataset.
class SourcePersons {
public:
    explicit SourcePersons(std::int64_t dataset) : m_dataset(dataset) {}
    /// Gives every person whom a row names a number: the one given before, or a new one, in the order of tables and
    /// rows. Errors: those of a statement.
    Status number(store::Database& identity, const record::ExtractRows& rows);
    /// The number of the agency's key. REQUIRES: number() has seen it.
    [[nodiscard]] std::int64_t idOf(const std::string& ref) const { return m_ids.at(ref); }
    /// Writes the new numbers to identity.db. Errors: those of a statement.
    Status writeRefs(store::Database& identity, const Intake& intake) const;
    /// Writes the new numbers to core.db; `rows` gives birth month and sex. Later versions correct them. Errors: those
    /// of a statement.
    Status writePersons(store::Database& core, const Intake& intake, const std::vector<record::PersonRow>& rows) const;

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    void want(const std::string& ref);
    Status readHeld(store::Database& identity);

    std::int64_t m_dataset;
    std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> m_ids;  ///< 0: not known yet.
    std::vector<std::string> m_new;  ///< Keys that the last number() gave new numbers, in order.
    std::int64_t m_next = 0;
};

/// Numbers for references that must not stand in core.db as they are: 63 bits of a keyed hash.
class ReferenceHash {
public:
    /// The key is in identity.db, made at the first use. Errors: those of a statement.
    static Result<ReferenceHash> open(store::Database& identity);
    /// Above 0; the same for the same dataset, use ("fact", "incident", "family") and reference.
    [[nodiscard]] std::int64_t operator()(std::int64_t dataset, std::string_view use, std::string_view reference) const;

private:
    crypto::Secret m_key;
};

/// Gives the rows of some source persons, ascending, to `take`. `query` asks for rows "source_person BETWEEN ?1 AND ?2"
/// and has source_person as its first column: persons near each other are asked for together. Errors: Cancelled, those
/// of a statement.
template <typename Take>
Status eachRowOf(store::Statement& query, std::span<const std::int64_t> persons, TaskContext& task, const Take& take) {
    constexpr std::int64_t kNear = 8;  // Passing over some rows costs less than finding the next place.
    for (auto at = persons.begin(); at != persons.end();) {
        auto last = at;
        while (std::next(last) != persons.end() && *std::next(last) - *last < kNear) ++last;
        query.reset();
        query.bind(1, *at).bind(2, *last);
        while (true) {
            FAIRLEAD_TRY(const bool more, query.next());
            if (!more) break;
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            while (*at < query.integer(0)) ++at;
            if (*at == query.integer(0)) take(query);
        }
        at = std::next(last);
    }
    return {};
}

/// What became of a delivery's facts.
struct FactCounts {
    std::int64_t supplied = 0;
    std::int64_t fresh = 0;      ///< Never seen.
    std::int64_t changed = 0;    ///< Seen, and different now: the old one is withdrawn by this load.
    std::int64_t withdrawn = 0;  ///< Within the delivery's period, and not in the delivery any more.
};

/// Names, addresses, identifiers, relations and families: new versions are added, versions that the delivery no
/// longer has for its persons are marked as gone. Errors: Cancelled, those of a statement.
Status takeIdentity(store::Database& identity, const record::ExtractRows& rows, const SourcePersons& persons,
                    const Intake& intake, TaskContext& task);

/// What stands for the references of facts, row by row.
struct FactKeys {
    std::vector<std::int64_t> facts;
    std::vector<std::optional<std::int64_t>> incidents;
};
/// Asks no file. Errors: Cancelled.
Result<FactKeys> factKeys(const std::vector<record::FactRow>& rows, std::int64_t dataset, const ReferenceHash& hash,
                          const TaskContext& task);

/// The facts, by the rule of superseding (resources/docs/decisions/0003-workspace.md). `rowIds` is the source row
/// of each fact. Errors: Cancelled, those of a statement.
Result<FactCounts> takeFacts(store::Database& core, const std::vector<record::FactRow>& rows,
                             const std::vector<std::int64_t>& rowIds, const SourcePersons& persons,
                             const FactKeys& keys, const Intake& intake, TaskContext& task);

/// The roll, by the same rule, and the schools: the last delivery's words about a school win.
Status takeRoll(store::Database& core, const record::ExtractRows& rows, const std::vector<std::int64_t>& rowIds,
                const SourcePersons& persons, const Intake& intake, TaskContext& task);

}  // namespace fairlead::workspace
