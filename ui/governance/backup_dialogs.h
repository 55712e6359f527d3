// Forms for a backup of the workspace and for its way back.

#pragma once

#include <filesystem>

#include "ui/governance/act_dialog.h"

class QLineEdit;

namespace fairlead::ui {

/// Asks where a verified copy of the workspace is to go.
class BackupDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `name`: what the new folder may be called. `runner` makes the copy.
    BackupDialog(const QString& name, TaskRunner& runner, QWidget* parent = nullptr);

signals:
    /// A copy is wanted in this folder, which is not there yet.
    void submitted(const std::filesystem::path& folder);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    QLineEdit* m_folder;
};

/// Asks which backup is to become a workspace again, and where.
class RestoreDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `runner` copies.
    explicit RestoreDialog(TaskRunner& runner, QWidget* parent = nullptr);

signals:
    /// The backup is to be copied to this folder, which is not there yet.
    void submitted(const std::filesystem::path& backup, const std::filesystem::path& folder);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    QLineEdit* m_backup;
    QLineEdit* m_folder;
};

}  // namespace fairlead::ui
