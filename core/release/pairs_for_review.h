// Use cases of the link reviewer: the pairs that wait for a reader, with what identifies the two records and what each
// comparison weighs. Out of identity.db alone: no fact, no indicator, no key of a figure.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/record/ids.h"
#include "core/release/decisions.h"
#include "core/workspace/workspace.h"

namespace fairlead::release {

/// A pair that waits, by its records' numbers.
struct WaitingPair {
    record::SourcePersonId a;
    record::SourcePersonId b;
    double bits = 0;         ///< As the last run weighed it.
    double probability = 0;  ///< The same as a probability.
};

/// Those that the last run put up for a reader and nobody has decided on; the likeliest first. Nobody is named. Errors:
/// Denied, those of a statement.
Result<std::vector<WaitingPair>> pairsForReview(workspace::Workspace& workspace);

/// What identifies one record: each text once, the latest last.
struct RecordFields {
    record::SourcePersonId id;
    std::string dataset;    ///< "education/school_roll"; "dataset 3" where nobody has said what it is called.
    std::string reference;  ///< The agency's own key.
    std::vector<std::string> names;
    std::vector<std::string> birthDates;  ///< ISO.
    std::vector<std::string> sexes;
    std::vector<std::string> addresses;
    std::vector<std::string> identifiers;  ///< "upn H801200001002".
};

/// One comparison of the two.
struct FieldWeight {
    std::string field;  ///< "Birth date".
    std::string level;  ///< In words; "not known on both sides".
    double bits = 0;    ///< log2(m/u) of the level.
};

/// A pair as the reviewer reads it.
struct PairFields {
    RecordFields a, b;
    WaitingPair pair;
    bool isWeighed = false;            ///< The last run has a weight of the two; other links may have joined them.
    std::vector<FieldWeight> weights;  ///< Empty where the model is not known here, too.
    double furtherBits = 0;            ///< What the run added: the start, rare and common values, relations.
    std::optional<Decision> decision;  ///< In force.
};

/// Which pair, and why.
struct PairWanted {
    record::SourcePersonId a;
    record::SourcePersonId b;
    std::string reason;  ///< As for a reveal.
};

/// On record, with the reason, before a field is read. Errors: Denied, InvalidArgument (the reason), those of
/// checkDecidable(), of a statement and of the log.
Result<PairFields> pairFields(workspace::Workspace& workspace, const PairWanted& wanted);

}  // namespace fairlead::release
