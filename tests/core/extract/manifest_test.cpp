#include "core/extract/manifest.h"

#include <catch2/catch_all.hpp>

#include "tests/core/extract/extract_fixture.h"
#include "tests/support/results.h"

namespace fairlead::extract {

namespace {

using test::codeOf;
using test::valueOf;

Manifest wholeManifest() {
    auto manifest = test::policeDraft();
    manifest.sequence = 3;
    manifest.previousManifestSha256 = std::string(64, 'a');
    manifest.gateways = {"children_act_2004_s11", "common_law_policing"};
    manifest.dpiaRef = "DPIA 7";
    manifest.lawfulBasis = "task";
    manifest.knownGaps = "nothing before 2020";
    manifest.onePersonPerRow = false;
    manifest.tables["person"] = {12, std::string(64, '1')};
    manifest.tables["fact"] = {0, std::string(64, '2')};
    manifest.fileBytes = 8192;
    manifest.fileSha256 = std::string(64, '3');
    manifest.sealedKeys[std::string(32, 'f')] = "Ym94";
    manifest.signerFingerprint = std::string(32, 'e');
    return manifest;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("a manifest is read as it was written, field by field", "[extract]") {
    const auto manifest = wholeManifest();
    const auto read = valueOf(parseManifest(canonicalJson(manifest), "a.fxm"));
    CHECK(canonicalJson(read) == canonicalJson(manifest));
    CHECK(read.agency == "police");
    CHECK(read.periodUntil == manifest.periodUntil);
    CHECK(read.contact == manifest.contact);
    CHECK(read.gateways == manifest.gateways);
    CHECK(read.tables.at("person").rows == 12);
    CHECK_FALSE(read.onePersonPerRow);
    CHECK(read.keyMode == KeyMode::Sealed);
    CHECK(manifest.label() == "police police_records 3 (to 22/06/2026)");
    CHECK(checkManifest(read, "a.fxm").has_value());
}

TEST_CASE("canonical JSON has its keys sorted and one spelling of every text", "[extract]") {
    const auto json = canonicalJson(wholeManifest());
    CHECK(json.starts_with(
        R"({"agency":"police","agreement_ref":"DSA 12","contact":"Records \"desk\" \\ Jérôme","contract":"fairlead-extract/1",)"));
    CHECK(json.contains(R"("tables":{"fact":{"rows":0,"sha256":"2222)"));
    CHECK(json.ends_with(R"("}}})"));
}

TEST_CASE("a manifest in any other spelling is refused", "[extract]") {
    const auto good = canonicalJson(wholeManifest());
    const auto code = [](const std::string& json) { return codeOf(parseManifest(json, "a.fxm")); };
    CHECK(code("") == ErrorCode::ManifestInvalid);
    CHECK(code("[]") == ErrorCode::ManifestInvalid);
    CHECK(code("{}") == ErrorCode::ManifestInvalid);
    CHECK(code(good + " ") == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, ",", ", ")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"sequence\":3", "\"sequence\":3.0")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"sequence\":3", "\"sequence\":\"3\"")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"sequence\":3", "\"sequence\":03")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "Jérôme", "J\\u00e9r\\u00f4me")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"agency\":\"police\"", "\"agency\":\"police\",\"agency\":\"police\"")) ==
          ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"agency\":\"police\"", "\"agency\":\"police\",\"zzz\":1")) ==
          ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"agency\":\"police\",", "")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "fairlead-extract/1", "fairlead-extract/2")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "2026-05-01", "2026-02-30")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"sealed\"", "\"open\"")) == ErrorCode::ManifestInvalid);
    CHECK(code(replaced(good, "\"file_bytes\":8192", "\"file_bytes\":-1")) == ErrorCode::ManifestInvalid);
    CHECK(code(std::string(100'000, '[')) == ErrorCode::ManifestInvalid);
}

TEST_CASE("a refusal of a manifest names the key", "[extract]") {
    const auto good = canonicalJson(wholeManifest());
    CHECK(parseManifest(replaced(good, "\"purpose\":", "\"porpoise\":"), "a.fxm").error().detail ==
          "key purpose is missing");
    CHECK(parseManifest(replaced(good, "\"one_person_per_row\":false", "\"one_person_per_row\":0"), "a.fxm")
              .error()
              .detail == "key one_person_per_row is neither true nor false");
}

TEST_CASE("a manifest whose statements make no sense is refused by key", "[extract]") {
    const auto detail = [](const std::function<void(Manifest&)>& change) {
        auto manifest = wholeManifest();
        change(manifest);
        const auto checked = checkManifest(manifest, "a.fxm");
        REQUIRE_FALSE(checked.has_value());
        return std::string(name(checked.error().code)) + " " +
               checked.error().detail.substr(0, checked.error().detail.find(':'));
    };
    CHECK(detail([](Manifest& m) { m.agency = "immigration"; }) == "manifest_invalid key agency");
    CHECK(detail([](Manifest& m) { m.dataset = "Police Records"; }) == "manifest_invalid key dataset");
    CHECK(detail([](Manifest& m) { m.sequence = 0; }) == "manifest_invalid key sequence");
    CHECK(detail([](Manifest& m) { m.purpose = ""; }) == "manifest_invalid key purpose");
    CHECK(detail([](Manifest& m) { m.regime = "gdpr"; }) == "manifest_invalid key regime");
    CHECK(detail([](Manifest& m) { m.gateways.clear(); }) == "manifest_invalid key gateways");
    CHECK(detail([](Manifest& m) { m.gateways = {"../x"}; }) == "manifest_invalid key gateways");
    CHECK(detail([](Manifest& m) { m.contact = "a\nb"; }) == "manifest_invalid key contact");
    CHECK(detail([](Manifest& m) { m.knownGaps = std::string(4001, 'x'); }) == "manifest_invalid key known_gaps");
    CHECK(detail([](Manifest& m) { m.fileSha256 = "abc"; }) == "manifest_invalid key file_sha256");
    CHECK(detail([](Manifest& m) { m.tables.clear(); }) == "manifest_invalid key tables");
    CHECK(detail([](Manifest& m) { m.tables["roll"] = {1, std::string(64, '1')}; }) == "manifest_invalid key tables");
    CHECK(detail([](Manifest& m) { m.tables["fact"].rows = -1; }) == "manifest_invalid key tables");
    CHECK(detail([](Manifest& m) { m.sealedKeys.clear(); }) == "manifest_invalid key sealed_keys");
    CHECK(detail([](Manifest& m) { m.keyMode = KeyMode::Passphrase; }) == "manifest_invalid key sealed_keys");
    CHECK(detail([](Manifest& m) { m.previousManifestSha256 = "A"; }) ==
          "manifest_invalid key previous_manifest_sha256");
    CHECK(detail([](Manifest& m) { m.periodUntil = m.periodFrom; }) ==
          "period_invalid period_until is not after period_from");
    CHECK(detail([](Manifest& m) { m.dataAsAt = m.periodFrom - 1; }).starts_with("period_invalid"));
}

}  // namespace fairlead::extract
