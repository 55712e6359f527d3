#include "core/link/encode.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/link/gather.h"

namespace fairlead::link {
namespace {

constexpr std::uint32_t kStep = 1024;  // records between two looks at the task

// Positions of the records in ascending order of their ids.
Result<std::vector<std::uint32_t>> orderOf(const std::vector<SourceRecord>& records) {
    const auto idOf = [&](std::uint32_t i) { return records[i].id.value; };
    std::vector<std::uint32_t> order(records.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, idOf);
    const auto same = std::ranges::adjacent_find(order, {}, idOf);
    if (same == order.end()) return order;
    return fail(ErrorCode::InvalidArgument, "records", fmt::format("id {} is there twice", idOf(*same)));
}

}  // namespace

std::optional<std::uint32_t> EncodedInput::rowOf(record::SourcePersonId id) const {
    if (ids.empty()) {
        if (id.value < 0 || id.value >= static_cast<std::int64_t>(columns.rows)) return std::nullopt;
        return static_cast<std::uint32_t>(id.value);
    }
    const auto found = std::ranges::lower_bound(ids, id.value, {}, &record::SourcePersonId::value);
    if (found == ids.end() || *found != id) return std::nullopt;
    return static_cast<std::uint32_t>(found - ids.begin());
}

Result<EncodedInput> encode(const LinkInput& input, const NameVariants& variants, TaskContext& task, unsigned threads) {
    FAIRLEAD_TRY(std::vector<std::uint32_t> order, orderOf(input.records));
    const LinkSetup& setup = input;
    RecordGatherer gatherer(setup);
    task.begin(Phase::Preparing, order.size());
    for (std::uint32_t row = 0; row < order.size(); ++row) {
        if (row % kStep == 0) {
            if (task.cancelled()) return fail(ErrorCode::Cancelled);
            task.advance(kStep);
        }
        FAIRLEAD_OK(gatherer.add(input.records[order[row]]));
    }
    FAIRLEAD_TRY(EncodedInput encoded, std::move(gatherer).encoded(variants, threads, task));
    encoded.order = std::move(order);
    return encoded;
}

}  // namespace fairlead::link
