// Our model as Splink settings over standardised columns: what core/link compares, said in SQL.
//
// Two classes only: the weight of relatives and the correction for names that go together have no place in Splink and
// are left out. A record with several names, addresses or identifiers of a kind is represented by its first.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/link/encode.h"
#include "core/link/model.h"
#include "core/splink/model.h"
#include "core/splink/table.h"

namespace fairlead::splink {

/// A model for Splink, the standardised columns it works on, and the frequencies to register for them.
struct Export {
    Model model;
    Table table;                     ///< Columns of scalar texts; `frequencies` are core/link's, value by value.
    std::vector<std::string> notes;  ///< Plain sentences: what could not be carried over.
};

/// The settings alone, as applied to an input; the table stays empty. The whole of our model goes along in the
/// label of the first comparison's NULL level, which Splink keeps and does not read. Errors: UnknownColumn (the model
/// names an attribute column that the input lacks), NotFound (a level or key without a form in SQL), InvalidArgument
/// (names that a database does not tell apart).
Result<Export> exportSettings(const link::Model& model, const link::EncodedInput& input);
/// Adds the table to settings of the same model and input. `ids` are the records' ids by row, unique within a data set.
/// Errors: as exportSettings.
Status addTable(const link::Model& model, const link::EncodedInput& input, std::span<const std::string> ids,
                Export& settings);
/// Both.
Result<Export> exportModel(const link::Model& model, const link::EncodedInput& input, std::span<const std::string> ids);

/// The table as CSV: the id column, the source data set, then the columns.
std::string tableCsv(const Model& model, const Table& table);
/// One frequency table as CSV, as Splink's register_term_frequency_lookup takes it: value, tf_COLUMN.
std::string frequenciesCsv(const FrequencyTable& frequencies);

/// The model of ours that an exported file carries, with the probabilities that the file has now: Splink may have
/// trained them since. Nothing when the model is not one of ours; errors as link::parseModel.
Result<std::optional<link::Model>> ownModelIn(const Model& model, std::string_view subject);
/// The model of ours in a file: a document of core/link, or one that an exported file carries. Nothing when the file
/// holds a model of Splink's own; errors as link::parseModel and readModel, `subject` names the file.
Result<std::optional<link::Model>> ownModelIn(std::string_view text, std::string_view subject);

}  // namespace fairlead::splink
