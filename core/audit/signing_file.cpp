#include "core/audit/signing_file.h"

#include <algorithm>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/file.h"

namespace fairlead::audit {

namespace {

constexpr std::string_view kContext = "fairlead audit signing key 1";
constexpr std::size_t kSecretBytes = 64;
constexpr std::uintmax_t kMaxFileBytes = 4096;

/// The bytes that a file had, held by its descriptor while another file takes its name.
class OldBytes {
public:
    explicit OldBytes(const std::filesystem::path& file)
        : m_fd(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    ~OldBytes() {
        if (m_fd >= 0) ::close(m_fd);
    }
    OldBytes(const OldBytes&) = delete;
    OldBytes& operator=(const OldBytes&) = delete;

    /// As far as the file system lets us: the file has no name any more, so a failure leaves nothing to mend.
    void overwrite() const {
        const auto size = m_fd >= 0 ? ::lseek(m_fd, 0, SEEK_END) : 0;
        if (size <= 0) return;
        const std::string zeros(static_cast<std::size_t>(size), '\0');
        if (::pwrite(m_fd, zeros.data(), zeros.size(), 0) > 0) static_cast<void>(::fdatasync(m_fd));
    }

private:
    int m_fd;
};

}  // namespace

Status keepSigningKeys(const std::filesystem::path& file, const std::vector<const crypto::SignKeyPair*>& pairs,
                       const crypto::Secret& sealing) {
    crypto::Secret plain(pairs.size() * kSecretBytes);
    auto* to = plain.data();
    for (const auto* pair : pairs) to = std::ranges::copy(pair->secretKey.view(), to).out;
    const OldBytes old(file);
    FAIRLEAD_OK(writeFileAtomically(file, crypto::encrypt(plain.view(), kContext, sealing)));
    old.overwrite();
    return {};
}

Result<std::vector<crypto::SignKeyPair>> readSigningKeys(const std::filesystem::path& file,
                                                         const crypto::Secret& sealing) {
    FAIRLEAD_TRY(const auto bytes, readFile(file, kMaxFileBytes));
    FAIRLEAD_TRY(const auto plain, crypto::decrypt(bytes, kContext, sealing));
    std::vector<crypto::SignKeyPair> pairs;
    for (auto rest = plain.view(); !rest.empty(); rest.remove_prefix(kSecretBytes)) {
        if (rest.size() < kSecretBytes) return fail(ErrorCode::Corrupt, "audit log", "the signing key's size");
        auto pair = crypto::SignKeyPair::fromSecret(crypto::Secret::copyOf(rest.substr(0, kSecretBytes)));
        if (!pair) return fail(ErrorCode::Corrupt, "audit log", "the signing key");
        pairs.push_back(std::move(*pair));
    }
    return pairs;
}

}  // namespace fairlead::audit
