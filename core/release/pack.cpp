#include "core/release/pack.h"

#include <boost/json.hpp>

#include "core/base/file.h"
#include "core/workspace/act.h"
#include "core/workspace/overview.h"
#include "core/workspace/schools.h"
#include "core/workspace/users.h"

namespace fairlead::release {

namespace {

namespace json = boost::json;
using workspace::Workspace;

constexpr int kSmallest = 5;
constexpr std::size_t kKeyBytes = 32;
constexpr std::int64_t kFormat = 1;

std::unexpected<Error> damaged() { return fail(ErrorCode::Corrupt, std::string(kPackFile)); }

std::string meaningOf(const std::string& workspaceId) { return "fairlead pack 1\n" + workspaceId + "\n"; }

Result<PackSchool> schoolOf(Workspace& workspace, const workspace::SchoolEntry& entry, Date asAt, TaskContext& task) {
    workspace::OverviewRequest request;
    request.school = entry.urn;
    request.asAt = asAt;
    FAIRLEAD_TRY(const auto page, workspace::overview(workspace, request, task));
    PackSchool school{
        entry.urn, entry.name, entry.phase, disclosed(indicator::Count::of(entry.onRoll), entry.onRoll), {}};
    for (const indicator::GroupFigure& group : page->overview.groups)
        for (const indicator::IndicatorFigure& one : group.indicators)
            school.figures.push_back({one.id, one.title, disclosed(one.figure.pupils, entry.onRoll)});
    return school;
}

Result<Pack> figures(Workspace& workspace, TaskContext& task) {
    Pack pack;
    pack.preparedBy = workspace.name();
    pack.atMs = workspace.clock().nowMs();
    Date asAt;
    {
        const std::scoped_lock lock(workspace.mutex());
        FAIRLEAD_TRY(const auto moment, workspace::momentOf(workspace, std::nullopt, std::nullopt));
        asAt = moment.asAt;
    }
    pack.asAt = asAt.iso();
    FAIRLEAD_TRY(const auto schools, workspace::schools(workspace, asAt));
    for (const workspace::SchoolEntry& entry : schools) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(pack.schools.emplace_back(), schoolOf(workspace, entry, asAt, task));
    }
    return pack;
}

json::object toJson(const indicator::Count& count) {
    return {{"kind", static_cast<std::int64_t>(count.kind)}, {"value", count.isValue() ? count.value : 0}};
}

std::string textOf(const Pack& pack) {
    json::array schools;
    for (const PackSchool& school : pack.schools) {
        json::array figures;
        for (const PackFigure& one : school.figures)
            figures.push_back(json::object{{"id", one.id}, {"title", one.title}, {"pupils", toJson(one.pupils)}});
        schools.push_back(json::object{{"urn", school.urn.value},
                                       {"name", school.name},
                                       {"phase", school.phase},
                                       {"on_roll", toJson(school.onRoll)},
                                       {"figures", std::move(figures)}});
    }
    return json::serialize(json::object{
        {"as_at", pack.asAt}, {"prepared_by", pack.preparedBy}, {"at_ms", pack.atMs}, {"schools", std::move(schools)}});
}

indicator::Count countOf(const json::value& value) {
    const auto kind = value.at("kind").as_int64();
    const auto number = static_cast<int>(value.at("value").as_int64());
    if (kind == static_cast<std::int64_t>(indicator::Count::Kind::Value)) return indicator::Count::of(number);
    if (kind == static_cast<std::int64_t>(indicator::Count::Kind::NotApplicable))
        return indicator::Count::notApplicable();
    if (kind == static_cast<std::int64_t>(indicator::Count::Kind::Suppressed)) return indicator::Count::suppressed();
    return indicator::Count::notSupplied();
}

std::string stringOf(const json::value& value) { return std::string(value.as_string()); }

/// REQUIRES: made by textOf(); the signature has been checked.
Pack packOf(const json::value& value) {
    Pack pack{stringOf(value.at("as_at")), stringOf(value.at("prepared_by")), value.at("at_ms").as_int64(), {}};
    for (const json::value& one : value.at("schools").as_array()) {
        PackSchool school{{one.at("urn").as_int64()},
                          stringOf(one.at("name")),
                          stringOf(one.at("phase")),
                          countOf(one.at("on_roll")),
                          {}};
        for (const json::value& figure : one.at("figures").as_array())
            school.figures.push_back(
                {stringOf(figure.at("id")), stringOf(figure.at("title")), countOf(figure.at("pupils"))});
        pack.schools.push_back(std::move(school));
    }
    return pack;
}

/// The file: what is signed, a line end, the signature in base64.
Result<std::string> fileOf(const Workspace& workspace, const Pack& pack, const std::vector<std::string>& readers) {
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    const auto key = crypto::Secret::random(kKeyBytes);
    const std::string meaning = meaningOf(workspace.keyring().workspaceId);
    json::array keys;
    for (const std::string& reader : readers) {
        FAIRLEAD_TRY(const auto to, access::publicKeysOf(header, workspace.keyring(), reader));
        keys.push_back(json::object{{"reader", reader}, {"sealed", crypto::base64(crypto::seal(key.view(), to.seal))}});
    }
    const std::string signedPart =
        json::serialize(json::object{{"format", kFormat},
                                     {"made_by", workspace.principal()},
                                     {"keys", std::move(keys)},
                                     {"box", crypto::base64(crypto::encrypt(textOf(pack), meaning, key))}});
    return signedPart + "\n" + crypto::base64(crypto::sign(meaning + signedPart, workspace.keyring().sign)) + "\n";
}

Result<std::vector<std::string>> readersOf(const Workspace& workspace) {
    FAIRLEAD_TRY(const auto face, workspace::users(workspace.folder()));
    std::vector<std::string> readers;
    for (const access::Principal& user : face.principals)
        if (user.active && user.roles.contains(access::Role::AggregateReader)) readers.push_back(user.id);
    if (readers.empty()) return fail(ErrorCode::NotFound, "aggregate_reader", "nobody to read it");
    return readers;
}

/// The box of a pack whose signature is a user's, and the reader's key for it.
struct Sealed {
    std::string box;
    std::string sealedKey;
};

Result<Sealed> parse(const Workspace& workspace, std::string_view signedPart, std::string_view signature) {
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(signedPart.data(), signedPart.size()), error);
    const auto* const object = error ? nullptr : value.if_object();
    if (object == nullptr) return damaged();
    const auto text = [&](const json::object& from, std::string_view key) {
        const auto* const found = from.if_contains(json::string_view(key.data(), key.size()));
        const auto* const string = found == nullptr ? nullptr : found->if_string();
        return string == nullptr ? std::string() : std::string(string->data(), string->size());
    };
    const auto* const format = object->if_contains("format");
    if (format == nullptr || !format->is_int64()) return damaged();
    if (format->get_int64() > kFormat) return fail(ErrorCode::NewerFormat, std::string(kPackFile));
    FAIRLEAD_TRY(const std::string header, workspace::readHeader(workspace.folder()));
    FAIRLEAD_TRY(const auto maker, access::publicKeysOf(header, workspace.keyring(), text(*object, "made_by")));
    const std::string meaning = meaningOf(workspace.keyring().workspaceId);
    if (!crypto::verify(meaning + std::string(signedPart), signature, maker.sign)) return damaged();
    FAIRLEAD_TRY(auto box, crypto::fromBase64(text(*object, "box")));
    const auto* const keys = object->if_contains("keys");
    if (keys == nullptr || !keys->is_array()) return damaged();
    for (const json::value& one : keys->get_array()) {
        if (!one.is_object() || text(one.get_object(), "reader") != workspace.principal()) continue;
        FAIRLEAD_TRY(auto sealedKey, crypto::fromBase64(text(one.get_object(), "sealed")));
        return Sealed{std::move(box), std::move(sealedKey)};
    }
    return fail(ErrorCode::NotFound, std::string(kPackFile), "not made for this reader");
}

Result<Pack> open(const Workspace& workspace) {
    FAIRLEAD_TRY(const std::string file, readFile(workspace.folder() / kPackFile));
    const std::size_t end = file.find('\n');
    if (end == std::string::npos || !file.ends_with('\n')) return damaged();
    const auto signature = crypto::fromBase64(std::string_view(file).substr(end + 1, file.size() - end - 2));
    if (!signature) return damaged();
    FAIRLEAD_TRY(const auto sealed, parse(workspace, std::string_view(file).substr(0, end), *signature));
    FAIRLEAD_TRY(const auto key, crypto::unseal(sealed.sealedKey, workspace.keyring().seal));
    if (key.size() != kKeyBytes) return damaged();
    FAIRLEAD_TRY(const auto plain, crypto::decrypt(sealed.box, meaningOf(workspace.keyring().workspaceId), key));
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(plain.view().data(), plain.size()), error);
    if (error) return damaged();
    return packOf(value);
}

}  // namespace

indicator::Count disclosed(const indicator::Count& count, int of) {
    if (!count.isValue() || count.value == 0) return count;
    const int rest = of - count.value;
    if (count.value < kSmallest || (rest > 0 && rest < kSmallest)) return indicator::Count::suppressed();
    return indicator::Count::of((count.value + kSmallest / 2) / kSmallest * kSmallest);
}

Result<PackReport> makePack(Workspace& workspace, TaskContext& task) {
    FAIRLEAD_OK(workspace.require(access::Action::MakePack));
    FAIRLEAD_TRY(const auto readers, readersOf(workspace));
    FAIRLEAD_TRY(const Pack pack, figures(workspace, task));
    const std::scoped_lock lock(workspace.mutex());
    FAIRLEAD_TRY(const std::string file, fileOf(workspace, pack, readers));
    audit::Entry intent = workspace::intentOf(
        workspace, audit::Verb::Disclosure, {},
        {{"what", "the readers' pack"}, {"as_at", pack.asAt}, {"readers", std::to_string(readers.size())}});
    intent.objectSha256 = crypto::sha256(file);
    FAIRLEAD_TRY(auto act, audit::AuditedAct::begin(workspace.audit(), std::move(intent)));
    if (auto written = writeFileAtomically(workspace.folder() / kPackFile, file); !written) {
        workspace::endAsFailed(act, written.error());
        return fail(written.error());
    }
    FAIRLEAD_OK(act.done());
    return PackReport{pack.schools.size(), readers.size()};
}

Result<Pack> readPack(Workspace& workspace) {
    FAIRLEAD_OK(workspace.require(access::Action::ReadPack));
    const std::scoped_lock lock(workspace.mutex());
    return workspace::asAct(
        workspace, workspace::intentOf(workspace, audit::Verb::Consultation, {}, {{"what", "the readers' pack"}}),
        [&] { return open(workspace); }, [](const Pack&) { return audit::Outcome{}; });
}

}  // namespace fairlead::release
