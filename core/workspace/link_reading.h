// identity.db as the engines want it: the records to link, the decisions in force, what families rest on.

#pragma once

#include <functional>
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

/// The spellings of names that ship with the program; none where the file is not there. Errors: those of the file.
Result<link::NameVariants> nameVariants(const Resources& resources);

/// Decisions "same" and "different" that nobody has withdrawn; "unsure" keeps two records apart too.
Result<link::Decisions> readDecisions(store::Database& identity);

/// Source person -> person.
using PersonOf = std::unordered_map<std::int64_t, record::PersonKey>;

/// Ties, filed families and residences of records, and what the numbers of families and places stand for.
class FamilyRecords {
public:
    /// What is done with every address besides: column 0 is the record, 1 the load that brought it, 2 to 6 UPRN, flat,
    /// house, street and postcode; in ascending order of records.
    using AddressTaken = std::function<void(const store::Statement&)>;
    /// Each record is a person of its own: its key is the record's id. Errors: Cancelled, those of a statement.
    static Result<FamilyRecords> read(store::Database& identity, TaskContext& task);
    /// The two halves of read(), for two threads with a connection each. Errors: the same.
    Status readTies(store::Database& identity, TaskContext& task);
    Status readHomes(store::Database& identity, TaskContext& task, const AddressTaken& also = {});

    /// The same of persons; ties with records that nobody was given to are passed over. REQUIRES: a person for every
    /// other record.
    [[nodiscard]] family::FamilySources of(const PersonOf& personOf) const;
    /// Puts keyed hashes in the place of numbers that mean nothing to another run.
    void nameLeftOut(const ReferenceHash& hash, family::DeriveReport& report) const;

private:
    class Homes;
    family::FamilySources m_sources;
    link::Dictionary m_families;  ///< Dataset, '|', reference.
    link::Dictionary m_places;    ///< A UPRN, or postcode, house and flat.
};

/// All that a linkage run is made of but decisions and what it left before.
struct LinkReading {
    LinkColumns columns;
    FamilyRecords families;
};

/// What readLinkInput() gives, encoded, without ever holding all records; and what families rest on. identity.db is
/// read once, on two threads; `meanwhile` runs beside the last step, which asks no file. Errors: Cancelled, those of a
/// statement, of opening a second connection and of `meanwhile`.
Result<LinkReading> readForLinking(Workspace& workspace, const ColumnsWanted& wanted,
                                   const std::function<Status()>& meanwhile, TaskContext& task);

}  // namespace fairlead::workspace
