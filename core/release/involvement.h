// Use cases: who is involved with which child, as recorded facts with where they are recorded. They are what a release
// of names rests on.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/extract/gateway_register.h"
#include "core/record/ids.h"
#include "core/workspace/workspace.h"

namespace fairlead::release {

/// Where a child is a pupil whose pages were read: the letter that stands for the child there.
struct ChildAtSchool {
    record::SchoolUrn school;
    std::string schoolName;
    std::string letter;  ///< "Pupil C".
};

/// Somebody's involvement with a child, or with the child's family.
struct Involvement {
    std::int64_t id = 0;
    record::PersonKey child;               ///< As linked when it was recorded.
    bool coversFamily = false;             ///< Also those tied to the child by a recorded relation or a file as family.
    std::string team;                      ///< "Early Help North". 1 to 200 bytes.
    std::string worker;                    ///< Principal id.
    std::string purpose;                   ///< In words, without names. 10 to 500 bytes.
    std::string gateway;                   ///< Id of the register of gateways.
    Interval days;                         ///< Half-open.
    std::string source;                    ///< Where it is recorded: "case list, referral 2041". 1 to 200 bytes.
    std::string recordedBy;                ///< Principal id.
    std::int64_t atMs = 0;                 ///< Milliseconds since 1970, UTC.
    std::string withdrawnBy{};             ///< Principal id; empty: it was not (withdrawal.h).
    std::vector<ChildAtSchool> childAt{};  ///< By involvements() alone; none where no page of a school was read.
};

/// How an involvement stands on a day.
enum class InvolvementState : std::uint8_t { ToCome, Running, Ended, Withdrawn };
/// "to come", "running", "ended", "withdrawn".
std::string_view name(InvolvementState state);
/// Withdrawn is for ever, whatever its days.
InvolvementState stateOf(const Involvement& involvement, Date today);

/// What is typed. The worker is an active user's name.
struct InvolvementWanted {
    record::PersonKey child;
    bool coversFamily = false;
    std::string team;
    std::string worker;
    std::string purpose;
    std::string gateway;
    Interval days;
    std::string source;
};

/// Gives its number. On record. Errors: Denied, NotFound (worker, child, gateway), InvalidArgument (a text too short
/// or too long, no days), those of checkGateway() on the first day.
Result<std::int64_t> recordInvolvement(workspace::Workspace& workspace, const InvolvementWanted& wanted);

/// All of them, oldest first; those of who asks where they may release nothing. Errors: Denied, those of a statement.
Result<std::vector<Involvement>> involvements(workspace::Workspace& workspace);

/// For release.h: as involvements(), all of them, under the mutex.
Result<std::vector<Involvement>> readInvolvements(store::Database& core);

/// What a gateway is to carry.
struct GatewayUse {
    std::string_view gateway;  ///< Its id.
    std::string_view purpose;  ///< As the involvement says it.
    Date on;
};
/// Errors: NotFound (no such gateway), GatewayNotInForce (it carries no disclosure on that day, or none for that
/// purpose: the subject then names those that it carries).
Status checkGateway(const extract::GatewayRegister& gateways, const GatewayUse& use);

}  // namespace fairlead::release
