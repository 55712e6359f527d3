// What the retention page shows and asks for, as values. Filled from the workspace by the shell.

#pragma once

#include <string>
#include <vector>

#include "core/custody/certificate.h"
#include "core/custody/purge.h"
#include "core/custody/retention.h"
#include "ui/governance/governance_content.h"

namespace fairlead::ui {

/// Until when deliveries may be kept, and those that were purged.
struct RetentionContent {
    std::vector<custody::DeliveryEnd> deliveries;  ///< By agency, dataset and number.
    std::vector<custody::PastPurge> purges;        ///< The latest first.
    UsersContent users;                            ///< Who else there is.
    bool mayPurge = false;                         ///< The one who opened it hands over the new keys.
    bool mayBackUp = false;                        ///< The one who opened it copies the workspace.
    bool mayAlone = false;                         ///< And signs them too: one person with every role.
};

/// A purge that is wanted.
struct PurgeOrder {
    std::vector<record::DeliveryId> deliveries;
    std::string reason;
    std::string second{};  ///< The key officer; empty: one person alone.
    PassphraseInHand secondPassphrase{};
};

}  // namespace fairlead::ui
