#include "core/link/prepare.h"

namespace fairlead::link {

Result<std::unique_ptr<Prepared>> prepare(EncodedInput input, const Model& model, const LinkOptions& options,
                                          TaskContext& task) {
    FAIRLEAD_OK(checkModel(model));
    auto prepared = std::make_unique<Prepared>();
    prepared->encoded = std::move(input);
    const LinkSetup& setup = prepared->encoded.setup;
    const Columns& columns = prepared->encoded.columns;
    FAIRLEAD_TRY(prepared->plans, planComparisons(model, setup, columns));
    prepared->context = std::make_unique<CompareContext>(columns, prepared->plans);
    prepared->possiblePairs = possiblePairs(columns, setup.datasets.size(), setup.scope);
    if (prepared->possiblePairs <= static_cast<double>(options.fullProductPairs)) {
        prepared->candidates = CandidatePairs::everyPair(columns, setup.scope);
    } else {
        if (model.rules.empty())
            return fail(ErrorCode::InvalidArgument, model.name, "too many pairs to compare all, and no blocking rules");
        FAIRLEAD_TRY(prepared->candidates, CandidatePairs::byRules(columns, setup, model.rules, options, task));
    }
    return prepared;
}

}  // namespace fairlead::link
