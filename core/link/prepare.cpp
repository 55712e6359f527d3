#include "core/link/prepare.h"

namespace fairlead::link {

Result<std::unique_ptr<Prepared>> prepare(const LinkInput& input, const Model& model, const LinkOptions& options,
                                          TaskContext& task) {
    FAIRLEAD_OK(checkModel(model));
    auto prepared = std::make_unique<Prepared>();
    FAIRLEAD_TRY(prepared->encoded, encode(input, options.variants, task));
    const Columns& columns = prepared->encoded.columns;
    FAIRLEAD_TRY(prepared->plans, planComparisons(model, input, columns));
    prepared->context = std::make_unique<CompareContext>(columns, prepared->plans);
    prepared->possiblePairs = possiblePairs(columns, input.datasets.size(), input.scope);
    if (prepared->possiblePairs <= static_cast<double>(options.fullProductPairs)) {
        prepared->candidates = CandidatePairs::everyPair(columns, input.scope);
    } else {
        if (model.rules.empty())
            return fail(ErrorCode::InvalidArgument, model.name, "too many pairs to compare all, and no blocking rules");
        FAIRLEAD_TRY(prepared->candidates, CandidatePairs::byRules(columns, input, model.rules, options, task));
    }
    return prepared;
}

}  // namespace fairlead::link
