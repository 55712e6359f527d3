// What the page of pairs shows and asks for, as values. Filled from the workspace by the shell.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/release/decisions.h"
#include "core/release/pairs_for_review.h"

namespace fairlead::ui {

/// Pairs that wait for a reader, and what readers decided.
struct PairsContent {
    bool mayDecide = false;
    bool mayLink = false;  ///< Who does not waits for somebody who does.
    std::string reader;    ///< Who reads here, by name.
    std::vector<release::WaitingPair> waiting;
    std::vector<release::Decision> decisions;  ///< The newest first.
};

/// Something done about pairs.
struct PairAct {
    std::optional<release::DecisionWanted> decision;  ///< Nothing: a decision is taken back, which the two below say.
    std::int64_t number = 0;
    std::string reason{};
};

}  // namespace fairlead::ui
