#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <termios.h>
#include <unistd.h>

#include "app/cli/output.h"
#include "core/base/file.h"

namespace fairlead::cli {

namespace {

/// The terminal without echo; Ctrl-C interrupts the reading instead of ending the program with echo off.
class SilentTerminal {
public:
    SilentTerminal() : m_file(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (m_file < 0 || ::tcgetattr(m_file, &m_before) != 0) return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_isSilent = ::tcsetattr(m_file, TCSAFLUSH, &silent) == 0;
        struct sigaction interrupt{};
        interrupt.sa_handler = [](int) {};
        ::sigaction(SIGINT, &interrupt, &m_interruptBefore);
    }
    ~SilentTerminal() {
        if (m_isSilent) {
            ::tcsetattr(m_file, TCSAFLUSH, &m_before);
            ::sigaction(SIGINT, &m_interruptBefore, nullptr);
        }
        if (m_file >= 0) ::close(m_file);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    /// Errors: InvalidArgument without a terminal, Cancelled.
    Result<crypto::Secret> ask(std::string_view question) const {
        if (!m_isSilent)
            return fail(ErrorCode::InvalidArgument, "passphrase", "no terminal to ask at; give --passphrase-file");
        const std::string prompt = fmt::format("{}: ", question);
        if (::write(m_file, prompt.data(), prompt.size()) < 0) return fail(ErrorCode::Io, "terminal");
        std::array<char, 1024> line{};
        const ssize_t length = ::read(m_file, line.data(), line.size());
        if (::write(m_file, "\n", 1) < 0 || length < 0) return fail(ErrorCode::Cancelled, "passphrase");
        const auto end = std::find(line.begin(), line.begin() + length, '\n');
        auto secret = crypto::Secret::copyOf({line.data(), static_cast<std::size_t>(end - line.begin())});
        ::sodium_memzero(line.data(), line.size());
        return secret;
    }

private:
    int m_file;
    bool m_isSilent = false;
    termios m_before{};
    struct sigaction m_interruptBefore{};
};

Result<crypto::Secret> fromFile(const std::filesystem::path& file) {
    constexpr std::uintmax_t kLongest = 4096;
    FAIRLEAD_TRY(std::string text, readFile(file, kLongest));
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    auto secret = crypto::Secret::copyOf({text.data(), end});
    ::sodium_memzero(text.data(), text.size());
    return secret;
}

Result<crypto::Secret> notEmpty(crypto::Secret passphrase) {
    if (passphrase.size() == 0) return fail(ErrorCode::InvalidArgument, "passphrase", "it is empty");
    return passphrase;
}

}  // namespace

Result<crypto::Secret> askPassphrase(std::string_view question, bool isNew) {
    SilentTerminal terminal;
    FAIRLEAD_TRY(auto passphrase, terminal.ask(question));
    if (isNew) {
        FAIRLEAD_TRY(const auto again, terminal.ask("The same again"));
        if (passphrase.view() != again.view())
            return fail(ErrorCode::InvalidArgument, "passphrase", "the two do not agree");
    }
    return notEmpty(std::move(passphrase));
}

Result<crypto::Secret> readPassphrase(const std::filesystem::path& file, std::string_view question, bool isNew) {
    std::filesystem::path from = file;
    if (const char* variable = std::getenv("FAIRLEAD_PASSPHRASE_FILE"); from.empty() && variable != nullptr)
        from = variable;
    if (from.empty()) return askPassphrase(question, isNew);
    FAIRLEAD_TRY(auto passphrase, fromFile(from));
    return notEmpty(std::move(passphrase));
}

}  // namespace fairlead::cli
