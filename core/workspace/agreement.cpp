#include "core/workspace/agreement.h"

#include <map>
#include <unordered_map>

namespace fairlead::workspace {

namespace {

std::int64_t pairsIn(std::int64_t size) { return size * (size - 1) / 2; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 1.0; }

Agreement agreementOf(double precision, double recall) {
    return {precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0.0};
}

}  // namespace

ClusterAgreement clusterAgreement(const std::vector<std::pair<std::int64_t, std::int64_t>>& records) {
    std::unordered_map<std::int64_t, std::int64_t> clusterSize;
    std::unordered_map<std::int64_t, std::int64_t> personSize;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> common;
    for (const auto& record : records) {
        ++clusterSize[record.first];
        ++personSize[record.second];
        ++common[record];
    }
    ClusterAgreement agreement;
    agreement.records = static_cast<std::int64_t>(records.size());
    for (const auto& [cluster, size] : clusterSize) agreement.claimedPairs += pairsIn(size);
    for (const auto& [person, size] : personSize) agreement.truePairs += pairsIn(size);
    double precision = 0;
    double recall = 0;
    for (const auto& [key, count] : common) {
        agreement.foundPairs += pairsIn(count);
        // Each of the `count` records sees `count` of its cluster and of its person.
        const auto square = static_cast<double>(count) * static_cast<double>(count);
        precision += square / static_cast<double>(clusterSize[key.first]);
        recall += square / static_cast<double>(personSize[key.second]);
    }
    const auto found = static_cast<double>(agreement.foundPairs);
    agreement.pairwise = agreementOf(ratio(found, static_cast<double>(agreement.claimedPairs)),
                                     ratio(found, static_cast<double>(agreement.truePairs)));
    const auto total = static_cast<double>(records.size());
    agreement.bcubed = agreementOf(ratio(precision, total), ratio(recall, total));
    return agreement;
}

}  // namespace fairlead::workspace
