// The parts of quality.h's reading, each over its own tables.

#pragma once

#include <map>
#include <vector>

#include "core/audit/entry.h"
#include "core/store/database.h"
#include "core/workspace/quality.h"

namespace fairlead::workspace {

/// What a delivery was.
struct QualityDelivery {
    std::int64_t dataset = 0;
    std::int64_t load = 0;
    std::int64_t sequence = 0;
    std::string fileName;
    Interval period;
    Date dataAsAt;
    Date extractedOn;
};

/// What every part of the reading needs.
struct QualityBasis {
    std::vector<QualitySource> sources;                     ///< By agency and dataset.
    std::map<std::int64_t, QualityDelivery> deliveries;     ///< By id.
    std::map<std::int64_t, std::vector<std::string>> gaps;  ///< By dataset.
    std::map<std::int64_t, Date> birthMonths;               ///< First day of the month, by record; where supplied.
    std::int64_t run = 0;                                   ///< 0 = nothing is linked.

    /// The source of a record.
    [[nodiscard]] const QualitySource& sourceOf(std::int64_t sourcePerson) const;
};

/// The place of a day's month in the page's months; nothing before or after them.
std::optional<std::size_t> monthAt(const QualityPage& page, Date day);

/// Supply, from deliveries alone.
void readSupply(const QualityBasis& basis, QualityPage& page);
/// Volumes, the facts' rules and fields, in one pass over the facts. Errors: Cancelled, those of a statement.
Status readFactQuality(store::Database& core, const QualityBasis& basis, QualityPage& page, TaskContext& task);
/// The records' and the roll's fields and rules, and what cannot be linked. Errors: as above.
Status readRecordQuality(store::Database& core, store::Database& identity, const QualityBasis& basis, QualityPage& page,
                         TaskContext& task);
/// Linkage by source, school and group. Errors: as above.
Status readLinkQuality(store::Database& core, const QualityBasis& basis, QualityPage& page, TaskContext& task);

/// The text with which a refused load goes into the audit log begins so; the ErrorCode's name follows.
inline constexpr std::string_view kRefusedLoad = "load: ";
/// Details of such an entry.
inline constexpr std::string_view kRefusedFile = "file";
inline constexpr std::string_view kRefusedWhy = "why";
/// The refused loads among the log's records.
std::vector<Refusal> refusalsIn(const std::vector<audit::Record>& records);

/// The groups' shares as counts of which none tells about 1 to kSmallest children, neither by itself nor by taking the
/// other groups from a total.
std::vector<FairnessLine> withSmallWithheld(std::string_view by, const std::map<std::string, Share>& groups);

/// Rule counts that grow while rows are read: one line a dataset and rule.
class RuleBook {
public:
    /// A row of the dataset was tested.
    void test(const QualitySource& source, Rule rule, bool broken, const RuleRow& row);
    /// The lines, by dataset and rule.
    [[nodiscard]] std::vector<RuleLine> lines() &&;

private:
    std::map<std::pair<std::int64_t, Rule>, RuleLine> m_lines;
};

}  // namespace fairlead::workspace
