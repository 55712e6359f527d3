// UsersWork: the page about who may open the workspace, recovery and keys, and the work behind it.

#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "ui/shell/session.h"
#include "ui/task/task_runner.h"

namespace fairlead::ui {

class UsersPage;

/// A part of the Desk. Its page is made here and owned by whatever it is put into.
class UsersWork final : public QObject {
    Q_OBJECT

public:
    explicit UsersWork(std::shared_ptr<Session> session, QObject* parent);

    [[nodiscard]] UsersPage* page() const { return m_page; }
    /// What runs readings, changes and drills.
    [[nodiscard]] TaskRunner& runner() { return m_runner; }
    /// What runs rotations.
    [[nodiscard]] TaskRunner& rotationRunner() { return m_rotationRunner; }
    /// Reads what the page shows.
    void read();
    /// Writes a sheet to a file.
    void keepSheet(const SheetInHand& sheet, const std::filesystem::path& file);

signals:
    /// A sentence for the reader.
    void said(const QString& words, bool isError);
    /// Something could not be done.
    void failed(const fairlead::Error& error);
    /// Another workspace is to be opened instead of this one.
    void workspaceRequested(const std::filesystem::path& folder);

private:
    void readRecovery();
    void change(const UserChange& wanted);
    void makeSheets(const SheetsOrder& order);
    void chooseSheetFile(const SheetInHand& sheet);
    void drill(const SheetsTyped& sheets);
    void rotate(const RotationOrder& order);
    /// Starts work; `take` shows its value.
    template <typename T, typename Work, typename Take>
    void start(Work work, Take take);
    /// The same, of an act: a refusal is said in the form that asked for it.
    template <typename T, typename Work, typename Take>
    void act(TaskRunner& runner, Work work, Take take);

    std::shared_ptr<Session> m_session;
    TaskRunner m_runner;
    TaskRunner m_rotationRunner;
    UsersPage* m_page;
};

}  // namespace fairlead::ui
