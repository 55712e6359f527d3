// identity.db as the engines want it: the records to link, the decisions in force, what families rest on.

#pragma once

#include <unordered_map>

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/family/derive_edges.h"
#include "core/link/columns.h"
#include "core/link/encode.h"
#include "core/link/input.h"
#include "core/link/name_variants.h"
#include "core/store/database.h"
#include "core/workspace/intake.h"
#include "core/workspace/workspace.h"

namespace fairlead::workspace {

/// Every source person with every version of what is known of it, in ascending order of ids.
/// Errors: Cancelled, those of a statement.
Result<link::LinkInput> readLinkInput(store::Database& core, store::Database& identity, TaskContext& task);

/// How records are made columns.
struct ColumnsWanted {
    const link::NameVariants& variants;
    std::int64_t afterLoad = 0;  ///< What later loads brought is new.
};

/// The columns, and which records are new or have a value they did not have.
struct LinkColumns {
    link::EncodedInput encoded;
    std::vector<record::SourcePersonId> changed;  ///< Ascending.
};

/// The same as readLinkInput() gives, encoded: without ever holding all records. Errors: the same.
Result<LinkColumns> readLinkColumns(store::Database& core, store::Database& identity, const ColumnsWanted& wanted,
                                    TaskContext& task);

/// The spellings of names that ship with the program; none where the file is not there. Errors: those of the file.
Result<link::NameVariants> nameVariants(const Resources& resources);

/// Decisions "same" and "different" that nobody has withdrawn; "unsure" keeps two records apart too.
Result<link::Decisions> readDecisions(store::Database& core);

/// Source person -> person.
using PersonOf = std::unordered_map<std::int64_t, record::PersonKey>;

/// Ties, filed families and residences of records, and what the numbers of families and places stand for.
class FamilyRecords {
public:
    /// Each record is a person of its own: its key is the record's id. Errors: Cancelled, those of a statement.
    static Result<FamilyRecords> read(store::Database& identity, TaskContext& task);

    /// The same of persons; ties with records that nobody was given to are passed over. REQUIRES: a person for every
    /// other record.
    [[nodiscard]] family::FamilySources of(const PersonOf& personOf) const;
    /// Puts keyed hashes in the place of numbers that mean nothing to another run. Errors: those of a statement.
    Status nameLeftOut(store::Database& identity, family::DeriveReport& report) const;

private:
    class Homes;
    family::FamilySources m_sources;
    link::Dictionary m_families;  ///< Dataset, '|', reference.
    link::Dictionary m_places;    ///< A UPRN, or postcode, house and flat.
};

}  // namespace fairlead::workspace
