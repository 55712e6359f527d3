#include <array>
#include <limits>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/extract/manifest.h"

namespace fairlead::extract {

namespace {

namespace json = boost::json;

/// Takes typed values out of one object; the first thing that is wrong sticks.
class ObjectReader {
public:
    explicit ObjectReader(const json::object& object) : m_object(object) {}

    std::string text(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return {};
        const auto* text = value->if_string();
        if (text == nullptr) return wrong(key, "is not a text"), std::string();
        return {text->data(), text->size()};
    }

    std::int64_t number(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return 0;
        const auto* number = value->if_int64();
        if (number == nullptr) return wrong(key, "is not an integer"), 0;
        return *number;
    }

    bool flag(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return false;
        const auto* flag = value->if_bool();
        if (flag == nullptr) return wrong(key, "is neither true nor false"), false;
        return *flag;
    }

    Date date(std::string_view key) {
        const auto iso = text(key);
        const auto date = Date::fromIso(iso);
        if (!date) wrong(key, "is not a date YYYY-MM-DD");
        return date.value_or(Date{});
    }

    std::vector<std::string> texts(std::string_view key) {
        std::vector<std::string> texts;
        const auto* value = find(key);
        const auto* array = value == nullptr ? nullptr : value->if_array();
        if (value != nullptr && array == nullptr) wrong(key, "is not a list");
        if (array == nullptr) return texts;
        for (const auto& item : *array) {
            const auto* text = item.if_string();
            if (text == nullptr) return wrong(key, "holds something that is not a text"), texts;
            texts.emplace_back(text->data(), text->size());
        }
        return texts;
    }

    const json::object* object(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return nullptr;
        const auto* object = value->if_object();
        if (object == nullptr) wrong(key, "is not an object");
        return object;
    }

    void wrong(std::string_view key, std::string_view what) {
        if (!m_problem) m_problem = fmt::format("key {} {}", key, what);
    }

    /// Every key has been asked for once: another key in the object is unknown.
    [[nodiscard]] std::optional<std::string> problem() const {
        if (m_problem) return m_problem;
        if (m_object.size() != m_asked) return "a key that the contract does not have";
        return std::nullopt;
    }

private:
    const json::value* find(std::string_view key) {
        ++m_asked;
        const auto* value = m_object.if_contains(json::string_view(key.data(), key.size()));
        if (value == nullptr) wrong(key, "is missing");
        return value;
    }

    const json::object& m_object;
    std::optional<std::string> m_problem;
    std::size_t m_asked = 0;
};

void readTables(ObjectReader& reader, Manifest& manifest) {
    const auto* tables = reader.object("tables");
    if (tables == nullptr) return;
    for (const auto& entry : *tables) {
        const std::string name(entry.key().data(), entry.key().size());
        const auto* object = entry.value().if_object();
        if (object == nullptr) return reader.wrong("tables", "holds something that is not an object");
        ObjectReader digest(*object);
        auto& table = manifest.tables[name];
        table.rows = digest.number("rows");
        table.sha256 = digest.text("sha256");
        if (digest.problem()) return reader.wrong("tables", "has an entry without rows and sha256");
    }
}

void readSealedKeys(ObjectReader& reader, Manifest& manifest) {
    const auto* keys = reader.object("sealed_keys");
    if (keys == nullptr) return;
    for (const auto& entry : *keys) {
        const auto* box = entry.value().if_string();
        if (box == nullptr) return reader.wrong("sealed_keys", "holds something that is not a text");
        manifest.sealedKeys.emplace(std::string(entry.key().data(), entry.key().size()),
                                    std::string(box->data(), box->size()));
    }
}

void readKeyMode(ObjectReader& reader, Manifest& manifest) {
    const auto mode = reader.text("key_mode");
    manifest.keyMode = mode == "passphrase" ? KeyMode::Passphrase : KeyMode::Sealed;
    if (mode != "passphrase" && mode != "sealed") reader.wrong("key_mode", "is neither sealed nor passphrase");
}

Manifest readFields(ObjectReader& reader) {
    Manifest manifest;
    if (reader.text("contract") != Manifest::kContract) reader.wrong("contract", "is not fairlead-extract/1");
    manifest.agency = reader.text("agency");
    manifest.dataset = reader.text("dataset");
    manifest.sequence = reader.number("sequence");
    manifest.previousManifestSha256 = reader.text("previous_manifest_sha256");
    manifest.periodFrom = reader.date("period_from");
    manifest.periodUntil = reader.date("period_until");
    manifest.dataAsAt = reader.date("data_as_at");
    manifest.extractedOn = reader.date("extracted_on");
    manifest.retainUntil = reader.date("retain_until");
    manifest.purpose = reader.text("purpose");
    manifest.regime = reader.text("regime");
    manifest.gateways = reader.texts("gateways");
    manifest.agreementRef = reader.text("agreement_ref");
    manifest.dpiaRef = reader.text("dpia_ref");
    manifest.lawfulBasis = reader.text("lawful_basis");
    manifest.contact = reader.text("contact");
    manifest.knownGaps = reader.text("known_gaps");
    manifest.onePersonPerRow = reader.flag("one_person_per_row");
    readTables(reader, manifest);
    const auto bytes = reader.number("file_bytes");
    if (bytes < 0) reader.wrong("file_bytes", "is negative");
    manifest.fileBytes = static_cast<std::uint64_t>(bytes);
    manifest.fileSha256 = reader.text("file_sha256");
    readKeyMode(reader, manifest);
    readSealedKeys(reader, manifest);
    manifest.signerFingerprint = reader.text("signer");
    return manifest;
}

}  // namespace

Result<Manifest> parseManifest(std::string_view text, std::string_view subject) {
    boost::system::error_code error;
    json::parse_options limits;
    limits.max_depth = 4;
    const auto value = json::parse(json::string_view(text.data(), text.size()), error, {}, limits);
    if (error) return fail(ErrorCode::ManifestInvalid, std::string(subject), "not JSON");
    const auto* object = value.if_object();
    if (object == nullptr) return fail(ErrorCode::ManifestInvalid, std::string(subject), "not a JSON object");
    ObjectReader reader(*object);
    auto manifest = readFields(reader);
    if (const auto problem = reader.problem()) return fail(ErrorCode::ManifestInvalid, std::string(subject), *problem);
    // One manifest has one spelling: the signature and the chain of hashes are over bytes.
    if (canonicalJson(manifest) != text) {
        return fail(ErrorCode::ManifestInvalid, std::string(subject),
                    "not in canonical form (sorted keys, no white space)");
    }
    return manifest;
}

}  // namespace fairlead::extract
