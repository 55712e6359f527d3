// AuditedAct: the order "intent durable, act, end" as a scope.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/audit/log.h"

namespace fairlead::audit {

/// What is known of an act only when it is over.
struct Outcome {
    std::string objectSha256{};      ///< Empty: as in the intent.
    std::uint64_t subjectCount = 0;  ///< 0: as in the intent.
    std::map<std::string, std::string> details{};
    std::map<std::string, std::string> marks{};
};

/// An act that is in the log before it begins. Ended as failed unless done() was called.
///   FAIRLEAD_TRY(auto act, AuditedAct::begin(log, entry));   // no log, no act
///   ... the act ...
///   return act.done();
class AuditedAct {
public:
    /// Appends the intent. `log` must outlive the act. Errors: as AuditLog::append; then the act must not take place.
    static Result<AuditedAct> begin(AuditLog& log, Entry intent);
    ~AuditedAct();
    AuditedAct(AuditedAct&& other) noexcept;
    AuditedAct& operator=(AuditedAct&&) = delete;

    /// Sequence of the intent: what a row written by the act refers to.
    [[nodiscard]] std::uint64_t sequence() const { return m_sequence; }
    /// Errors: as AuditLog::append; the act has then taken place and stays in the log as unfinished.
    Status done(const Outcome& outcome = {});
    /// `reason`: a code or fragment without personal data. Errors: as AuditLog::append.
    Status failed(std::string_view reason);

private:
    AuditedAct(AuditLog& log, Entry intent, std::uint64_t sequence);
    Status end(State state, const Outcome& outcome);
    AuditLog* m_log;  ///< Null once the act is over.
    Entry m_intent;
    std::uint64_t m_sequence;
};

}  // namespace fairlead::audit
