#include "core/audit/report.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace fairlead::audit {

namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kClockSlackMs = 5 * 60'000;

std::int64_t localOf(const WorkingHours& hours, std::int64_t wallMs) {
    return hours.localMs ? hours.localMs(wallMs) : wallMs;
}

bool isOutOfHours(const WorkingHours& hours, std::int64_t localMs) {
    constexpr std::int64_t kThursday = 3;  // 1970-01-01, with Monday as 0
    constexpr std::int64_t kSaturday = 5;
    const auto day = localMs / kDayMs;
    const auto hour = localMs % kDayMs / kHourMs;
    if (!hours.onWeekends && (day + kThursday) % 7 >= kSaturday) return true;
    return hour < hours.from || hour >= hours.until;
}

std::string valueOf(const std::map<std::string, std::string>& texts, const std::string& key) {
    const auto found = texts.find(key);
    return found == texts.end() ? std::string() : found->second;
}

Noted notedOf(const Record& record) {
    const Entry& entry = record.entry;
    auto what = valueOf(entry.details, "what");
    if (what.empty()) what = valueOf(entry.marks, "what");
    if (what.empty()) what = valueOf(entry.marks, "reason");
    return {record.sequence, record.wallMs, entry.actor, entry.verb, std::move(what)};
}

bool isReading(const Entry& entry) { return entry.verb == Verb::Consultation || entry.verb == Verb::Disclosure; }

/// Takes one record after the other.
class Reporter {
public:
    explicit Reporter(const WorkingHours& hours) : m_hours(hours) {}

    void take(const Record& record) {
        const Entry& entry = record.entry;
        if (m_report.entries++ == 0) m_report.firstMs = record.wallMs;
        m_report.lastMs = record.wallMs;
        m_sessions.insert(record.session);
        if (record.maxSeenMs - record.wallMs > kClockSlackMs) m_report.clockSetBack.push_back(notedOf(record));
        if (entry.verb == Verb::Denied) m_report.denied.push_back(notedOf(record));
        notePosture(record);
        VerbCount& count = m_report.verbs[entry.verb];
        switch (entry.state) {
            case State::Intent:
                ++count.begun;
                begin(record);
                break;
            case State::Done:
                ++count.done;
                end(record);
                break;
            case State::Failed:
                ++count.failed;
                end(record);
                break;
            case State::Note: ++count.notes; break;
        }
    }

    Report finish() {
        m_report.openings = m_sessions.size();
        for (auto& [key, hour] : m_reveals) m_report.reveals.push_back(std::move(hour));
        for (auto& [sequence, noted] : m_open) m_report.unfinished.push_back(std::move(noted));
        for (auto& [sequence, release] : m_releases)
            if (!m_used.contains(sequence)) m_report.unusedReleases.push_back(std::move(release.second));
        return std::move(m_report);
    }

private:
    void notePosture(const Record& record) {
        const Entry& entry = record.entry;
        const auto isPosture = [](const auto& detail) { return detail.first.starts_with("posture_"); };
        if (std::ranges::none_of(entry.details, isPosture)) return;
        Noted noted = notedOf(record);
        noted.what = valueOf(entry.details, "posture_open");
        std::string& last = m_unprotected[entry.actor];
        if (!noted.what.empty() && noted.what != last) m_report.unprotected.push_back(noted);
        last = std::move(noted.what);
    }

    void begin(const Record& record) {
        const Entry& entry = record.entry;
        const Noted noted = notedOf(record);
        m_open.emplace(record.sequence, noted);
        const auto local = localOf(m_hours, record.wallMs);
        const bool out = isOutOfHours(m_hours, local);
        if (out) m_report.outOfHours.push_back(noted);
        if (!isReading(entry)) return;
        for (const auto& [sequence, release] : m_releases)
            if (release.first == entry.objectSha256) m_used.insert(sequence);
        if (entry.purposeSha256.empty() || entry.subjectCount == 0) return;
        const auto hourMs = local - local % kHourMs;
        RevealHour& hour = m_reveals[{hourMs, entry.actor}];
        hour.actor = entry.actor;
        hour.hourMs = hourMs;
        hour.isOutOfHours = out;
        ++hour.reveals;
        hour.people += entry.subjectCount;
    }

    void end(const Record& record) {
        const Entry& entry = record.entry;
        const auto intent = m_open.find(entry.about);
        Noted noted = notedOf(record);
        if (intent != m_open.end()) {
            const auto reason = noted.what;
            noted = intent->second;
            if (entry.state == State::Failed && !reason.empty())
                noted.what += (noted.what.empty() ? "" : ": ") + reason;
            m_open.erase(intent);
        }
        if (entry.state == State::Failed) {
            const auto reason = valueOf(entry.marks, "reason");
            const bool broken = reason == "interrupted" || reason == "not finished";
            (broken ? m_report.interrupted : m_report.failed).push_back(std::move(noted));
        } else if (entry.verb == Verb::Release) {
            m_releases.emplace(record.sequence, std::pair{entry.objectSha256, std::move(noted)});
        }
    }

    const WorkingHours& m_hours;
    Report m_report;
    std::set<std::string> m_sessions;
    std::map<std::pair<std::int64_t, std::string>, RevealHour> m_reveals;
    std::map<std::string, std::string> m_unprotected;  ///< By actor: what stood open when they last opened.
    std::map<std::uint64_t, Noted> m_open;
    std::map<std::uint64_t, std::pair<std::string, Noted>> m_releases;  ///< With the digest of what was released.
    std::set<std::uint64_t> m_used;
};

}  // namespace

Report reportOf(const std::vector<Record>& records, const WorkingHours& hours) {
    Reporter reporter(hours);
    for (const Record& record : records) reporter.take(record);
    return reporter.finish();
}

}  // namespace fairlead::audit
