// Use case: why two records are one person or not, and how their person came together. Levels and bits alone, unless a
// reason is given: then who the records name, and that is on record.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/indicator/fact.h"
#include "core/link/explain.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// One of the two records.
struct RecordCard {
    record::SourcePersonId id;
    std::string dataset;       ///< "education/school_roll".
    record::PersonKey person;  ///< Below 0: no run has seen it, it is a person of its own.
    // With a reason alone:
    std::string reference;           ///< The agency's own key.
    std::vector<std::string> names;  ///< Every name it was supplied under, the latest last.
};

/// A step that built the person: by its records' numbers.
struct PersonStep {
    link::JoinStep step;
    std::string datasetA, datasetB;
};

/// The whole story.
struct PairStory {
    RecordCard a, b;
    link::Explanation why;        ///< Under the model in use, with the frequencies of everything loaded.
    link::Verdict verdict;        ///< As the last run left it.
    std::vector<PersonStep> how;  ///< Of the first record's person; of both where they are two.
    std::string modelSha256;      ///< The model in use.
    bool modelOfTheRun = true;    ///< False: the last run used another model, and its links may weigh otherwise.
};

/// Two records: each a number, or AGENCY/DATASET/KEY with the agency's own key.
struct PairRequest {
    std::string a, b;
    std::string reason;  ///< Empty: nobody is named.
};

/// Errors: NotFound ("load" when nothing is loaded; a record), InvalidArgument (a record that is written otherwise, the
/// same twice, a reason that is too short), those of relink's model, Cancelled.
Result<PairStory> pairStory(Workspace& workspace, const PairRequest& request, TaskContext& task);

/// How the record that a fact was supplied with came to its person.
struct JoinStory {
    std::string dataset;              ///< Of the record: "police/police_records".
    std::vector<std::string> others;  ///< The dataset of every other record of the person. Empty: it stands alone.
    std::optional<PairStory> pair;    ///< The record and the one it is tied to most firmly. Not set: it stands alone.
};

/// Nobody is named. On record as a consultation of link evidence. Errors: NotFound when the person, as last linked, has
/// no such fact; those of pairStory().
Result<JoinStory> howJoined(Workspace& workspace, record::PersonKey person, indicator::FactId fact, TaskContext& task);

}  // namespace fairlead::workspace
