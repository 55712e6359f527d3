// People who open one header in tests.

#pragma once

#include <string>
#include <string_view>

#include "core/access/users.h"
#include "tests/support/results.h"

namespace fairlead::test {

inline const auto kCheapKdf = access::KdfPolicy::forTests();

inline std::string passphraseOf(std::string_view name) { return std::string(name) + " walks the long way home"; }

/// A workspace's header with its founder, and the users that a test adds.
struct Team {
    access::FileKeys keys;
    std::string header;

    Team() {
        keys.core = crypto::Secret::random(48);
        keys.identity = crypto::Secret::random(48);
        keys.audit = crypto::Secret::random(32);
        header = valueOf(
            access::createHeader("Founder", passphraseOf("Founder"), keys, access::KdfPolicy::testCost(), kCheapKdf));
    }
    [[nodiscard]] access::Keyring open(std::string_view name) const {
        return valueOf(access::unlock(header, {passphraseOf(name), name}, kCheapKdf));
    }
    [[nodiscard]] Result<std::string> added(std::string_view officer, std::string_view holder, std::string_view name,
                                            const access::Roles& roles) const {
        const access::Keyring first = open(officer), second = open(holder);
        const std::string passphrase = passphraseOf(name);
        return access::addUser(
            header, {first, second},
            {.name = name, .roles = roles, .passphrase = passphrase, .cost = access::KdfPolicy::testCost()}, kCheapKdf);
    }
    [[nodiscard]] Result<std::string> changed(std::string_view officer, std::string_view holder, std::string_view name,
                                              const access::Roles& roles) const {
        const access::Keyring first = open(officer), second = open(holder);
        return access::changeRoles(header, {first, second}, name, roles);
    }
    [[nodiscard]] Result<std::string> retired(std::string_view officer, std::string_view name) const {
        return access::retireUser(header, open(officer), name);
    }
    [[nodiscard]] bool rolesSeparated() const { return valueOf(access::inspect(header)).rolesSeparated; }
};

}  // namespace fairlead::test
