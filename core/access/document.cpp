#include "core/access/document.h"

#include <algorithm>

#include "core/access/canonical_json.h"
#include "core/base/text.h"

namespace fairlead::access {

namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kMaxBytes = 256 * 1024;

std::unexpected<Error> corrupt(std::string detail) { return fail(ErrorCode::Corrupt, "header", std::move(detail)); }

json::string textOf(std::string_view text) { return json::string(text.data(), text.size()); }

json::array arrayOf(const auto& items, auto convert) {
    json::array array;
    for (const auto& item : items) array.push_back(json::value(convert(item)));
    return array;
}

json::object toJson(const PrincipalEntry& entry) {
    return {{"id", textOf(entry.principal.id)},
            {"name", textOf(entry.principal.name)},
            {"roles", arrayOf(entry.principal.roles, textOf)},
            {"seal_key", textOf(crypto::base64(entry.sealKey.view()))},
            {"sign_key", textOf(crypto::base64(entry.signKey.view()))}};
}

json::object toJson(const Slot& slot) {
    return {{"id", textOf(slot.id)},
            {"kdf", "argon2id13"},
            {"memory_bytes", static_cast<std::int64_t>(slot.cost.memoryBytes)},
            {"passes", static_cast<std::int64_t>(slot.cost.passes)},
            {"principal", textOf(slot.principal)},
            {"salt", textOf(crypto::base64(slot.salt))},
            {"wrapped", textOf(crypto::base64(slot.wrapped))}};
}

json::object toJson(const Grant& grant) {
    return {{"epoch", grant.epoch},
            {"key", textOf(grant.key)},
            {"principal", textOf(grant.principal)},
            {"sealed", textOf(crypto::base64(grant.sealed))},
            {"signature", textOf(crypto::base64(grant.signature))},
            {"signed_by", textOf(grant.signedBy)}};
}

json::object bodyOf(const Document& document) {
    return {{"format", kFormat},
            {"generation", document.generation},
            {"grants", arrayOf(document.grants, [](const Grant& grant) { return toJson(grant); })},
            {"min_reader", kFormat},
            {"name", textOf(document.name)},
            {"principals", arrayOf(document.principals, [](const PrincipalEntry& entry) { return toJson(entry); })},
            {"roles_separated", document.rolesSeparated},
            {"signed_by", textOf(document.signedBy)},
            {"slots", arrayOf(document.slots, [](const Slot& slot) { return toJson(slot); })},
            {"workspace_id", textOf(document.workspaceId)}};
}

/// Takes members out of a JSON object and remembers whether each was there and of its type.
class Members {
public:
    Members(const json::value* value, bool& good)
        : m_object(value == nullptr ? nullptr : value->if_object()), m_good(good) {
        if (m_object == nullptr) m_good = false;
    }
    std::string text(std::string_view key) {
        const auto* const value = find(key);
        const auto* const text = value == nullptr ? nullptr : value->if_string();
        if (text == nullptr) m_good = false;
        return text == nullptr ? std::string() : std::string(text->data(), text->size());
    }
    std::string bytes(std::string_view key) {
        auto bytes = crypto::fromBase64(text(key));
        if (!bytes) m_good = false;
        return std::move(bytes).value_or("");
    }
    std::int64_t number(std::string_view key) {
        const auto* const value = find(key);
        const auto* const number = value == nullptr ? nullptr : value->if_int64();
        if (number == nullptr || *number < 0) m_good = false;
        return number == nullptr ? 0 : *number;
    }
    bool flag(std::string_view key) {
        const auto* const value = find(key);
        const auto* const flag = value == nullptr ? nullptr : value->if_bool();
        if (flag == nullptr) m_good = false;
        return flag != nullptr && *flag;
    }
    template <typename Key>
    Key publicKey(std::string_view key) {
        auto found = Key::fromBytes(bytes(key));
        if (!found) m_good = false;
        return std::move(found).value_or(Key{});
    }
    template <typename T>
    std::vector<T> list(std::string_view key, auto read) {
        std::vector<T> items;
        const auto* const value = find(key);
        const auto* const array = value == nullptr ? nullptr : value->if_array();
        if (array == nullptr) m_good = false;
        if (array != nullptr) {
            for (const auto& element : *array) items.push_back(read(element));
        }
        return items;
    }

private:
    const json::value* find(std::string_view key) {
        return m_object == nullptr ? nullptr : m_object->if_contains(json::string_view(key.data(), key.size()));
    }
    const json::object* m_object;
    bool& m_good;
};

std::string roleOf(const json::value& value, bool& good) {
    const auto* const text = value.if_string();
    std::string role = text == nullptr ? std::string() : std::string(text->data(), text->size());
    if (std::ranges::find(kRoles, role) == std::end(kRoles)) good = false;
    return role;
}

PrincipalEntry principalOf(const json::value& value, bool& good) {
    Members members(&value, good);
    PrincipalEntry entry;
    entry.principal.id = members.text("id");
    entry.principal.name = members.text("name");
    entry.principal.roles =
        members.list<std::string>("roles", [&](const json::value& role) { return roleOf(role, good); });
    entry.sealKey = members.publicKey<crypto::SealPublicKey>("seal_key");
    entry.signKey = members.publicKey<crypto::SignPublicKey>("sign_key");
    return entry;
}

Slot slotOf(const json::value& value, bool& good) {
    Members members(&value, good);
    Slot slot;
    slot.id = members.text("id");
    slot.principal = members.text("principal");
    slot.cost.passes = static_cast<std::uint64_t>(members.number("passes"));
    slot.cost.memoryBytes = static_cast<std::uint64_t>(members.number("memory_bytes"));
    slot.salt = members.bytes("salt");
    slot.wrapped = members.bytes("wrapped");
    return slot;
}

Grant grantOf(const json::value& value, bool& good) {
    Members members(&value, good);
    Grant grant;
    grant.key = members.text("key");
    grant.principal = members.text("principal");
    grant.epoch = members.number("epoch");
    grant.sealed = members.bytes("sealed");
    grant.signedBy = members.text("signed_by");
    grant.signature = members.bytes("signature");
    return grant;
}

/// A header that says it needs a newer reader; its other members may then look as they like.
bool needsNewerReader(const json::value& value) {
    bool good = true;
    const auto needed = Members(&value, good).number("min_reader");
    return good && needed > kFormat;
}

}  // namespace

const PrincipalEntry* Document::find(std::string_view principalId) const {
    const auto it = std::ranges::find(principals, principalId,
                                      [](const PrincipalEntry& entry) { return std::string_view(entry.principal.id); });
    return it == principals.end() ? nullptr : &*it;
}

std::string signedText(const Document& document) { return canonicalJson(bodyOf(document)); }

std::string fileText(const Document& document) {
    auto body = bodyOf(document);
    body["mac"] = textOf(document.mac);
    body["signature"] = textOf(crypto::base64(document.signature));
    return canonicalJson(body);
}

Result<Document> parseDocument(std::string_view text) {
    if (text.size() > kMaxBytes) return corrupt("too large");
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) return corrupt("not JSON");
    if (needsNewerReader(value)) return fail(ErrorCode::NewerFormat, "header");
    bool good = true;
    Members members(&value, good);
    Document document;
    document.workspaceId = members.text("workspace_id");
    document.name = members.text("name");
    document.generation = members.number("generation");
    document.rolesSeparated = members.flag("roles_separated");
    document.principals =
        members.list<PrincipalEntry>("principals", [&](const json::value& v) { return principalOf(v, good); });
    document.slots = members.list<Slot>("slots", [&](const json::value& v) { return slotOf(v, good); });
    document.grants = members.list<Grant>("grants", [&](const json::value& v) { return grantOf(v, good); });
    document.signedBy = members.text("signed_by");
    document.mac = members.text("mac");
    document.signature = members.bytes("signature");
    if (!good) return corrupt("a member is missing or of another type");
    // One text for one value: no member that we do not know, no other order, no white space, no member twice.
    if (fileText(document) != text) return corrupt("not in canonical form");
    return document;
}

std::string slotContext(const Document& document, const Slot& slot) {
    auto unwrapped = slot;
    unwrapped.wrapped.clear();
    const auto* const owner = document.find(slot.principal);
    const json::object context = {{"principal", owner == nullptr ? json::object() : toJson(*owner)},
                                  {"slot", toJson(unwrapped)},
                                  {"use", "fairlead slot 1"},
                                  {"workspace_id", textOf(document.workspaceId)}};
    return canonicalJson(context);
}

std::string grantMeaning(const Document& document, const Grant& grant) {
    const json::object meaning = {{"epoch", grant.epoch},
                                  {"key", textOf(grant.key)},
                                  {"principal", textOf(grant.principal)},
                                  {"signed_by", textOf(grant.signedBy)},
                                  {"use", "fairlead grant 1"},
                                  {"workspace_id", textOf(document.workspaceId)}};
    return canonicalJson(meaning);
}

}  // namespace fairlead::access
