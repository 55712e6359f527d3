// What the users page shows and asks for about recovery sheets and new keys, as values. Filled from the workspace by
// the shell.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/custody/recovery.h"
#include "core/custody/recovery_standing.h"
#include "core/custody/rotate.h"
#include "ui/governance/governance_content.h"

namespace fairlead::ui {

/// How the sheets stand.
struct RecoveryContent {
    std::optional<custody::SheetsStanding> sheets;  ///< Empty: none were made.
};

/// New sheets are wanted.
struct SheetsOrder {
    std::string second;  ///< Who holds the keys; empty: one person alone.
    PassphraseInHand secondPassphrase{};
    std::string further{};  ///< Somebody else whose keys are to be on them; empty: nobody.
    PassphraseInHand furtherPassphrase{};
};

/// Both sheets as typed: four numbered lines each.
struct SheetsTyped {
    PassphraseInHand first;
    PassphraseInHand second;
};

/// Sheets that were made, and which of them is meant.
struct SheetInHand {
    std::shared_ptr<const custody::SheetsMade> sheets;
    int which = 1;  ///< Or 2.
    [[nodiscard]] const crypto::Secret& text() const { return which == 1 ? sheets->first : sheets->second; }
};

/// Everything under new keys is wanted.
struct RotationOrder {
    std::filesystem::path folder;  ///< The new one.
    std::string second{};          ///< The key officer; empty: one person alone.
    PassphraseInHand secondPassphrase{};
};

/// A user by the sheets, for a workspace that nobody opens.
struct RecoveryWanted {
    SheetsTyped sheets;
    std::string firstBearer;   ///< Who brought the first sheet.
    std::string secondBearer;  ///< The second.
    std::string user;
    access::Role role = access::Role::KeyOfficer;
    PassphraseInHand passphrase;
};

}  // namespace fairlead::ui
