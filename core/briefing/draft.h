// The DRAFT school briefing: an overview put into words for one school. Two readers are possible: the named
// safeguarding lead (pupils under pseudonyms, or by name where a reason was recorded), and nobody else yet; the
// aggregate version comes with disclosure control. Every sentence of its own is here, in one place, so that they can be
// reviewed.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/briefing/document.h"
#include "core/indicator/overview.h"
#include "core/record/ids.h"

namespace fairlead::briefing {

/// One dataset behind the briefing.
struct SourceEntry {
    std::string title;  ///< "Police, police records".
    Date dataAsAt;
    Date retainUntil;
    int deliveries = 0;
    bool isAuthenticated = true;
    std::vector<std::string> gateways;  ///< Citations, for people.
    std::string agreementRef;
};

/// Everything that the briefing says and that the overview does not hold.
struct DraftInput {
    std::string schoolName;
    std::string reference;  ///< "FL-2026-000012".
    Date preparedOn;
    std::string preparedBy;                                ///< A principal's label, never a private name.
    std::map<record::PersonKey, std::string> pupilLabels;  ///< Pseudonym or name of every pupil that is listed.
    bool isNamed = false;                                  ///< The labels are names; `nameReason` says why.
    std::string nameReason;
    double linkedShare = 0;           ///< Part of the school's pupils with records of another agency, 0 to 1.
    std::int64_t linksForReview = 0;  ///< Waiting in the workspace.
    std::optional<Date> knownOn{};    ///< The day as known on which it was asked for; empty when it was a load.
    std::vector<SourceEntry> sources;
    std::string definitionsNote;  ///< "12 definitions, versions 1" ...
    std::string modelNote;
    std::string softwareNote;
    std::string contact;  ///< Whom to tell when something is wrong.
    std::string auditLine;
    bool rolesSeparated = false;
    std::size_t listLimit = 12;   ///< Rows of the new-indicator table: with the families' these fit on two pages.
    std::size_t familyLimit = 6;  ///< Rows of the family table.
};

/// The document. Pure: the same input gives the same text. REQUIRES: pupilLabels covers every listed pupil.
Document draft(const indicator::Overview& overview, const DraftInput& input);

/// "58 pupils, 97 events", "1 pupil", "[c]": a figure with its unit.
std::string withUnit(const indicator::Figure& figure);

}  // namespace fairlead::briefing
