// The condition language of Splink models: parsed, evaluated over a few cells, and whole model documents.

#include <cstdlib>
#include <vector>

#include "core/splink/evaluate.h"
#include "core/splink/model.h"
#include "tests/fuzz/target.h"

namespace {

using namespace fairlead::splink;

void evaluateAll(std::string_view condition, Dialect dialect, Names names) {
    Program program;
    const auto root = parseCondition(condition, dialect, names, program);
    if (!root) return;
    constexpr std::string_view kCells[] = {"anna", "2001-03-11", R"([{"value":"x","rel_freq":0.5},"y",[1,null]])",
                                           "-1e9"};
    Evaluator evaluator(program, dialect);
    for (std::size_t shift = 0; shift <= std::size(kCells); ++shift) {
        std::vector<Value> inputs;
        for (std::size_t i = 0; i < program.columns().size(); ++i) {
            const std::size_t cell = (i + shift) % (std::size(kCells) + 1);
            inputs.push_back(cell == std::size(kCells) ? Value{} : Value::ofText(kCells[cell]));
        }
        evaluator.begin(inputs);
        (void)evaluator.holds(*root);
    }
}

const fairlead::fuzz::Target kCondition("splink_condition", [](std::string_view bytes) {
    evaluateAll(bytes, Dialect::DuckDb, Names::Suffixed);
    evaluateAll(bytes, Dialect::Spark, Names::Qualified);
});

const fairlead::fuzz::Target kModel("splink_model", [](std::string_view bytes) {
    const auto model = readModel(bytes, "model.json");
    if (!model) return;
    (void)columnsOf(*model);
    const auto again = readModel(writeModel(*model), "again");
    if (!again || !(*again == *model)) std::abort();
});

}  // namespace
