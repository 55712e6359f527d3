// UnlockPage: the passphrase of a workspace, or of one that is about to be made.

#pragma once

#include <QCheckBox>
#include <filesystem>

#include "core/base/result.h"
#include "core/crypto/keys.h"
#include "ui/shell/session.h"
#include "ui/style/page.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace fairlead::ui {

class PassphraseEdit;
class TaskRunner;
class TextLabel;

/// Asks for a passphrase: once to open, twice to create (with a name and the folder of the agencies' keys).
class UnlockPage final : public Page {
    Q_OBJECT

public:
    /// `runner` is the one whose progress the page shows.
    explicit UnlockPage(TaskRunner& runner, QWidget* parent = nullptr);

    /// Asks for the passphrase of a workspace, and who opens it where `users` has several names; `note` says why
    /// ("Locked after 10 minutes without use").
    void askToOpen(const std::filesystem::path& folder, const QStringList& users, const QString& note = {});
    /// Somebody was added and can open it now: chosen, with a sentence that says so.
    void welcome(const QStringList& users, const QString& name, const QString& note);
    /// Asks for what a new workspace needs.
    void askToCreate(const std::filesystem::path& folder);
    /// The workspace is of an older format: asks whether to make an upgraded copy.
    void askToUpgrade(const std::filesystem::path& to);
    /// Says why it could not be opened or made; the passphrase is to be entered again.
    void showError(const Error& error);
    /// While the key is derived, nothing can be entered.
    void setBusy(bool busy);
    /// The folder that is asked about.
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;

signals:
    /// The passphrase was entered: takePassphrase() has it.
    void openSubmitted();
    /// A new workspace was described: takePassphrase() has its passphrase.
    void createSubmitted(const fairlead::ui::NewWorkspaceRequest& request);
    /// An upgraded copy of folder() is wanted: takePassphrase() has the passphrase.
    void upgradeSubmitted(const fairlead::ui::UpgradeWanted& wanted);
    /// Nobody can sign in: the recovery sheets are to be used for folder().
    void recoveryRequested();
    /// Back to the start page.
    void backRequested();
    /// The folder of the agencies' keys is to be chosen.
    void keysFolderRequested();

public:
    /// The passphrase in locked memory; the fields are emptied.
    crypto::Secret takePassphrase();
    /// Who opens it; empty where only one can.
    [[nodiscard]] QString user() const;
    /// Fills in the folder of the agencies' keys.
    void setKeysFolder(const std::filesystem::path& folder);

private:
    void build(TaskRunner& runner);
    /// What is asked for.
    enum class Asked : std::uint8_t { Open, Create, Upgrade };
    void ask(Asked asked);
    void submit();
    void say(const QString& words, bool isError);

    std::filesystem::path m_folder;
    std::filesystem::path m_upgraded;  ///< Where the copy is to be.
    Asked m_asked = Asked::Open;
    TextLabel* m_title;
    TextLabel* m_where;
    TextLabel* m_message;
    QWidget* m_newFields;
    QLineEdit* m_name;
    QLineEdit* m_keys;
    QWidget* m_userField;
    QComboBox* m_user;
    PassphraseEdit* m_passphrase;
    QWidget* m_repeatField;
    PassphraseEdit* m_repeat;
    QCheckBox* m_show;
    QPushButton* m_submit;
    QPushButton* m_back;
    QPushButton* m_recover;
};

}  // namespace fairlead::ui
