#include "core/extract/manifest.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/crypto/keys.h"

namespace fairlead::extract {

namespace {

/// Writes one JSON object, keys in the order they come; the callers keep them sorted.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : m_out(out) { m_out += '{'; }

    void text(std::string_view key, std::string_view value) {
        begin(key);
        appendQuoted(value);
    }
    void number(std::string_view key, std::int64_t value) {
        begin(key);
        m_out += fmt::format("{}", value);
    }
    void flag(std::string_view key, bool value) {
        begin(key);
        m_out += value ? "true" : "false";
    }
    void texts(std::string_view key, const std::vector<std::string>& values) {
        begin(key);
        m_out += '[';
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) m_out += ',';
            appendQuoted(values[i]);
        }
        m_out += ']';
    }
    /// Writes the key; the caller writes the value.
    void begin(std::string_view key) {
        if (!m_first) m_out += ',';
        m_first = false;
        appendQuoted(key);
        m_out += ':';
    }
    void end() { m_out += '}'; }

private:
    /// Escapes what JSON requires and nothing else, so that a text has one spelling.
    void appendQuoted(std::string_view value) {
        m_out += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') {
                m_out += '\\';
                m_out += c;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                m_out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
            } else {
                m_out += c;
            }
        }
        m_out += '"';
    }

    std::string& m_out;
    bool m_first = true;
};

void appendTables(std::string& out, const std::map<std::string, TableDigest>& tables) {
    ObjectWriter writer(out);
    for (const auto& [name, digest] : tables) {
        writer.begin(name);
        ObjectWriter entry(out);
        entry.number("rows", digest.rows);
        entry.text("sha256", digest.sha256);
        entry.end();
    }
    writer.end();
}

void appendSealedKeys(std::string& out, const std::map<std::string, std::string>& keys) {
    ObjectWriter writer(out);
    for (const auto& [fingerprint, box] : keys) writer.text(fingerprint, box);
    writer.end();
}

}  // namespace

std::string Manifest::label() const {
    return fmt::format("{} {} {} (to {})", agency, dataset, sequence, (periodUntil - 1).uk());
}

std::string canonicalJson(const Manifest& manifest) {
    std::string out;
    ObjectWriter writer(out);
    writer.text("agency", manifest.agency);
    writer.text("agreement_ref", manifest.agreementRef);
    writer.text("contact", manifest.contact);
    writer.text("contract", Manifest::kContract);
    writer.text("data_as_at", manifest.dataAsAt.iso());
    writer.text("dataset", manifest.dataset);
    writer.text("dpia_ref", manifest.dpiaRef);
    writer.text("extracted_on", manifest.extractedOn.iso());
    writer.number("file_bytes", static_cast<std::int64_t>(manifest.fileBytes));
    writer.text("file_sha256", manifest.fileSha256);
    writer.texts("gateways", manifest.gateways);
    writer.text("key_mode", manifest.keyMode == KeyMode::Sealed ? "sealed" : "passphrase");
    writer.text("known_gaps", manifest.knownGaps);
    writer.text("lawful_basis", manifest.lawfulBasis);
    writer.flag("one_person_per_row", manifest.onePersonPerRow);
    writer.text("period_from", manifest.periodFrom.iso());
    writer.text("period_until", manifest.periodUntil.iso());
    writer.text("previous_manifest_sha256", manifest.previousManifestSha256);
    writer.text("purpose", manifest.purpose);
    writer.text("regime", manifest.regime);
    writer.text("retain_until", manifest.retainUntil.iso());
    writer.begin("sealed_keys");
    appendSealedKeys(out, manifest.sealedKeys);
    writer.number("sequence", manifest.sequence);
    writer.text("signer", manifest.signerFingerprint);
    writer.begin("tables");
    appendTables(out, manifest.tables);
    writer.end();
    return out;
}

std::string manifestSha256(const Manifest& manifest) { return hex(crypto::sha256(canonicalJson(manifest))); }

}  // namespace fairlead::extract
