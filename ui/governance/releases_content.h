// What the page of releases shows and asks for, as values. Filled from the workspace by the shell.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/access/header.h"
#include "core/base/date.h"
#include "core/record/ids.h"
#include "core/release/involvement.h"
#include "core/release/release.h"
#include "ui/governance/governance_content.h"

namespace fairlead::ui {

/// What the last act came to.
struct ReleaseOutcome {
    std::int64_t number = 0;                ///< Of the involvement or release.
    std::size_t named = 0;                  ///< Names released.
    std::size_t unnamed = 0;                ///< Persons of whom no record has a name.
    std::vector<std::int64_t> withdrawn{};  ///< Releases that went with an involvement.
};

/// Something to choose from a list.
struct Choice {
    std::string id;
    std::string words;
};

/// Involvements and releases. Who may make none sees their own.
struct ReleasesContent {
    bool mayRelease = false;
    bool mayBeAlone = false;  ///< One person with every role signs alone.
    Date today;               ///< By which things end.
    UsersContent who;         ///< May open the workspace.
    std::vector<release::Involvement> involvements;
    std::vector<release::ReleaseEntry> releases;
    std::vector<Choice> gateways;  ///< That carry a disclosure today, with the law; all that involvements name besides.
    std::vector<Choice> schools;   ///< By URN.
    std::optional<ReleaseOutcome> outcome{};
};

/// Something done about releases.
struct ReleaseAct {
    /// What is done.
    enum class Kind : std::uint8_t { Involve, EndInvolvement, Release, Withdraw };
    Kind kind = Kind::Involve;
    release::InvolvementWanted involvement{};  ///< Involve; the child is said by the two below.
    record::SchoolUrn school{};                ///< Involve.
    std::string pupil{};                       ///< Involve: the letter that stands for the child there.
    release::ReleaseWanted release{};          ///< Release.
    std::int64_t number = 0;                   ///< What is withdrawn.
    std::string reason{};                      ///< Why it is withdrawn.
    std::string second{};                      ///< Release: who signs too; empty: one person alone.
    PassphraseInHand secondPassphrase{};
};

}  // namespace fairlead::ui
