// For core/audit alone: as much of deterministic CBOR (RFC 8949, section 4.2.1) as an entry needs.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::audit {

/// Appends items in their shortest form.
class CborWriter {
public:
    /// An unsigned integer.
    CborWriter& number(std::uint64_t value) { return head(0, value); }
    /// A byte string.
    CborWriter& bytes(std::string_view value);
    /// A text string. REQUIRES: UTF-8, or the text cannot be called CBOR.
    CborWriter& text(std::string_view value);
    /// `pairs` keys and values follow.
    CborWriter& map(std::uint64_t pairs) { return head(5, pairs); }
    /// Everything written; the writer is empty afterwards.
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    CborWriter& head(unsigned major, std::uint64_t value);
    std::string m_out;
};

/// Reads items; nothing once something was not as expected, and from then on.
class CborReader {
public:
    explicit CborReader(std::string_view bytes) : m_rest(bytes) {}
    /// An unsigned integer.
    std::optional<std::uint64_t> number() { return head(0); }
    /// A byte string.
    std::optional<std::string> bytes() { return string(2); }
    /// A text string; its UTF-8 is not judged.
    std::optional<std::string> text() { return string(3); }
    /// The head of a map: how many pairs follow.
    std::optional<std::uint64_t> map() { return head(5); }
    /// True when everything was as expected and nothing is left.
    [[nodiscard]] bool isAtEnd() const { return m_good && m_rest.empty(); }

private:
    std::optional<std::uint64_t> head(unsigned major);
    std::optional<std::string> string(unsigned major);
    std::nullopt_t spoil();
    std::string_view m_rest;
    bool m_good = true;
};

}  // namespace fairlead::audit
