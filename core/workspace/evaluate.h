// Use case: against a city whose truth is known, how good linkage and spells are. The truth is never read otherwise.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/link/evaluate.h"
#include "core/workspace/family_agreement.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// One indicator's spells. expected = found + missed; what the workspace has = found + extra.
struct SpellAgreement {
    std::string indicator;
    std::int64_t expected = 0;
    std::int64_t found = 0;  ///< Same person, same first day, same end.
    std::int64_t missed = 0;
    std::int64_t extra = 0;
    std::int64_t shifted = 0;  ///< Of the missed: one that overlaps is there, with other dates.
};

/// One value of the column that figures are given by, e.g. a community. `figures.group` is its place in the list.
struct GroupAgreement {
    std::string value;  ///< Empty: the truth names none for these records.
    link::GroupMetrics figures;
};

/// The result.
struct Evaluation {
    std::int64_t records = 0;            ///< Held here and in the truth.
    link::ClusterEvaluation linkage;     ///< Of those records; its groups are in `groups`.
    std::vector<GroupAgreement> groups;  ///< By value; empty when no column was asked for.
    std::int64_t truthOnly = 0;          ///< Records of the truth that the workspace does not hold.
    std::int64_t workspaceOnly = 0;      ///< Records of the workspace that the truth does not know.
    FamilyAgreement families;            ///< As at the default date; nothing where the truth has no families.
    std::vector<SpellAgreement> spells;  ///< In the order of the definitions; those that the truth speaks of.
};

/// Who is taken to be whom. True: the persons and birth months of the truth, so that what is still missed or extra
/// is the fault of a rule, a reading or the truth, and never of linkage.
enum class Links : std::uint8_t { Ours, True };

/// What is asked.
struct EvaluationRequest {
    Links links = Links::Ours;
    std::string by{};  ///< Column of persons.csv that figures are given by ("community", "agency"); empty: none.
};

/// `truthFolder` holds persons.csv (person_id, agency, dataset, person_ref, birth_date) and expected_spells.csv
/// (person_id, indicator, from, until); other columns are passed over. As known at the latest load.
/// Errors: NotFound (a file, nothing loaded), MissingColumn, ParseError (file and line), Cancelled.
Result<Evaluation> evaluate(Workspace& workspace, const std::filesystem::path& truthFolder,
                            const EvaluationRequest& request, TaskContext& task);

}  // namespace fairlead::workspace
