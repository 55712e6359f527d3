#include "core/audit/audited_act.h"

#include <utility>

namespace fairlead::audit {

AuditedAct::AuditedAct(AuditLog& log, Entry intent, std::uint64_t sequence)
    : m_log(&log), m_intent(std::move(intent)), m_sequence(sequence) {}

AuditedAct::AuditedAct(AuditedAct&& other) noexcept
    : m_log(std::exchange(other.m_log, nullptr)), m_intent(std::move(other.m_intent)), m_sequence(other.m_sequence) {}

AuditedAct::~AuditedAct() {
    // Nobody is left to hear of an error; the intent then stands without an end, which verify() reports.
    try {
        if (m_log != nullptr) static_cast<void>(failed("not finished"));
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): as of any other error
    }
}

Result<AuditedAct> AuditedAct::begin(AuditLog& log, Entry intent) {
    intent.state = State::Intent;
    intent.about = 0;
    FAIRLEAD_TRY(const auto sequence, log.append(intent));
    return AuditedAct(log, std::move(intent), sequence);
}

Status AuditedAct::done(const Outcome& outcome) { return end(State::Done, outcome); }

Status AuditedAct::failed(std::string_view reason) {
    return end(State::Failed,
               {.objectSha256 = {}, .subjectCount = 0, .details = {}, .marks = {{"reason", std::string(reason)}}});
}

Status AuditedAct::end(State state, const Outcome& outcome) {
    if (m_log == nullptr) return fail(ErrorCode::Internal, "audit log", "the act is over");
    auto* const log = std::exchange(m_log, nullptr);
    Entry entry = m_intent;
    entry.state = state;
    entry.about = m_sequence;
    entry.details = outcome.details;
    entry.marks = outcome.marks;
    if (!outcome.objectSha256.empty()) entry.objectSha256 = outcome.objectSha256;
    if (outcome.subjectCount != 0) entry.subjectCount = outcome.subjectCount;
    if (auto appended = log->append(entry); !appended) return fail(std::move(appended).error());
    return {};
}

}  // namespace fairlead::audit
