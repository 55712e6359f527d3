#include "core/access/document.h"

#include <algorithm>

#include "core/access/canonical_json.h"
#include "core/base/text.h"

namespace fairlead::access {

namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 2;
constexpr std::size_t kMaxBytes = 256 * 1024;

std::unexpected<Error> corrupt(std::string detail) { return fail(ErrorCode::Corrupt, "header", std::move(detail)); }

json::string textOf(std::string_view text) { return json::string(text.data(), text.size()); }

json::array arrayOf(const auto& items, auto convert) {
    json::array array;
    for (const auto& item : items) array.push_back(json::value(convert(item)));
    return array;
}

/// What does not change as long as the principal does not.
json::object identityOf(const PrincipalEntry& entry) {
    return {{"id", textOf(entry.principal.id)},
            {"seal_key", textOf(crypto::base64(entry.sealKey.view()))},
            {"sign_key", textOf(crypto::base64(entry.signKey.view()))}};
}

json::object toJson(const PrincipalEntry& entry) {
    json::object out = identityOf(entry);
    out["active"] = entry.principal.active;
    out["name"] = textOf(entry.principal.name);
    out["roles"] = arrayOf(entry.principal.roles, [](Role role) { return textOf(name(role)); });
    return out;
}

json::object boxOf(const Slot& slot) {
    return {{"id", textOf(slot.id)},
            {"kdf", "argon2id13"},
            {"memory_bytes", static_cast<std::int64_t>(slot.cost.memoryBytes)},
            {"passes", static_cast<std::int64_t>(slot.cost.passes)},
            {"principal", textOf(slot.principal)},
            {"salt", textOf(crypto::base64(slot.salt))}};
}

json::object toJson(const Slot& slot) {
    json::object out = boxOf(slot);
    out["signature"] = textOf(crypto::base64(slot.signature));
    out["wrapped"] = textOf(crypto::base64(slot.wrapped));
    return out;
}

json::object toJson(const Grant& grant) {
    return {{"epoch", grant.epoch},
            {"handed_over_by", textOf(grant.handedOverBy)},
            {"key", textOf(name(grant.key))},
            {"principal", textOf(grant.principal)},
            {"sealed", textOf(crypto::base64(grant.sealed))},
            {"signature", textOf(crypto::base64(grant.signature))}};
}

json::object toJson(const Charter& charter) {
    return {{"audit_read_key", textOf(crypto::base64(charter.auditReadKey.view()))},
            {"edition", charter.edition},
            {"grants", arrayOf(charter.grants, [](const Grant& grant) { return toJson(grant); })},
            {"name", textOf(charter.name)},
            {"officer_key", textOf(crypto::base64(charter.officerKey.view()))},
            {"principals", arrayOf(charter.principals, [](const PrincipalEntry& entry) { return toJson(entry); })},
            {"roles_separated", charter.rolesSeparated},
            {"signed_by", textOf(charter.signedBy)},
            {"workspace_id", textOf(charter.workspaceId)}};
}

json::object bodyOf(const Document& document) {
    return {{"authority", textOf(crypto::base64(document.authority))},
            {"charter", toJson(document.charter)},
            {"format", kFormat},
            {"generation", document.generation},
            {"min_reader", kFormat},
            {"signature", textOf(crypto::base64(document.signature))},
            {"slots", arrayOf(document.slots, [](const Slot& slot) { return toJson(slot); })}};
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
    const json::value* member(std::string_view key) { return find(key); }
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

std::string textIn(const json::value& value) {
    const auto* const text = value.if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

Role roleOf(const json::value& value, bool& good) {
    const auto role = roleNamed(textIn(value));
    if (!role) good = false;
    return role.value_or(Role::AggregateReader);
}

FileKey keyOf(std::string_view text, bool& good) {
    const auto* const found = std::ranges::find(kFileKeys, text, [](FileKey key) { return name(key); });
    if (found == kFileKeys.end()) good = false;
    return found == kFileKeys.end() ? FileKey::Core : *found;
}

PrincipalEntry principalOf(const json::value& value, bool& good) {
    Members members(&value, good);
    PrincipalEntry entry;
    entry.principal.id = members.text("id");
    entry.principal.name = members.text("name");
    entry.principal.active = members.flag("active");
    const auto roles = members.list<Role>("roles", [&](const json::value& role) { return roleOf(role, good); });
    entry.principal.roles = Roles(roles.begin(), roles.end());
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
    slot.signature = members.bytes("signature");
    return slot;
}

Grant grantOf(const json::value& value, bool& good) {
    Members members(&value, good);
    Grant grant;
    grant.key = keyOf(members.text("key"), good);
    grant.principal = members.text("principal");
    grant.epoch = members.number("epoch");
    grant.sealed = members.bytes("sealed");
    grant.handedOverBy = members.text("handed_over_by");
    grant.signature = members.bytes("signature");
    return grant;
}

Charter charterOf(const json::value* value, bool& good) {
    Members members(value, good);
    Charter charter;
    charter.workspaceId = members.text("workspace_id");
    charter.name = members.text("name");
    charter.edition = members.number("edition");
    charter.rolesSeparated = members.flag("roles_separated");
    charter.officerKey = members.publicKey<crypto::SignPublicKey>("officer_key");
    charter.auditReadKey = members.publicKey<crypto::SealPublicKey>("audit_read_key");
    charter.principals =
        members.list<PrincipalEntry>("principals", [&](const json::value& v) { return principalOf(v, good); });
    charter.grants = members.list<Grant>("grants", [&](const json::value& v) { return grantOf(v, good); });
    charter.signedBy = members.text("signed_by");
    return charter;
}

/// The reader that a header asks for; its other members may then look as they like.
std::int64_t readerNeeded(const json::value& value) {
    bool good = true;
    const auto needed = Members(&value, good).number("min_reader");
    return good ? needed : kFormat;
}

}  // namespace

const PrincipalEntry* Charter::find(std::string_view principalId) const {
    const auto it = std::ranges::find(principals, principalId,
                                      [](const PrincipalEntry& entry) { return std::string_view(entry.principal.id); });
    return it == principals.end() ? nullptr : &*it;
}

std::int64_t Charter::epochOf(FileKey key) const {
    std::int64_t newest = 1;
    for (const Grant& grant : grants)
        if (grant.key == key) newest = std::max(newest, grant.epoch);
    return newest;
}

std::string charterText(const Charter& charter) { return canonicalJson(toJson(charter)); }

std::string macText(const Document& document) { return canonicalJson(bodyOf(document)); }

std::string fileText(const Document& document) {
    auto body = bodyOf(document);
    body["mac"] = textOf(document.mac);
    return canonicalJson(body);
}

Result<Document> parseDocument(std::string_view text) {
    if (text.size() > kMaxBytes) return corrupt("too large");
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) return corrupt("not JSON");
    const std::int64_t reader = readerNeeded(value);
    if (reader > kFormat) return fail(ErrorCode::NewerFormat, "header");
    if (reader < kFormat) return fail(ErrorCode::OlderFormat, "header");
    bool good = true;
    Members members(&value, good);
    Document document;
    document.charter = charterOf(members.member("charter"), good);
    document.authority = members.bytes("authority");
    document.signature = members.bytes("signature");
    document.slots = members.list<Slot>("slots", [&](const json::value& v) { return slotOf(v, good); });
    document.generation = members.number("generation");
    document.mac = members.text("mac");
    if (!good) return corrupt("a member is missing or of another type");
    // One text for one value: no member that we do not know, no other order, no white space, no member twice.
    if (fileText(document) != text) return corrupt("not in canonical form");
    return document;
}

std::string slotContext(const Charter& charter, const Slot& slot) {
    const auto* const owner = charter.find(slot.principal);
    const json::object context = {{"principal", owner == nullptr ? json::object() : identityOf(*owner)},
                                  {"slot", boxOf(slot)},
                                  {"use", "fairlead slot 2"},
                                  {"workspace_id", textOf(charter.workspaceId)}};
    return canonicalJson(context);
}

std::string slotText(const Charter& charter, const Slot& slot) {
    return "fairlead slot 2\n" + slotContext(charter, slot) + "\n" + slot.wrapped;
}

std::string grantMeaning(const Charter& charter, const Grant& grant) {
    const json::object meaning = {{"epoch", grant.epoch},           {"handed_over_by", textOf(grant.handedOverBy)},
                                  {"key", textOf(name(grant.key))}, {"principal", textOf(grant.principal)},
                                  {"use", "fairlead grant 2"},      {"workspace_id", textOf(charter.workspaceId)}};
    return canonicalJson(meaning);
}

}  // namespace fairlead::access
