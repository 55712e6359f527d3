// What is done in a workspace while its calls are on tape, and what a workspace that is opened after a crash must hold.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/core/workspace/workspace_fixture.h"
#include "tests/crash/platter.h"

namespace fairlead::crash {

/// What somebody may rely on from this operation on: an act was acknowledged.
struct Moment {
    std::size_t operations = 0;
    std::string content;        ///< Of everything but the audit log; empty: there need be no workspace.
    audit::Checkpoint audit{};  ///< The log's entries of then stay.
    std::string passphrase;
};

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
    /// Of an open workspace: digests of every table, header and exports.
    std::string contentOf(workspace::Workspace& workspace);

    /// From now on contentOf() leaves out header and exports, which are never the same twice.
    void comparesRowsAlone() { m_comparesFiles = false; }

    test::WorkspaceFixture& fixture;

private:
    std::filesystem::path m_folder;
    bool m_comparesFiles = true;
};

/// One act; a failure is one that the caller sees.
using Act = std::function<Status(workspace::Workspace&, Stage&)>;

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
