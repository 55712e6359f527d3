// What a governance auditor looks for in the log. A pure reading of its records.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/audit/entry.h"

namespace fairlead::audit {

/// When people are expected to work.
struct WorkingHours {
    int from = 8;             ///< First hour of the day, 0 to 23.
    int until = 18;           ///< The hour that is none of it any more, 1 to 24.
    bool onWeekends = false;  ///< Saturday and Sunday count as the other days.
    /// Milliseconds of UTC to those that a clock on the wall shows; empty: the log's own UTC.
    std::function<std::int64_t(std::int64_t)> localMs{};
};

/// One person's reveals within one hour. A reveal is a consultation or disclosure of named people for a typed reason:
/// its intent counts, because nobody can say later what was not seen.
struct RevealHour {
    std::string actor;
    std::int64_t hourMs = 0;  ///< Beginning of the hour, local.
    std::uint64_t reveals = 0;
    std::uint64_t people = 0;  ///< Of all of them; somebody revealed twice counts twice.
    bool isOutOfHours = false;
};

/// An entry that asks for a look.
struct Noted {
    std::uint64_t sequence = 0;
    std::int64_t wallMs = 0;  ///< UTC.
    std::string actor;
    Verb verb = Verb::Consultation;
    std::string what;  ///< Of the details; empty where they are sealed.
};

/// How the acts of one kind ended.
struct VerbCount {
    std::uint64_t begun = 0, done = 0, failed = 0, notes = 0;
};

/// The report. Lists are in the log's order.
struct Report {
    std::uint64_t entries = 0;
    std::int64_t firstMs = 0, lastMs = 0;  ///< UTC, of the first and the last entry.
    std::uint64_t openings = 0;            ///< Of the log: sessions.
    std::map<Verb, VerbCount> verbs;
    std::vector<RevealHour> reveals;  ///< By hour, then by person.
    std::vector<Noted> outOfHours;    ///< Acts begun outside working hours.
    std::vector<Noted> denied;
    std::vector<Noted> failed;       ///< Acts that ended with an error.
    std::vector<Noted> interrupted;  ///< Acts that the end of the program broke off.
    std::vector<Noted> unfinished;   ///< Acts without an end: under way, or broken off a moment ago.
    /// Releases done that no later consultation or disclosure names as its object.
    std::vector<Noted> unusedReleases;
    std::vector<Noted>
        clockSetBack;  ///< The computer's clock ran behind what the log had seen, by more than 5 minutes.
    /// Openings by a computer with something unprotected; `what` says what. One that stood as this person's last did
    /// is left out.
    std::vector<Noted> unprotected;
};

/// Reads the records of a whole log in order.
Report reportOf(const std::vector<Record>& records, const WorkingHours& hours);

}  // namespace fairlead::audit
