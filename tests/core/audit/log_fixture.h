// Logs to try things on.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/audit/log.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

namespace fairlead::test {

inline const FixedClock kLogClock(Date{20'000});
/// Who reads the details of every log here.
inline const crypto::SealKeyPair kReader = crypto::SealKeyPair::generate();

/// A consultation whose count tells it from the others.
inline audit::Entry entryOf(int number) {
    return {.verb = audit::Verb::Consultation,
            .actor = "p1",
            .role = "analyst",
            .purposeSha256 = crypto::sha256("safeguarding review"),
            .subjectCount = static_cast<std::uint64_t>(number),
            .details = {{"filter", "year 7"}, {"number", std::to_string(number)}},
            .marks = {{"rows", "3f7a"}}};
}

inline std::string segmentOf(const std::filesystem::path& folder) { return bytesOf(folder / "segment-000001.log"); }

/// Opens the log and appends so many: its key change comes before them. Gives the bytes of the first segment.
inline std::string makeLog(const std::filesystem::path& folder, const crypto::Secret& key, int count) {
    auto log = valueOf(audit::AuditLog::open(folder, {key, kReader.publicKey}, kLogClock));
    for (int i = 0; i < count; ++i) valueOf(log.append(entryOf(i)));
    return segmentOf(folder);
}

/// Where each frame of a segment begins, and its end.
inline std::vector<std::size_t> framesOf(std::string_view segment) {
    constexpr std::size_t kAroundEntry = 8 + 32 + 8;
    std::vector<std::size_t> starts;
    std::size_t at = segment.find('\n') + 1;
    while (at < segment.size()) {
        starts.push_back(at);
        std::uint32_t length = 0;
        for (unsigned i = 0; i < 4; ++i) {
            length |= std::uint32_t{static_cast<unsigned char>(segment[at + i])} << 8U * i;
        }
        at += kAroundEntry + length;
    }
    starts.push_back(segment.size());
    return starts;
}

inline audit::VerifyReport verified(const std::filesystem::path& folder, const crypto::Secret* key = nullptr,
                                    const std::vector<audit::Checkpoint>& witnesses = {}) {
    audit::VerifyOptions options{.key = key};
    for (const auto& checkpoint : witnesses) options.witnesses.push_back({checkpoint});
    return valueOf(audit::AuditLog::verify(folder, options));
}

inline void copyFolder(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace fairlead::test
