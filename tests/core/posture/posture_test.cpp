#include "core/posture/posture.h"

#include <algorithm>

#include <catch2/catch_all.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "core/posture/measure.h"
#include "tests/support/temp_folder.h"
#include "ui/text/posture_words.h"

namespace fairlead::posture {

namespace {

namespace fs = std::filesystem;

Standing standingOf(const std::vector<Finding>& findings, Topic topic) {
    const auto found = std::ranges::find(findings, topic, &Finding::topic);
    REQUIRE(found != findings.end());
    return found->standing;
}

Standing standingOf(const Measured& measured, Topic topic) { return standingOf(judge(measured), topic); }

Measured onDisk(const std::string& kind, Encryption encryption) {
    Measured measured;
    measured.folder = Folder{{kind, "/dev/x", encryption}, false, true};
    return measured;
}

/// A computer's own tables, in a folder.
class MadeUpSystem {
public:
    explicit MadeUpSystem(const test::TempFolder& folder) : m_places{folder / "proc", folder / "sys"} {}

    void mount(const std::string& line) const { append("self/mountinfo", line); }
    void swap(const std::string& line) const { append("swaps", line); }
    void device(const std::string& name, const std::string& uuid, const std::vector<std::string>& below = {}) const {
        const fs::path at = m_places.sys / "class" / "block" / name;
        fs::create_directories(at / "slaves");
        if (!uuid.empty()) {
            fs::create_directories(at / "dm");
            test::writeBytes(at / "dm" / "uuid", uuid + "\n");
        }
        for (const auto& one : below) fs::create_directories(at / "slaves" / one);
    }
    [[nodiscard]] const Places& places() const { return m_places; }

private:
    void append(const std::string& name, const std::string& line) const {
        const fs::path file = m_places.proc / name;
        fs::create_directories(file.parent_path());
        test::writeBytes(file, (fs::exists(file) ? test::bytesOf(file) : "") + line + "\n");
    }

    Places m_places;
};

}  // namespace

TEST_CASE("a disk is protected where its encryption is seen, and never called open where it is not", "[posture]") {
    CHECK(standingOf(onDisk("ext4", Encryption::Seen), Topic::Disk) == Standing::Protected);
    CHECK(standingOf(onDisk("ext4", Encryption::NotSeen), Topic::Disk) == Standing::Weak);
    CHECK(standingOf(onDisk("ext4", Encryption::Unknown), Topic::Disk) == Standing::Unknown);
    CHECK(standingOf(onDisk("tmpfs", Encryption::NotSeen), Topic::Disk) == Standing::Unknown);
}

TEST_CASE("a share of a network is open, memory weak, what is mounted through a program not known", "[posture][T-R1]") {
    for (const char* kind : {"nfs4", "cifs", "smb3", "9p", "fuse.sshfs"})
        CHECK(standingOf(onDisk(kind, Encryption::Unknown), Topic::FileSystem) == Standing::Open);
    CHECK(standingOf(onDisk("tmpfs", Encryption::Unknown), Topic::FileSystem) == Standing::Weak);
    CHECK(standingOf(onDisk("fuse.encfs", Encryption::Unknown), Topic::FileSystem) == Standing::Unknown);
    CHECK(standingOf(onDisk("xfs", Encryption::Unknown), Topic::FileSystem) == Standing::Protected);
}

TEST_CASE("one place in the clear makes the swap open; none, or memory alone, protects", "[posture]") {
    Measured measured;
    CHECK(standingOf(measured, Topic::Swap) == Standing::Unknown);
    measured.swaps = std::vector<Swap>();
    CHECK(standingOf(measured, Topic::Swap) == Standing::Protected);
    measured.swaps->push_back({"/dev/zram0", Encryption::NotSeen, true});
    measured.swaps->push_back({"/dev/dm-1", Encryption::Seen, false});
    CHECK(standingOf(measured, Topic::Swap) == Standing::Protected);
    measured.swaps->push_back({"/swap", Encryption::Unknown, false});
    CHECK(standingOf(measured, Topic::Swap) == Standing::Weak);
    measured.swaps->insert(measured.swaps->begin(), {"/dev/sda2", Encryption::NotSeen, false});
    CHECK(standingOf(measured, Topic::Swap) == Standing::Open);
}

TEST_CASE("what the process gave up, and what it may lock, is judged by what is in force", "[posture]") {
    Measured measured;
    for (const Topic topic : {Topic::CoreFiles, Topic::ProcessMemory, Topic::Network, Topic::ExtractReader})
        CHECK(standingOf(measured, topic) == Standing::Open);
    measured.noCoreFile = measured.memoryClosed = measured.noNetwork = measured.readerFiles = true;
    CHECK(standingOf(measured, Topic::ExtractReader) == Standing::Weak);
    measured.readerCalls = true;
    for (const Topic topic : {Topic::CoreFiles, Topic::ProcessMemory, Topic::Network, Topic::ExtractReader})
        CHECK(standingOf(measured, topic) == Standing::Protected);
    measured.lockedBytes = 7ULL << 20U;
    measured.lockableBytes = 8ULL << 20U;
    CHECK(standingOf(measured, Topic::LockedMemory) == Standing::Protected);
    measured.lockedBytes += 1;
    CHECK(standingOf(measured, Topic::LockedMemory) == Standing::Weak);
    measured.lockableBytes.reset();
    CHECK(standingOf(measured, Topic::LockedMemory) == Standing::Protected);
}

TEST_CASE("a sitting at X11 is open to the programs beside it, and without logind nobody hears the session",
          "[posture][T-M6]") {
    Measured measured;
    CHECK(std::ranges::none_of(judge(measured), [](const Finding& f) { return f.topic == Topic::Screen; }));
    measured.sitting = Sitting{"xcb", false, false, false};
    CHECK(standingOf(measured, Topic::Screen) == Standing::Open);
    CHECK(standingOf(measured, Topic::SessionLock) == Standing::Open);
    CHECK(standingOf(measured, Topic::Sleep) == Standing::Open);
    measured.sitting = Sitting{"wayland-egl", false, true, true};
    CHECK(standingOf(measured, Topic::Screen) == Standing::Protected);
    CHECK(standingOf(measured, Topic::SessionLock) == Standing::Weak);
    CHECK(standingOf(measured, Topic::Sleep) == Standing::Protected);
    measured.sitting->sessionHeard = true;
    CHECK(standingOf(measured, Topic::SessionLock) == Standing::Protected);
}

TEST_CASE("every standing that a rule can give has a sentence, and every topic a title", "[posture]") {
    std::vector<Measured> all(1);
    for (const char* kind : {"ext4", "nfs", "tmpfs", "fuse.encfs"})
        for (const Encryption encryption : {Encryption::Seen, Encryption::NotSeen, Encryption::Unknown})
            for (const bool yes : {false, true}) {
                Measured one = onDisk(kind, encryption);
                one.folder->othersMayRead = yes;
                one.folder->isOurs = !yes || kind[0] == 'e';
                one.swaps = {{"/dev/sda2", encryption, false}};
                one.noCoreFile = one.memoryClosed = one.noNetwork = one.readerFiles = yes;
                one.readerCalls = kind[0] == 'e';
                one.lockableBytes = yes ? 64ULL << 20U : 0;
                for (const char* display : {"xcb", "wayland", "offscreen"}) {
                    one.sitting = Sitting{display, yes, kind[0] == 'e', yes};
                    one.clockIsSet = yes;
                    one.rolesSeparated = yes;
                    all.push_back(one);
                }
            }
    for (const Measured& measured : all)
        for (const Finding& finding : judge(measured)) {
            INFO(text::title(finding.topic) << ": " << text::word(finding.standing));
            CHECK_FALSE(text::title(finding.topic).empty());
            CHECK(text::sentence(finding).ends_with('.'));
        }
    Measured own = onDisk("ext4", Encryption::Seen);
    own.folder->isOurs = false;
    CHECK(text::sentence(judge(own)[2]).starts_with("The workspace belongs to another account"));
}

TEST_CASE("a path lies on the nearest mount above it, and is encrypted where everything below is", "[posture]") {
    const test::TempFolder folder;
    const MadeUpSystem system(folder);
    system.mount("22 1 0:5 / / rw - ext4 /dev/made_up_sda1 rw");
    system.mount("23 22 0:6 / /data rw shared:2 master:1 - ext4 /dev/made_up_dm-0 rw");
    system.mount("24 23 0:7 / /data/a\\040b rw - nfs4 server:/share rw");
    system.mount("25 22 0:8 / /datas rw - ext4 /dev/made_up_dm-3 rw");
    system.device("made_up_sda1", "");
    system.device("made_up_dm-0", "LVM-abc", {"made_up_dm-1", "made_up_dm-2"});
    system.device("made_up_dm-1", "CRYPT-LUKS2-1");
    system.device("made_up_dm-2", "CRYPT-LUKS2-2");
    system.device("made_up_dm-3", "LVM-abd", {"made_up_dm-1", "made_up_sda1"});
    CHECK(fileSystemOf("/srv/x", system.places()).encryption == Encryption::NotSeen);
    CHECK(fileSystemOf("/data/x/w.fairlead", system.places()).encryption == Encryption::Seen);
    CHECK(fileSystemOf("/datas/x", system.places()).encryption == Encryption::NotSeen);
    const FileSystem share = fileSystemOf("/data/a b/w.fairlead", system.places());
    CHECK(share.kind == "nfs4");
    CHECK(share.encryption == Encryption::Unknown);
    CHECK(fileSystemOf("/x", Places{folder / "none", folder / "none"}).kind.empty());
}

TEST_CASE("swaps are read with what each lies on; a table that is not there is not an empty one", "[posture]") {
    const test::TempFolder folder;
    const MadeUpSystem system(folder);
    CHECK_FALSE(swapsOf(system.places()).has_value());
    system.swap("Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority");
    CHECK(swapsOf(system.places())->empty());
    system.mount("22 1 0:5 / / rw - ext4 /dev/made_up_dm-1 rw");
    system.device("made_up_dm-1", "CRYPT-PLAIN-swap");
    system.device("made_up_sda2", "");
    system.device("zram0", "");
    system.swap("/dev/made_up_sda2  partition\t2097148\t0\t-2");
    system.swap("/made\\040up/swapfile  file\t2097148\t0\t-3");
    system.swap("/dev/zram0  partition\t2097148\t0\t100");
    const auto swaps = swapsOf(system.places()).value();
    REQUIRE(swaps.size() == 3);
    CHECK(swaps[0].encryption == Encryption::NotSeen);
    CHECK(swaps[1].name == "/made up/swapfile");
    CHECK(swaps[1].encryption == Encryption::Seen);
    CHECK(swaps[2].isMemory);
}

TEST_CASE("the audit log is told which topics stand how, and neither devices nor paths", "[posture]") {
    Measured measured = onDisk("ext4", Encryption::Seen);
    measured.swaps = {{"/dev/sda2", Encryption::NotSeen, false}};
    measured.noCoreFile = true;
    measured.sitting = Sitting{"xcb", true, true, true};
    const auto record = onRecord(judge(measured));
    CHECK(record.at("posture_open") == "swap, process memory, network, extract reader, screen");
    CHECK(record.at("posture_unknown") == "clock");
    CHECK(record.at("posture_protected").starts_with("disk, file system, folder rights, core files"));
    std::size_t topics = 0;
    for (const auto& [standing, named] : record) {
        CHECK(named.find('/') == std::string::npos);
        topics += 1 + static_cast<std::size_t>(std::ranges::count(named, ','));
    }
    CHECK(topics == judge(measured).size());
}

TEST_CASE("this computer is measured: rights of a folder are seen, and nothing is invented without one", "[posture]") {
    const test::TempFolder folder;
    const fs::path workspace = folder / "w.fairlead";
    fs::create_directory(workspace);
    test::writeBytes(workspace / "header", "x");
    REQUIRE(::chmod((workspace / "header").c_str(), 0644) == 0);
    REQUIRE(::chmod(workspace.c_str(), 0700) == 0);
    CHECK_FALSE(measure(workspace).folder->othersMayRead);
    REQUIRE(::chmod(workspace.c_str(), 0755) == 0);
    const Measured measured = measure(workspace);
    CHECK(measured.folder->othersMayRead);
    CHECK(measured.folder->isOurs);
    CHECK_FALSE(measured.folder->files.kind.empty());
    CHECK_FALSE(measure({}).folder.has_value());
    CHECK_FALSE(measure(folder / "none").folder.has_value());
    // The test program limits nothing: the panel must not say that it did.
    CHECK_FALSE(measured.memoryClosed);
    CHECK_FALSE(measured.noNetwork);
}

}  // namespace fairlead::posture
