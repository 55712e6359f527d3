// Recovery: the workspace's keys for two sheets of paper, both needed (resources/docs/decisions/0012-...). Values
// alone: the file's bytes, the sheets' texts.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/users.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"

namespace fairlead::access {

/// What is printed, sheet by sheet: 32 bytes each, of which one alone tells nothing.
struct RecoverySheets {
    crypto::Secret first;
    crypto::Secret second;
};

/// Sheets and the file that they open.
struct RecoveryMade {
    RecoverySheets sheets;
    std::string file;
    std::vector<FileKey> keys;  ///< That those who made it hold between them; the others are not in it.
};

/// New sheets for every key that the two authors hold, and `further` where there is one: somebody else who hands over
/// keys, and signs too. A steward and an auditor hold all keys between them. Errors: as addUser() for authors, Corrupt.
Result<RecoveryMade> makeRecovery(std::string_view header, const Authors& authors, const Keyring* further = nullptr);

/// What the file says without the sheets: which keys they open, and the ids of those who signed it.
struct RecoveryFace {
    std::vector<FileKey> keys;
    std::string officer;
    std::string holder;
    std::string further;  ///< Empty where nobody else did.
};

/// Errors: as openRecovery(), but for WrongKey.
Result<RecoveryFace> inspectRecovery(std::string_view file, std::string_view header);

/// What the sheets give.
struct RecoveredKeys {
    FileKeys keys;  ///< Those that were at hand when the sheets were made.
    crypto::Secret headerKey;
    crypto::SealPublicKey auditReadKey;  ///< Of the header.
    std::string workspaceId;
};

/// Opens the file. Errors: WrongKey (the sheets do not belong together, or not to this file), Corrupt (file or header,
/// or the file is of another workspace), NewerFormat, OlderFormat.
Result<RecoveredKeys> openRecovery(std::string_view file, std::string_view header, const RecoverySheets& sheets);

/// A header with a new user.
struct RecoveredUser {
    std::string header;
    std::string id;  ///< Of the user.
};

/// A user by the sheets' authority, with the keys that the roles need. Errors: as addUser(); Denied when a key that the
/// roles need is not among those recovered; Corrupt when the keys are not this header's.
Result<RecoveredUser> recoverUser(std::string_view header, const RecoveredKeys& recovered, const NewUser& user,
                                  KdfPolicy policy = KdfPolicy::normal());

/// A sheet as it is printed and typed: four numbered lines of four groups of four, check characters in each.
/// `which`: 1 or 2.
crypto::Secret printSheet(const crypto::Secret& sheet, int which);
/// Reads one, with whatever stands around the four lines; 0 for O and 1 for I are taken. Errors: InvalidArgument,
/// naming the sheet ("sheet 1") and the line that is missing or mistyped, or that it is the other sheet.
Result<crypto::Secret> readSheet(std::string_view text, int which);

}  // namespace fairlead::access
