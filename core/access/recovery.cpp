#include "core/access/recovery.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/access/canonical_json.h"
#include "core/access/user_rules.h"

namespace fairlead::access {

namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kSheetBytes = 32;
constexpr std::string_view kHeaderKeyName = "header";

std::unexpected<Error> damaged(std::string detail) { return fail(ErrorCode::Corrupt, "recovery", std::move(detail)); }

crypto::Secret joinedSheets(const RecoverySheets& sheets) {
    crypto::Secret joined(kSheetBytes);
    for (std::size_t i = 0; i < kSheetBytes; ++i)
        joined.data()[i] = static_cast<unsigned char>(sheets.first.data()[i] ^ sheets.second.data()[i]);
    return joined;
}

std::string meaningOf(const std::string& workspaceId, std::string_view key) {
    return fmt::format("fairlead recovery 1\n{}\n{}\n", workspaceId, key);
}

std::string sealedKey(const std::string& meaning, const crypto::Secret& key, const crypto::SealPublicKey& to) {
    crypto::Secret plain(meaning.size() + key.size());
    std::ranges::copy(key.view(), std::ranges::copy(meaning, plain.data()).out);
    return crypto::base64(crypto::seal(plain.view(), to));
}

std::string signedText(std::string_view body) { return fmt::format("fairlead recovery 1\n{}", body); }

json::string textOf(std::string_view text) { return json::string(text.data(), text.size()); }

std::string textIn(const json::object& object, std::string_view key) {
    const auto* const found = object.if_contains(textOf(key));
    const auto* const text = found == nullptr ? nullptr : found->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::string bytesIn(const json::object& object, std::string_view key) {
    return crypto::fromBase64(textIn(object, key)).value_or("");
}

/// A signed file's parts. Errors: Corrupt, NewerFormat.
struct Parts {
    json::object body;
    std::string text;  ///< Canonical, of the body.
};

Result<Parts> checkedParts(std::string_view file, const Document& document) {
    constexpr std::size_t kLargest = 64 * 1024;
    boost::system::error_code error;
    if (file.size() > kLargest) return damaged("too large");
    const auto value = json::parse(json::string_view(file.data(), file.size()), error);
    const auto* const whole = error ? nullptr : value.if_object();
    const auto* const member = whole == nullptr ? nullptr : whole->if_contains("body");
    if (member == nullptr || !member->is_object() || canonicalJson(value) != file) return damaged("form");
    const json::object& body = member->get_object();
    const auto* const format = body.if_contains("format");
    if (format == nullptr || !format->is_int64()) return damaged("form");
    if (format->get_int64() > kFormat) return fail(ErrorCode::NewerFormat, "recovery");
    const Charter& charter = document.charter;
    if (textIn(body, "workspace_id") != charter.workspaceId) return damaged("of another workspace");
    Parts parts{body, canonicalJson(*member)};
    const std::string text = signedText(parts.text);
    const auto* const officer = charter.find(textIn(body, "officer"));
    const auto* const holder = charter.find(textIn(body, "holder"));
    if (officer == nullptr || holder == nullptr ||
        !crypto::verify(text, bytesIn(*whole, "authority"), charter.officerKey) ||
        !crypto::verify(text, bytesIn(*whole, "officer_signature"), officer->signKey) ||
        !crypto::verify(text, bytesIn(*whole, "holder_signature"), holder->signKey))
        return damaged("signature");
    if (body.contains("further")) {
        const auto* const further = charter.find(textIn(body, "further"));
        if (further == nullptr || !crypto::verify(text, bytesIn(*whole, "further_signature"), further->signKey))
            return damaged("signature");
    }
    return parts;
}

Result<crypto::Secret> opened(const json::object& boxes, const std::string& workspaceId, std::string_view key,
                              const crypto::SealKeyPair& pair) {
    const std::string meaning = meaningOf(workspaceId, key);
    FAIRLEAD_TRY(const auto plain, crypto::unseal(bytesIn(boxes, key), pair));
    if (!plain.view().starts_with(meaning)) return damaged("a box");
    return crypto::Secret::copyOf(plain.view().substr(meaning.size()));
}

/// The key of one of them who holds it, or null.
const crypto::Secret* heldKey(const Authors& authors, const Keyring* further, FileKey key) {
    for (const Keyring* ring : {&authors.holder, &authors.officer, further})
        if (ring != nullptr && !ring->keys.of(key).isEmpty()) return &ring->keys.of(key);
    return nullptr;
}

}  // namespace

Result<RecoveryMade> makeRecovery(std::string_view header, const Authors& authors, const Keyring* further) {
    FAIRLEAD_TRY(const Document document, soundDocument(header));
    FAIRLEAD_OK(checkAuthors(document, authors));
    if (further != nullptr) FAIRLEAD_OK(checkAuthors(document, {authors.officer, *further}));
    const auto pair = crypto::SealKeyPair::generate();
    const std::string& workspaceId = document.charter.workspaceId;
    RecoveryMade made;
    json::object boxes;
    boxes[textOf(kHeaderKeyName)] =
        textOf(sealedKey(meaningOf(workspaceId, kHeaderKeyName), authors.officer.headerKey, pair.publicKey));
    for (const FileKey key : kFileKeys) {
        const crypto::Secret* const held = heldKey(authors, further, key);
        if (held == nullptr) continue;
        boxes[textOf(name(key))] = textOf(sealedKey(meaningOf(workspaceId, name(key)), *held, pair.publicKey));
        made.keys.push_back(key);
    }
    json::object body{{"boxes", std::move(boxes)},
                      {"format", kFormat},
                      {"holder", textOf(authors.holder.principal.id)},
                      {"officer", textOf(authors.officer.principal.id)},
                      {"public_key", textOf(crypto::base64(pair.publicKey.view()))},
                      {"workspace_id", textOf(workspaceId)}};
    if (further != nullptr) body["further"] = textOf(further->principal.id);
    const std::string text = signedText(canonicalJson(body));
    FAIRLEAD_TRY(const auto authority, crypto::SignKeyPair::fromSecret(authors.officer.keys.officer.clone()));
    json::object file{{"authority", textOf(crypto::base64(crypto::sign(text, authority)))},
                      {"body", std::move(body)},
                      {"holder_signature", textOf(crypto::base64(crypto::sign(text, authors.holder.sign)))},
                      {"officer_signature", textOf(crypto::base64(crypto::sign(text, authors.officer.sign)))}};
    if (further != nullptr) file["further_signature"] = textOf(crypto::base64(crypto::sign(text, further->sign)));
    made.file = canonicalJson(file);
    made.sheets.first = crypto::Secret::random(kSheetBytes);
    made.sheets.second = joinedSheets({made.sheets.first.clone(), pair.secretKey.clone()});
    return made;
}

Result<RecoveryFace> inspectRecovery(std::string_view file, std::string_view header) {
    FAIRLEAD_TRY(const Document document, soundDocument(header));
    FAIRLEAD_TRY(const Parts parts, checkedParts(file, document));
    RecoveryFace face{.keys = {},
                      .officer = textIn(parts.body, "officer"),
                      .holder = textIn(parts.body, "holder"),
                      .further = textIn(parts.body, "further")};
    const auto* const member = parts.body.if_contains("boxes");
    if (member == nullptr || !member->is_object()) return damaged("form");
    for (const FileKey key : kFileKeys)
        if (member->get_object().contains(textOf(name(key)))) face.keys.push_back(key);
    return face;
}

Result<RecoveredKeys> openRecovery(std::string_view file, std::string_view header, const RecoverySheets& sheets) {
    if (sheets.first.size() != kSheetBytes || sheets.second.size() != kSheetBytes)
        return fail(ErrorCode::InvalidArgument, "sheet");
    FAIRLEAD_TRY(const Document document, soundDocument(header));
    FAIRLEAD_TRY(const Parts parts, checkedParts(file, document));
    FAIRLEAD_TRY(const auto pair, crypto::SealKeyPair::fromSecret(joinedSheets(sheets)));
    if (pair.publicKey.view() != bytesIn(parts.body, "public_key"))
        return fail(ErrorCode::WrongKey, "recovery", "the sheets do not belong together, or to older sheets");
    const auto* const member = parts.body.if_contains("boxes");
    if (member == nullptr || !member->is_object()) return damaged("form");
    const json::object& boxes = member->get_object();
    RecoveredKeys recovered;
    recovered.workspaceId = document.charter.workspaceId;
    recovered.auditReadKey = document.charter.auditReadKey;
    FAIRLEAD_TRY(recovered.headerKey, opened(boxes, recovered.workspaceId, kHeaderKeyName, pair));
    if (!macFits(document, recovered.headerKey)) return corruptHeader("MAC");
    for (const FileKey key : kFileKeys) {
        if (!boxes.contains(textOf(name(key)))) continue;
        FAIRLEAD_TRY(recovered.keys.of(key), opened(boxes, recovered.workspaceId, name(key), pair));
    }
    return recovered;
}

Result<RecoveredUser> recoverUser(std::string_view header, const RecoveredKeys& recovered, const NewUser& user,
                                  KdfPolicy policy) {
    FAIRLEAD_TRY(auto document, soundDocument(header));
    if (document.charter.workspaceId != recovered.workspaceId || !macFits(document, recovered.headerKey))
        return corruptHeader("not the header of the sheets");
    FAIRLEAD_OK(checkNewUser(document, user, policy));
    const Secrets secrets = Secrets::newFor(recovered.headerKey, document.charter.officerKey);
    FAIRLEAD_TRY(const PrincipalEntry entry, newPrincipal(user.name, user.roles, secrets));
    document.charter.principals.push_back(entry);
    const Giver self{entry.principal.id, secrets.sign};
    for (const FileKey key : kFileKeys) {
        if (!holds(user.roles, key)) continue;
        if (recovered.keys.of(key).isEmpty())
            return fail(ErrorCode::Denied, std::string(name(key)), "the sheets do not open this key");
        document.charter.grants.push_back(grantFor(document.charter, entry, key, recovered.keys.of(key), self));
    }
    FAIRLEAD_OK(addSlot(document, entry, user, secrets, policy));
    ++document.charter.edition;
    ++document.generation;
    FAIRLEAD_OK(signCharter(document, self, recovered.keys.officer));
    return RecoveredUser{finishHeader(document, recovered.headerKey), entry.principal.id};
}

}  // namespace fairlead::access
