// Manifests: every key missing, of another type, with a value out of its form; signatures; what the manifest promises.

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/extract/file_key.h"
#include "core/extract/manifest_file.h"
#include "tests/hostile/known_bad.h"

namespace fairlead::hostile {

namespace {

namespace json = boost::json;
using enum ErrorCode;

std::string jsonOf(const Delivery& delivery) { return extract::canonicalJson(delivery.manifest); }

void addKeys(KnownBad& set) {
    const auto& base = set.good("police");
    const auto good = json::parse(jsonOf(base)).as_object();
    const auto add = [&](std::string_view what, const json::object& object) {
        set.manifest(what, ManifestInvalid, set.supplier().signedText(json::serialize(object), "police"), base);
    };
    for (const auto& entry : good) {
        const std::string key(entry.key());
        const auto with = [&](std::string_view what, const json::value& value) {
            auto changed = good;
            changed[key] = value;
            if (changed != good) add(fmt::format("manifest-{}-{}", key, what), changed);
        };
        json::object without;
        for (const auto& other : good)
            if (other.key() != entry.key()) without[other.key()] = other.value();
        add(fmt::format("manifest-{}-missing", key), without);
        with("null", nullptr);
        with("number", -7);
        with("fraction", 1.5);
        with("list", json::array{json::array{}});
        with("object", json::object{{"a", 1}});
        with("control-character", json::string("a\x01"));
        with("direction-character", json::string("a\xE2\x80\xAE"));
        with("long-text", json::string(5000, 'x'));
    }
    auto more = good;
    more["zzz"] = "";
    add("manifest-key-more", more);
}

void addTexts(KnownBad& set) {
    const auto& base = set.good("police");
    const auto good = jsonOf(base);
    const auto add = [&](std::string_view what, std::string_view jsonText) {
        set.manifest(fmt::format("manifest-text-{}", what), ManifestInvalid,
                     set.supplier().signedText(jsonText, "police"), base);
    };
    add("empty", "");
    add("nothing", "{}");
    add("list", "[]");
    add("null", "null");
    add("not-closed", std::string_view(good).substr(0, good.size() - 1));
    add("closed-twice", good + "}");
    add("blank-before", " " + good);
    add("blank-after", good + " ");
    add("byte-order-mark", "\xEF\xBB\xBF" + good);
    add("not-UTF-8", "\xFF" + good);
    add("NUL", std::string_view("{\0}", 3));
    add("key-twice", "{\"agency\":\"police\"," + good.substr(1));
    add("comment", "/**/" + good);
    add("deep", std::string(5000, '[') + std::string(5000, ']'));
    add("two-objects", good + good);
    add("noise", crypto::base64(crypto::randomBytes(2000)));
    auto exponent = good;
    exponent.replace(exponent.find("\"sequence\":1"), 12, "\"sequence\":1e0");
    add("exponent", exponent);
    auto escaped = good;
    escaped.replace(escaped.find("police"), 6, "\\u0070olice");
    add("escaped-letter", escaped);
    set.manifest("manifest-file-empty", ManifestInvalid, "", base);
    set.manifest("manifest-file-one-line-end", ManifestInvalid, "\n", base);
    set.manifest("manifest-file-no-line-end", ManifestInvalid, good, base);
    set.manifest("manifest-file-of-3-MB", ManifestInvalid, std::string(3'000'000, 'x'), base);
    set.manifest("manifest-file-CRLF", ManifestInvalid, good + "\r\n", base);
}

void addClaims(KnownBad& set) {
    using extract::Manifest;
    const auto add = [&](std::string_view what, ErrorCode refusal, const std::function<void(Manifest&)>& change) {
        set.edit(fmt::format("manifest-says-{}", what), refusal, "police", change);
    };
    for (const std::string_view bad : {"Police", "", "health ", "fire", "police\n", "../police"}) {
        add(fmt::format("agency-{}", set.count()), ManifestInvalid, [&](Manifest& m) { m.agency = bad; });
    }
    for (const std::string_view bad : {"", "Upper", "1st", "a b", "a/b", "a.b", "a-b", "_a"}) {
        add(fmt::format("dataset-{}", set.count()), ManifestInvalid, [&](Manifest& m) { m.dataset = bad; });
        add(fmt::format("purpose-{}", set.count()), ManifestInvalid, [&](Manifest& m) { m.purpose = bad; });
        add(fmt::format("gateway-{}", set.count()), ManifestInvalid,
            [&](Manifest& m) { m.gateways = {std::string(bad)}; });
    }
    add("dataset-of-65", ManifestInvalid, [](Manifest& m) { m.dataset = std::string(65, 'a'); });
    add("sequence-0", ManifestInvalid, [](Manifest& m) { m.sequence = 0; });
    add("sequence-negative", ManifestInvalid, [](Manifest& m) { m.sequence = -1; });
    add("no-gateway", ManifestInvalid, [](Manifest& m) { m.gateways.clear(); });
    add("33-gateways", ManifestInvalid, [](Manifest& m) { m.gateways.assign(33, "common_law_policing"); });
    add("gateway-not-in-force", GatewayNotInForce, [](Manifest& m) { m.gateways = {"magna_carta_1215"}; });
    add("one-gateway-not-in-force", GatewayNotInForce,
        [](Manifest& m) { m.gateways.emplace_back("magna_carta_1215"); });
    add("regime", ManifestInvalid, [](Manifest& m) { m.regime = "none"; });
    add("previous-short", ManifestInvalid, [](Manifest& m) { m.previousManifestSha256 = "ab"; });
    add("hash-capitals", ManifestInvalid, [](Manifest& m) { m.fileSha256 = upperAscii(m.fileSha256) + "A"; });
    add("retained-until-yesterday", RetentionExpired,
        [](Manifest& m) { m.retainUntil = *Date::fromIso("2026-06-23"); });
    add("retained-until-long-ago", RetentionExpired, [](Manifest& m) { m.retainUntil = *Date::fromIso("1990-01-01"); });
    add("period-empty", PeriodInvalid, [](Manifest& m) { m.periodUntil = m.periodFrom; });
    add("period-backwards", PeriodInvalid, [](Manifest& m) { m.periodUntil = m.periodFrom - 1; });
    add("as-at-before-period", PeriodInvalid, [](Manifest& m) { m.dataAsAt = m.periodFrom - 1; });
    add("extracted-before-period", PeriodInvalid, [](Manifest& m) { m.extractedOn = m.periodFrom - 1; });
    add("bytes-more", HashMismatch, [](Manifest& m) { m.fileBytes += 1; });
    add("bytes-0", HashMismatch, [](Manifest& m) { m.fileBytes = 0; });
    add("hash-other", HashMismatch, [](Manifest& m) { m.fileSha256 = hex(crypto::sha256("x")); });
    add("no-tables", ManifestInvalid, [](Manifest& m) { m.tables.clear(); });
    add("unknown-table", ManifestInvalid, [](Manifest& m) { m.tables["notes"] = m.tables.begin()->second; });
    add("table-of-another-agency", ManifestInvalid, [](Manifest& m) { m.tables["roll"] = m.tables.begin()->second; });
}

void addPromises(KnownBad& set) {
    using extract::Manifest;
    for (const auto& table : extract::contractTables()) {
        const std::string key(table.name);
        const auto& agency = set.goodWith(table).manifest.agency;
        const auto add = [&](std::string_view what, ErrorCode refusal, const std::function<void(Manifest&)>& change) {
            set.edit(fmt::format("manifest-says-{}-{}", key, what), refusal, agency, change);
        };
        add("one-row-more", RowCountMismatch, [&](Manifest& m) { m.tables[key].rows += 1; });
        add("one-row-less", RowCountMismatch, [&](Manifest& m) { m.tables[key].rows -= 1; });
        add("no-rows", RowCountMismatch, [&](Manifest& m) { m.tables[key].rows = 0; });
        add("all-rows-there-are", RowCountMismatch, [&](Manifest& m) { m.tables[key].rows = INT64_MAX; });
        add("negative-rows", ManifestInvalid, [&](Manifest& m) { m.tables[key].rows = -1; });
        add("another-digest", HashMismatch, [&](Manifest& m) { m.tables[key].sha256 = hex(crypto::sha256("x")); });
        add("no-digest", ManifestInvalid, [&](Manifest& m) { m.tables[key].sha256 = ""; });
        add("nothing", ExtractSchema, [&](Manifest& m) { m.tables.erase(key); });
    }
}

void addSealing(KnownBad& set) {
    using extract::Manifest;
    const auto& base = set.good("police");
    const auto unit = crypto::fingerprint(set.supplier().unit().publicKey);
    const auto add = [&](std::string_view what, ErrorCode refusal, const std::function<void(Manifest&)>& change) {
        set.edit(fmt::format("sealing-{}", what), refusal, "police", change);
    };
    const auto box = [&](std::string_view text) {
        return crypto::base64(crypto::seal(text, set.supplier().unit().publicKey));
    };
    add("no-box", ManifestInvalid, [](Manifest& m) { m.sealedKeys.clear(); });
    add("for-another-unit", WrongKey,
        [&](Manifest& m) { m.sealedKeys = {{std::string(32, 'a'), m.sealedKeys.begin()->second}}; });
    add("box-of-nothing", ManifestInvalid, [&](Manifest& m) { m.sealedKeys[unit] = box(""); });
    add("box-of-noise", ManifestInvalid, [&](Manifest& m) { m.sealedKeys[unit] = box(std::string(90, 'k')); });
    add("box-not-base64", ManifestInvalid, [&](Manifest& m) { m.sealedKeys[unit] = "!!!"; });
    add("box-empty", WrongKey, [&](Manifest& m) { m.sealedKeys[unit] = ""; });
    add("box-changed", WrongKey,
        [&](Manifest& m) { m.sealedKeys[unit][5] = m.sealedKeys[unit][5] == 'A' ? 'B' : 'A'; });
    add("box-of-another-delivery", ManifestInvalid, [](Manifest& m) { m.sequence = 2; });
    add("box-of-another-dataset", ManifestInvalid, [](Manifest& m) { m.dataset = "other"; });
    add("another-files-key", WrongKey, [&](Manifest& m) {
        m.sealedKeys[unit] = extract::sealFileKey(crypto::Secret::random(48), m, set.supplier().unit().publicKey);
    });
    add("key-too-short", ManifestInvalid, [&](Manifest& m) {
        m.sealedKeys[unit] = extract::sealFileKey(crypto::Secret::random(47), m, set.supplier().unit().publicKey);
    });
    add("passphrase-with-box", ManifestInvalid, [](Manifest& m) { m.keyMode = extract::KeyMode::Passphrase; });
    add("passphrase-that-nobody-gave", WrongKey, [](Manifest& m) {
        m.keyMode = extract::KeyMode::Passphrase;
        m.sealedKeys.clear();
    });
    (void)base;
}

void addSignatures(KnownBad& set) {
    const auto& base = set.good("police");
    const auto good = jsonOf(base);
    const auto add = [&](std::string_view what, ErrorCode refusal, std::string_view text) {
        set.manifest(fmt::format("signature-{}", what), refusal, text, base);
    };
    const auto text = set.supplier().signedText(good, "police");
    const auto line = text.substr(good.size() + 1);
    add("cut-off", SignatureInvalid, good + "\n");
    add("half", ManifestInvalid, std::string_view(text).substr(0, text.size() - 40));
    add("twice", ManifestInvalid, text + line);
    add("no-base64", SignatureInvalid, text.substr(0, text.size() - 10) + "!!!!\n");
    add("word-wrong", ManifestInvalid, good + "\nsignatur " + line.substr(10));
    add("without-space", ManifestInvalid, good + "\nsignature abc\n");
    add("line-more", ManifestInvalid, text + "\n");
    add("of-another-text", SignatureInvalid,
        good + "\n" + set.supplier().signedText(good + " ", "police").substr(good.size() + 2));
    add("of-another-agency", SignatureInvalid, set.supplier().signedText(good, "education"));
    auto edited = text;
    edited.replace(edited.find("DSA 12"), 6, "DSA 13");
    add("text-changed-after", SignatureInvalid, edited);
    auto unsignedManifest = base.manifest;
    unsignedManifest.signerFingerprint.clear();
    add("none", ManifestUnsigned, extract::canonicalJson(unsignedManifest) + "\n");
    const auto stranger = crypto::SignKeyPair::generate();
    auto strange = base.manifest;
    strange.signerFingerprint = crypto::fingerprint(stranger.publicKey);
    add("of-a-stranger", SignerUnknown, extract::manifestFileText(strange, &stranger));
    auto other = base.manifest;
    other.signerFingerprint = crypto::fingerprint(set.supplier().signer("education").publicKey);
    add("of-an-agency-for-another", SignerUnknown,
        extract::manifestFileText(other, &set.supplier().signer("education")));
}

}  // namespace

void addManifests(KnownBad& set) {
    addKeys(set);
    addTexts(set);
    addClaims(set);
    addPromises(set);
    addSealing(set);
    addSignatures(set);
}

}  // namespace fairlead::hostile
