// The forms about new keys: asking for them, and what to do when they are there.

#pragma once

#include "ui/governance/act_dialog.h"
#include "ui/governance/recovery_content.h"

class QLineEdit;

namespace fairlead::ui {

class SecondPerson;

/// Where the workspace is to lie under new keys, and the second person. It can be stopped until it is done.
class RotateDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `runner` runs the rotation.
    RotateDialog(const UsersContent& content, TaskRunner& runner, QWidget* parent = nullptr);

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::RotationOrder& order);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    QLineEdit* m_folder;
    SecondPerson* m_second;
};

/// The workspace lies under new keys: where, and what is to be done now.
class RotatedDialog final : public ActDialog {
    Q_OBJECT

public:
    RotatedDialog(const custody::RotationReport& report, std::filesystem::path folder, QWidget* parent = nullptr);

signals:
    /// The new workspace is to be opened.
    void openRequested(const std::filesystem::path& folder);

protected:
    [[nodiscard]] QString missing() const override { return {}; }
    void send() override;

private:
    std::filesystem::path m_folder;
};

}  // namespace fairlead::ui
