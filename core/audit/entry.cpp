#include "core/audit/entry.h"

#include <algorithm>
#include <array>

#include "core/audit/cbor.h"
#include "core/base/text.h"

namespace fairlead::audit {

namespace {

constexpr std::uint64_t kFormat = 3;
constexpr std::uint64_t kFields = 18;
constexpr std::size_t kCertificateBytes = 96;  // a public key and a signature
constexpr std::size_t kMaxDetails = 1000;

constexpr std::array<std::string_view, 11> kVerbs = {"collection",  "alteration", "consultation", "disclosure",
                                                     "combination", "erasure",    "approval",     "release",
                                                     "denied",      "tail_cut",   "key_change"};
constexpr std::array<std::string_view, 4> kStates = {"intent", "done", "failed", "note"};

std::unexpected<Error> corrupt(std::string detail) { return fail(ErrorCode::Corrupt, "audit log", std::move(detail)); }

/// Reads the fields in the order in which they stand; remembers whether each was there.
class Fields {
public:
    explicit Fields(std::string_view bytes) : m_reader(bytes), m_good(m_reader.map() == kFields) {}

    std::uint64_t number() { return value(&CborReader::number); }
    std::string bytes() { return value(&CborReader::bytes); }
    std::string text() { return value(&CborReader::text); }
    [[nodiscard]] bool isComplete() const { return m_good && m_reader.isAtEnd(); }

private:
    template <typename T>
    T value(std::optional<T> (CborReader::*read)()) {
        const auto key = m_reader.number();
        auto found = (m_reader.*read)();
        m_good = m_good && key == ++m_key && found.has_value();
        return std::move(found).value_or(T{});
    }
    CborReader m_reader;
    std::uint64_t m_key = 0;
    bool m_good;
};

bool isDigest(const std::string& bytes) { return bytes.empty() || bytes.size() == 32; }

/// Key changes have one, and are notes about nothing; nothing else has.
bool isCertificateSound(const Record& record) {
    if (record.entry.verb != Verb::KeyChange) return record.certificate.empty();
    return record.certificate.size() == kCertificateBytes && record.entry.state == State::Note &&
           record.entry.about == 0;
}

bool isSound(const Record& record, std::uint64_t verb, std::uint64_t state) {
    return verb >= 1 && verb <= kVerbs.size() && state >= 1 && state <= kStates.size() && record.wallMs >= 0 &&
           record.maxSeenMs >= record.wallMs && record.session.size() == 16 && record.previousLeaf.size() == 32 &&
           isValidUtf8(record.entry.actor) && isValidUtf8(record.entry.secondActor) && isValidUtf8(record.entry.role) &&
           isDigest(record.entry.purposeSha256) && isDigest(record.entry.objectSha256) &&
           isDigest(record.entry.subjectsSha256) && isCertificateSound(record);
}

}  // namespace

std::string_view name(Verb verb) { return kVerbs.at(static_cast<std::size_t>(verb) - 1); }
std::string_view name(State state) { return kStates.at(static_cast<std::size_t>(state) - 1); }

std::string encode(const Record& record) {
    const Entry& entry = record.entry;
    CborWriter out;
    out.map(kFields);
    out.number(1).number(kFormat);
    out.number(2).number(record.sequence);
    out.number(3).number(static_cast<std::uint64_t>(record.wallMs));
    out.number(4).number(static_cast<std::uint64_t>(record.maxSeenMs));
    out.number(5).bytes(record.session);
    out.number(6).text(entry.actor);
    out.number(7).text(entry.secondActor);
    out.number(8).text(entry.role);
    out.number(9).number(static_cast<std::uint64_t>(entry.verb) * 16 + static_cast<std::uint64_t>(entry.state));
    out.number(10).bytes(entry.purposeSha256);
    out.number(11).number(entry.subjectCount);
    out.number(12).bytes(entry.subjectsSha256);
    out.number(13).bytes(entry.objectSha256);
    out.number(14).number(entry.about);
    out.number(15).bytes(record.sealedDetails);
    out.number(16).bytes(record.previousLeaf);
    out.number(17).bytes(record.certificate);
    out.number(18).bytes(record.sealedMarks);
    return out.take();
}

Result<Record> decode(std::string_view bytes) {
    CborReader peek(bytes);
    if (peek.map() && peek.number() == 1U) {
        const auto format = peek.number();
        if (format && *format > kFormat) return fail(ErrorCode::NewerFormat, "audit log");
        if (format && *format < kFormat) return corrupt("an entry of a format before the first release");
    }
    Fields fields(bytes);
    Record record;
    Entry& entry = record.entry;
    const auto format = fields.number();
    record.sequence = fields.number();
    record.wallMs = static_cast<std::int64_t>(fields.number());
    record.maxSeenMs = static_cast<std::int64_t>(fields.number());
    record.session = fields.bytes();
    entry.actor = fields.text();
    entry.secondActor = fields.text();
    entry.role = fields.text();
    const auto what = fields.number();
    entry.verb = static_cast<Verb>(what / 16);
    entry.state = static_cast<State>(what % 16);
    entry.purposeSha256 = fields.bytes();
    entry.subjectCount = fields.number();
    entry.subjectsSha256 = fields.bytes();
    entry.objectSha256 = fields.bytes();
    entry.about = fields.number();
    record.sealedDetails = fields.bytes();
    record.previousLeaf = fields.bytes();
    record.certificate = fields.bytes();
    record.sealedMarks = fields.bytes();
    if (!fields.isComplete() || format != kFormat || !isSound(record, what / 16, what % 16)) {
        return corrupt("an entry cannot be read");
    }
    // Deterministic: what we would not have written so is not ours.
    if (encode(record) != bytes) return corrupt("an entry is not in canonical form");
    return record;
}

std::string encodeDetails(const std::map<std::string, std::string>& details) {
    CborWriter out;
    out.map(details.size());
    for (const auto& [key, value] : details) out.text(key).text(value);
    return out.take();
}

Result<std::map<std::string, std::string>> decodeDetails(std::string_view bytes) {
    CborReader reader(bytes);
    const auto count = reader.map();
    if (!count || *count > kMaxDetails) return corrupt("details cannot be read");
    std::map<std::string, std::string> details;
    for (std::uint64_t i = 0; i < *count; ++i) {
        auto key = reader.text();
        auto value = reader.text();
        if (!key || !value) return corrupt("details cannot be read");
        details.emplace(std::move(*key), std::move(*value));
    }
    if (!reader.isAtEnd() || encodeDetails(details) != bytes) return corrupt("details are not in canonical form");
    return details;
}

}  // namespace fairlead::audit
