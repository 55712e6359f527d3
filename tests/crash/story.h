// What is done in a workspace while its calls are on tape, and what a workspace that is opened after a crash must hold.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/workspace/workspace_fixture.h"
#include "tests/crash/platter.h"

namespace fairlead::crash {

inline constexpr std::string_view kFirst = "three small boats at dawn";  ///< The fixture's passphrase.
inline constexpr std::string_view kSecond = "four small boats at dusk";  ///< What it is changed to.
/// What acts leave beside the workspace.
inline constexpr std::string_view kRotated = "rotated.fairlead", kKept = "kept", kRestored = "restored.fairlead";

/// What somebody may rely on from this operation on: an act was acknowledged.
struct Moment {
    std::size_t operations = 0;
    std::string content;        ///< Of everything but the audit log; empty: there need be no workspace.
    audit::Checkpoint audit{};  ///< The log's entries of then stay.
    std::string passphrase;
    bool isOnRecord = true;  ///< What led here begins with an intent in the log.
};

/// The project's resources with few of the definitions, which are read at every opening.
std::filesystem::path fewResources();

/// A place to act in: `folder` holds w.fairlead, and out/ for what is exported.
class Stage {
public:
    explicit Stage(test::WorkspaceFixture& fixture);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path path() const { return m_folder / "w.fairlead"; }
    /// Errors: those of Workspace::open().
    Result<std::shared_ptr<workspace::Workspace>> open(const std::string& passphrase) const;
    /// Of an open workspace: digests of every table, users, the readers' pack as it is read, header and exports;
    /// and what acts left beside it: a rotated one, a backup, what came back from one.
    std::string contentOf(workspace::Workspace& workspace);

    /// From now on contentOf() leaves out header, exports and what is drawn by chance, which are never the same twice.
    void comparesRowsAlone() { m_comparesFiles = false; }

    test::WorkspaceFixture& fixture;
    std::pair<std::string, std::string> sheets{};  ///< Recovery sheets as printed last.

private:
    std::string rowsOf(workspace::Workspace& workspace);
    std::string packOf(workspace::Workspace& workspace);
    std::string besides();
    std::filesystem::path m_folder;
    bool m_comparesFiles = true;
};

/// What is done; a failure is one that the caller sees. It may close the session, which is opened again then.
using Deed = std::function<Status(std::shared_ptr<workspace::Workspace>&, Stage&)>;

/// One act.
struct Act {
    Deed deed;
    bool isOnRecord = true;  ///< It begins with an intent in the workspace's log.
};

/// Acts in a session of their own.
struct Story {
    std::string name;
    std::function<void(test::WorkspaceFixture&)> prepare{};  ///< Before the workspace is copied to the stage.
    std::vector<Act> acts{};
    std::string passphraseAfter{};  ///< When the last act changes it.
    bool creates = false;           ///< It begins with no workspace and makes one.
};

/// All of them.
const std::vector<Story>& stories();
/// Puts the prepared workspace on the stage, closed.
Image prepared(const Story& story, Stage& stage);
/// The log as it lies there, before anybody opens it.
Result<audit::Checkpoint> logOf(const Stage& stage);
/// Plays the story; a failure of an act is one of the test. Gives what was acknowledged when.
std::vector<Moment> play(const Story& story, Stage& stage, const std::function<std::size_t()>& operations);

/// What a folder after a crash is judged by: as before the act under way, or as after it.
struct Judge {
    const Moment* before = nullptr;
    const Moment* after = nullptr;  ///< Null when no act was under way.
};
/// Opens what is on the stage. Empty when all is well, else what is not.
std::string faultIn(Stage& stage, const Judge& judge);

}  // namespace fairlead::crash
