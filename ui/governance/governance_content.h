// What the users page shows and asks for, as values. Filled from the workspace by the shell.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/access/header.h"
#include "core/crypto/keys.h"

namespace fairlead::ui {

/// Who may open the workspace.
struct UsersContent {
    std::vector<access::Principal> users;  ///< In the order in which they came; those who left too.
    std::string self;                      ///< The id of the one who opened it.
    bool rolesSeparated = false;
    bool mayManage = false;    ///< The one who opened it is a key officer.
    bool mayRecover = false;   ///< And looks after the recovery sheets.
    bool mayRotate = false;    ///< Has everything put under new keys.
    bool isAlone = false;      ///< One person with every role: no second person is needed.
    std::uintmax_t bytes = 0;  ///< Of both files and the log.
};

/// A passphrase on its way to the thread that derives a key of it.
using PassphraseInHand = std::shared_ptr<const crypto::Secret>;

/// A change of who may open the workspace.
struct UserChange {
    /// What is changed.
    enum class Kind : std::uint8_t { Add, ChangeRoles, Retire, OwnPassphrase };
    Kind kind = Kind::Add;
    std::string user{};             ///< Its name; empty for one's own passphrase.
    access::Roles roles{};          ///< To add and to change.
    PassphraseInHand passphrase{};  ///< To add: the user's. One's own: the one of now.
    PassphraseInHand next{};        ///< One's own: the one to be.
    std::string second{};           ///< The other person of a two-person act; empty: one person alone.
    PassphraseInHand secondPassphrase{};
};

}  // namespace fairlead::ui
