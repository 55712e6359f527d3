// Use case: how good what was supplied is: what came and when, how complete it is, how much of it there is, what breaks
// a rule, what could be linked, and whether that differs between groups. Counts, shares and numbers of records only: no
// name, no identifier.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/count.h"
#include "core/record/fact_kind.h"
#include "core/record/ids.h"
#include "core/workspace/control_limits.h"

namespace fairlead::workspace {

class Workspace;

/// A dataset, as its manifests name it.
struct QualitySource {
    std::int64_t id = 0;  ///< In core.db.
    std::string agency;
    std::string dataset;
};

/// What deliveries said about one month. The month of the reading is judged up to the reading's day.
enum class Supply : std::uint8_t {
    Before,   ///< Before the first day that any delivery of the dataset speaks for.
    Whole,    ///< Every day is covered.
    Late,     ///< Covered, by a delivery made more than kLateAfterDays after the month's end.
    Part,     ///< Some days are covered.
    Missing,  ///< No day is.
};
/// A month is late when the delivery that completes it was made more than so many days after the month. The first
/// delivery of a dataset brings its past and is never late.
inline constexpr std::int32_t kLateAfterDays = 31;

/// What one dataset supplied, month by month.
struct SupplyLine {
    QualitySource source;
    std::vector<Supply> months;       ///< As QualityPage::months.
    Date dataAsAt;                    ///< Of the newest delivery.
    int deliveries = 0;               ///< Held.
    std::int64_t numbersMissing = 0;  ///< Deliveries that its numbering has and the workspace has not.
    std::vector<std::string> gaps;    ///< "Known gaps" of its manifests, each once.
};

/// So many of so many.
struct Share {
    std::int64_t part = 0;
    std::int64_t of = 0;

    /// 0 to 100; nothing of nothing has no share.
    [[nodiscard]] std::optional<double> percent() const;
};

/// A field whose absence costs links or figures.
enum class Field : std::uint8_t { Name, BirthDate, Sex, Address, Postcode, Identifier, YearGroup, DateRecorded };
inline constexpr std::size_t kFields = 8;
/// "birth_date": stable name in files.
std::string_view name(Field field);

/// How often a field is filled in. For the first six a row is a person of the dataset, counted in the month of the
/// delivery that first named them; for the last two a time on a roll and a fact, in the month of their delivery.
struct FieldLine {
    QualitySource source;
    Field field = Field::Name;
    Share all;
    std::vector<Share> months;  ///< As QualityPage::months; what came before them is in `all` alone.
};

/// How many facts of a kind happened (or, for a status, began) in each month.
struct VolumeLine {
    QualitySource source;
    record::FactKind kind = record::FactKind::Crime;
    std::vector<std::int64_t> months;  ///< As QualityPage::months.
    std::optional<Limits> limits;      ///< Nothing: too few whole months, or a kind that comes once a term.
    std::vector<std::size_t> outside;  ///< Whole months beyond the limits.
};

/// Something that a row can say, that the contract lets pass and that is probably wrong.
enum class Rule : std::uint8_t {
    EndsBeforeStart,      ///< A fact that ends before it begins.
    BeforeBirth,          ///< A fact dated before the month of birth.
    AfterData,            ///< A fact dated after the day to which its delivery's data go.
    RecordedBefore,       ///< A fact recorded before it happened.
    BornInFuture,         ///< A birth date after the day to which the delivery's data go.
    WrongCheckCharacter,  ///< A UPN or NHS number whose check character is wrong.
    NoPostcode,           ///< A postcode that is not written as one.
    SchoolNotDescribed,   ///< A time on the roll of a school that no delivery describes.
};
inline constexpr std::size_t kRules = 8;
/// "ends_before_start": stable name in files.
std::string_view name(Rule rule);

/// A row that breaks a rule. One of `row` and `record` says which; neither holds an agency's own key.
struct RuleRow {
    std::string fileName;     ///< Of the delivery.
    std::int64_t row = 0;     ///< In its table; 0 = rows of that table are not numbered here.
    std::int64_t record = 0;  ///< The record's number within its dataset.
};

/// How a rule was kept by one dataset, among what is held now.
struct RuleLine {
    QualitySource source;
    Rule rule = Rule::EndsBeforeStart;
    Share broken;
    std::vector<RuleRow> rows;  ///< The first kMostRows.
};

/// A delivery that was turned away.
struct Refusal {
    Date on;
    std::string code;      ///< ErrorCode's name.
    std::string fileName;  ///< Empty: not recorded.
    std::string detail;    ///< Table, row and column, never the value; empty: not recorded.
};

/// What linkage made of one dataset's records.
struct SourceLinks {
    QualitySource source;
    Share withOthers;  ///< Records that share a person with a record of another dataset.
    Share
        childrenOnRoll;  ///< Of the records of children of school age (5 to 15), those whose person was ever on a roll.
    std::int64_t waiting = 0;  ///< Pairs with one of its records that wait for a reader.
};

/// What linkage made of one school's pupils; small numbers withheld as by group.
struct SchoolLinks {
    record::SchoolUrn school;
    std::string name;
    indicator::Count onRoll;  ///< At the reading's day.
    indicator::Count known;   ///< Of them, with a record of another dataset. Not all can have one.
    std::optional<double> percent;
    indicator::Count waiting;  ///< Links of theirs.
};

/// A record with too little to link: neither an identifier, nor a full name with a birth date or a home.
struct Unlinkable {
    QualitySource source;
    std::int64_t record = 0;   ///< Its number within the dataset.
    std::vector<Field> lacks;  ///< Of Name, BirthDate, Address, Identifier.
    bool linked = false;       ///< A reader or an earlier version of the record joined it to another all the same.
};

/// Linkage by a group: `linked` of `children`, small numbers withheld.
struct FairnessLine {
    std::string_view by;  ///< "sex", "born"
    std::string group;    ///< "F", "M", "U", "" (not supplied); "2010-2012"
    indicator::Count children;
    indicator::Count linked;
    std::optional<double> percent;
};
/// Numbers from 1 to this are withheld, also where they follow from two others.
inline constexpr std::int64_t kSmallest = 5;
/// Shares of fewer children than this are withheld.
inline constexpr std::int64_t kFewest = 11;

/// Everything about the quality of what is held.
struct QualityPage {
    Date asAt;                 ///< The newest "data as at" of all datasets.
    record::LoadId knownAt;    ///< The latest load.
    bool linked = false;       ///< False: no run yet; the linkage parts are empty.
    std::vector<Date> months;  ///< First days of thirteen months, the last with `asAt` in it.
    std::vector<SupplyLine> supply;
    std::vector<FieldLine> fields;
    std::vector<VolumeLine> volumes;
    std::vector<RuleLine> rules;  ///< Rules that were tested on at least one row.
    std::vector<Refusal> refusals;
    std::vector<SourceLinks> sourceLinks;
    std::vector<SchoolLinks> schoolLinks;
    std::vector<std::int64_t> unlinkable;    ///< How many, by the order of `supply`.
    std::vector<Unlinkable> unlinkableRows;  ///< The first kMostRows of each dataset.
    std::vector<FairnessLine> fairness;      ///< Children of school age outside the roll's own dataset.
};
inline constexpr std::size_t kMostRows = 500;

/// Errors: NotFound (nothing loaded), Cancelled, those of a statement and of the audit log.
Result<QualityPage> quality(Workspace& workspace, TaskContext& task);

}  // namespace fairlead::workspace
