#include "core/demo/city.h"

#include <algorithm>
#include <array>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/crypto/keys.h"
#include "core/demo/delivered_ties.h"
#include "core/demo/deliveries.h"
#include "core/demo/homes.h"
#include "core/demo/lives.h"
#include "core/demo/manifests.h"
#include "core/demo/population.h"
#include "core/demo/readme.h"
#include "core/demo/records.h"
#include "core/demo/registers.h"
#include "core/demo/schools.h"
#include "core/demo/special_cases.h"
#include "core/demo/truth.h"
#include "core/extract/extract.h"
#include "core/extract/key_files.h"

namespace fairlead::demo {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFewestPupils = 20;
constexpr std::int64_t kMostPupils = 100'000;

/// The folder that is being made; what it holds is removed again unless the work was finished.
class FolderInMaking {
public:
    /// Errors: AlreadyExists when there is something in it, Io.
    static Result<FolderInMaking> begin(const fs::path& path) {
        std::error_code problem;
        const bool existed = fs::exists(path, problem);
        if (existed && (!fs::is_directory(path, problem) || !fs::is_empty(path, problem))) {
            return fail(ErrorCode::AlreadyExists, path.filename().string());
        }
        FolderInMaking folder(path, existed);
        for (const auto* part : {"extracts", "keys", "truth"}) {
            if (!fs::create_directories(path / part, problem) || problem) {
                return fail(ErrorCode::Io, path.filename().string(), problem.message());
            }
            // As a real supply would be kept: keys and truth are nobody else's business.
            fs::permissions(path / part, fs::perms::owner_all, problem);
            if (problem) return fail(ErrorCode::Io, path.filename().string(), problem.message());
        }
        return folder;
    }

    FolderInMaking(const FolderInMaking&) = delete;
    FolderInMaking& operator=(const FolderInMaking&) = delete;
    FolderInMaking(FolderInMaking&& other) noexcept
        : m_path(std::move(other.m_path)), m_existed(other.m_existed), m_owned(std::exchange(other.m_owned, false)) {}
    FolderInMaking& operator=(FolderInMaking&&) = delete;
    ~FolderInMaking() {
        if (!m_owned) return;
        std::error_code ignored;
        if (!m_existed) {
            fs::remove_all(m_path, ignored);
            return;
        }
        for (const auto* part : {"extracts", "keys", "truth", "demo.json", "README.txt"})
            fs::remove_all(m_path / part, ignored);
    }

    void keep() { m_owned = false; }
    [[nodiscard]] fs::path operator/(const fs::path& name) const { return m_path / name; }

private:
    FolderInMaking(fs::path path, bool existed) : m_path(std::move(path)), m_existed(existed) {}
    fs::path m_path;
    bool m_existed = false;
    bool m_owned = true;
};

/// New keys of the five agencies and of the unit; the agencies' secret halves are forgotten with this object.
struct Keys {
    std::array<crypto::SignKeyPair, kAgencies> agencies;
    crypto::SealKeyPair unit;
};

Keys newKeys() {
    Keys keys;
    for (auto& pair : keys.agencies) pair = crypto::SignKeyPair::generate();
    keys.unit = crypto::SealKeyPair::generate();
    return keys;
}

Status writeKeys(const FolderInMaking& folder, Keys& keys) {
    for (std::size_t i = 0; i < kAgencies; ++i) {
        const auto name = std::string(agencyId(static_cast<Agency>(i))) + ".pub";
        FAIRLEAD_OK(extract::writePublicKeys(folder / "keys" / name, {std::nullopt, keys.agencies.at(i).publicKey}));
    }
    FAIRLEAD_OK(extract::writePublicKeys(folder / "keys" / "unit.pub", {keys.unit.publicKey, std::nullopt}));
    extract::KeyPairs unit;
    unit.seal = std::move(keys.unit);
    return extract::writeKeyPairs(folder / "keys" / "unit.key", unit);
}

Result<std::vector<DemoExtract>> writeExtracts(const FolderInMaking& folder, const World& world, const Names& names,
                                               const Registers& registers, const Keys& keys, DeliveredTies& ties,
                                               TaskContext& task) {
    const RecordWriter writer(world, names, registers);
    std::vector<DemoExtract> written;
    std::map<Agency, std::string> previous;
    for (const auto& delivery : deliveryPlan()) {
        if (task.cancelled()) return fail(ErrorCode::Cancelled);
        FAIRLEAD_TRY(const auto rows, rowsOf(world, registers, writer, delivery, task));
        ties.take(delivery, rows);
        extract::Sealing sealing;
        sealing.units = {keys.unit.publicKey};
        sealing.signer = &keys.agencies.at(static_cast<std::size_t>(delivery.agency));
        const auto file = fs::path("extracts") / (extractName(delivery) + ".fxt");
        auto draft = draftManifest(delivery, previous[delivery.agency]);
        FAIRLEAD_TRY(const auto manifest, extract::build(rows, std::move(draft), sealing, folder / file, task));
        previous[delivery.agency] = hex(crypto::sha256(extract::canonicalJson(manifest)));
        DemoExtract entry{file.generic_string(), manifest.agency,   manifest.dataset,
                          manifest.sequence,     manifest.dataAsAt, 0};
        for (const auto& [table, digest] : manifest.tables) entry.rows += digest.rows;
        written.push_back(std::move(entry));
    }
    return written;
}

Status writeTruth(const FolderInMaking& folder, const World& world, const Registers& registers,
                  const Delivered& delivered, const DeliveredTies& ties, TaskContext& task) {
    FAIRLEAD_TRY(const auto spells, expectedSpells(world, registers, task));
    FAIRLEAD_OK(writeFileAtomically(folder / "truth" / "persons.csv", personsCsv(world, registers, delivered)));
    FAIRLEAD_OK(writeFileAtomically(folder / "truth" / "families.csv",
                                    familiesCsv(world, registers, delivered, ties.groups())));
    return writeFileAtomically(folder / "truth" / "expected_spells.csv", spellsCsv(spells));
}

std::int64_t knownPersons(const World& world, const Registers& registers, const Delivered& delivered) {
    std::vector<bool> known(world.persons.size(), false);
    for (std::size_t a = 0; a < kAgencies; ++a) {
        const auto& sources = registers.sources(static_cast<Agency>(a));
        for (std::size_t i = 0; i < sources.size(); ++i) {
            if (delivered.at(a)[i]) known[static_cast<std::size_t>(sources[i].person)] = true;
        }
    }
    return std::ranges::count(known, true);
}

std::vector<DemoSchool> schoolEntries(const World& world) {
    std::vector<DemoSchool> schools;
    for (const auto& school : world.schools) schools.push_back({school.urn, school.name, 0});
    for (const auto school : currentSchools(world)) {
        if (school >= 0) ++schools[static_cast<std::size_t>(school)].pupils;
    }
    return schools;
}

}  // namespace

Result<World> makeWorld(std::int64_t pupils, std::uint64_t seed, const Names& names, TaskContext& task) {
    if (pupils < kFewestPupils || pupils > kMostPupils) {
        return fail(ErrorCode::InvalidArgument, "pupils",
                    fmt::format("not between {} and {}", kFewestPupils, kMostPupils));
    }
    World world;
    world.seed = seed;
    world.pupilTarget = pupils;
    openSchools(world);
    Homes homes(world, names);
    FAIRLEAD_OK(growPopulation(world, names, homes, task));
    enrolPupils(world);
    FAIRLEAD_OK(liveCare(world, homes, task));
    FAIRLEAD_OK(liveSchools(world, task));
    FAIRLEAD_OK(liveHealth(world, task));
    FAIRLEAD_OK(livePolice(world, task));
    return world;
}

Result<DemoSummary> createCity(const DemoOptions& options, TaskContext& task) {
    task.begin(Phase::Preparing, 0);
    FAIRLEAD_TRY(auto folder, FolderInMaking::begin(options.folder));
    FAIRLEAD_TRY(const auto names, Names::read(options.namesFolder));
    FAIRLEAD_TRY(const auto world, makeWorld(options.pupils, options.seed, names, task));
    const Registers registers(world);
    FAIRLEAD_TRY(const auto delivered, deliveredSources(world, registers, task));

    DemoSummary summary;
    summary.asAt = cityEnd();
    summary.seed = options.seed;
    summary.pupils = options.pupils;
    summary.persons = knownPersons(world, registers, delivered);
    summary.schools = schoolEntries(world);

    auto keys = newKeys();
    DeliveredTies ties(world, registers);
    FAIRLEAD_TRY(summary.extracts, writeExtracts(folder, world, names, registers, keys, ties, task));
    FAIRLEAD_OK(writeKeys(folder, keys));
    task.begin(Phase::Computing, 0);
    FAIRLEAD_OK(writeTruth(folder, world, registers, delivered, ties, task));
    const auto cases = specialCases(world, registers, delivered);
    FAIRLEAD_OK(writeFileAtomically(folder / "README.txt", readmeText(summary, cases)));
    FAIRLEAD_OK(writeFileAtomically(folder / "demo.json", summaryJson(summary)));
    folder.keep();
    return summary;
}

}  // namespace fairlead::demo
