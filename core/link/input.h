// What the engine is given: source persons with every version of what is known of them, the traits of the
// datasets they come from, and the decisions readers have taken. Plain values; texts are as the source has
// them (UTF-8), nothing is cleaned yet.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/record/ids.h"

namespace fairlead::link {

/// One name under which a source knows a person; former names and aliases are further versions.
struct NameVersion {
    std::string forenames;  ///< All forenames, blank between; may be empty.
    std::string surname;    ///< May be empty.
    std::string kind;       ///< "current", "former", "alias", "preferred" or empty; not evidence, for display.
};

/// One address of a person. Any part may be empty.
struct AddressVersion {
    std::string uprn;      ///< 1 to 12 digits.
    std::string saon;      ///< Flat or room.
    std::string paon;      ///< House number or name.
    std::string street;    ///< Street name.
    std::string postcode;  ///< Any spelling; a full United Kingdom postcode is split into its parts.
};

/// One identifier of a person.
struct IdentifierValue {
    std::string kind;   ///< "upn", "former_upn", "nhs", "uln", "la_child_id", "pnc", or any other name.
    std::string value;  ///< As the source has it.
};

/// A further text column that the data have (town, e-mail address ...): compared as text.
struct Attribute {
    std::uint16_t column = 0;  ///< Position in LinkInput::attributeColumns.
    std::string value;
};

/// One source person: everything that one dataset ever said of one of its keys.
struct SourceRecord {
    record::SourcePersonId id;  ///< Unique in the input; the order of ids is the order of all results.
    std::uint16_t dataset = 0;  ///< Position in LinkInput::datasets.
    std::vector<NameVersion> names;
    std::vector<Date> birthDates;
    std::vector<std::uint32_t> birthDigits;  ///< YYYYMMDD of birth dates that are no real day (19560231); optional.
    std::string sex;                         ///< "F", "M"; anything else is missing.
    std::vector<AddressVersion> addresses;
    std::vector<IdentifierValue> identifiers;
    std::vector<Attribute> attributes;
};

/// What is known of a dataset.
struct DatasetTraits {
    std::string name;  ///< For reports: "education/roll".
    /// The dataset holds each person once: two of its records are joined only by a reader's decision.
    bool onePersonPerRow = false;
};

/// Which pairs can be links.
enum class PairScope : std::uint8_t {
    Everything,       ///< Between datasets and inside them.
    BetweenDatasets,  ///< Only records of different datasets.
    WithinDatasets,   ///< Only records of the same dataset.
};

/// How a source recorded two of its persons.
enum class RecordedRole : std::uint8_t { ParentOf, CarerOf, SiblingOf, PartnerOf };

/// One recorded relation: evidence of who the two are, and that they are two.
struct RecordedRelation {
    record::SourcePersonId person;  ///< The parent or carer of `other`, where the role has a direction.
    record::SourcePersonId other;
    RecordedRole role = RecordedRole::ParentOf;
};

/// What is known of an input but for its records.
struct LinkSetup {
    std::vector<DatasetTraits> datasets;
    std::vector<std::string> attributeColumns;  ///< Names of the columns that Attribute points into.
    PairScope scope = PairScope::Everything;
    std::vector<RecordedRelation> relations;  ///< In any order; plain files have none.
};

/// All that is linked together.
struct LinkInput : LinkSetup {
    std::vector<SourceRecord> records;
};

/// A reader's decision on two source persons.
struct Decision {
    record::SourcePersonId a;
    record::SourcePersonId b;
    bool samePerson = false;  ///< True: must be one person; false: must not be.
};

/// Every decision in force. A pair that is not in the input is ignored. Where must-link decisions and a
/// cannot-link decision contradict each other, the cannot-link wins and the link is reported as held back.
struct Decisions {
    std::vector<Decision> pairs;
};

}  // namespace fairlead::link
