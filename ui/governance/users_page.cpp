#include "ui/governance/users_page.h"

#include <QPushButton>
#include <algorithm>

#include "ui/governance/recovery_dialogs.h"
#include "ui/governance/recovery_tables.h"
#include "ui/governance/role_words.h"
#include "ui/governance/rotate_dialog.h"
#include "ui/governance/user_dialog.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

std::shared_ptr<const TableContent> usersTable(const UsersContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = UsersPage::tr("Name")},
                      {.title = UsersPage::tr("Roles"), .stretches = true},
                      {.title = UsersPage::tr("State")}};
    for (std::size_t i = 0; i < content.users.size(); ++i) {
        const access::Principal& user = content.users[i];
        const QString name = user.id == content.self ? UsersPage::tr("%1 (you)").arg(text(user.name)) : text(user.name);
        table->rows.push_back({{{name},
                                {user.active ? rolesInWords(user.roles) : UsersPage::tr("none any more")},
                                {user.active ? UsersPage::tr("may open it") : UsersPage::tr("has left")}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

std::shared_ptr<const TableContent> rolesTable() {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = UsersPage::tr("What is done"), .stretches = true}};
    for (const access::Role role : access::kRoles) {
        table->columns.push_back({.title = roleInWords(role)});
    }
    for (const access::Action action : access::kActions) {
        TableRow row{{{actionInWords(action)}}};
        for (const access::Role role : access::kRoles) {
            const bool may = access::allows({role}, action);
            row.cells.push_back({may ? UsersPage::tr("may") : QString(QChar(0x2013)), may ? 1 : 0});
        }
        table->rows.push_back(std::move(row));
    }
    return table;
}

enum UsersPart { People, Roles, Recovery, Keys };

}  // namespace

UsersPage::UsersPage(TaskRunner& rotation, QWidget* parent)
    : PartsPage(tr("Users"), {tr("Who may open it"), tr("What each role may do"), tr("Recovery sheets"), tr("Keys")},
                parent),
      m_rotation(rotation),
      m_add(addAction(tr("Add a user…"))),
      m_change(addAction(tr("Change roles…"))),
      m_retire(addAction(tr("Retire…"))),
      m_passphrase(addAction(tr("Change your passphrase…"))),
      m_makeSheets(addAction(tr("Make sheets…"))),
      m_tryThem(addAction(tr("Try the sheets…"))),
      m_rotate(addAction(tr("Rotate keys…"))),
      m_actions({{People, m_add},
                 {People, m_change},
                 {People, m_retire},
                 {People, m_passphrase},
                 {Recovery, m_makeSheets},
                 {Recovery, m_tryThem},
                 {Keys, m_rotate}}) {
    using Kind = UserChange::Kind;
    const std::pair<QPushButton*, Kind> buttons[] = {{m_add, Kind::Add},
                                                     {m_change, Kind::ChangeRoles},
                                                     {m_retire, Kind::Retire},
                                                     {m_passphrase, Kind::OwnPassphrase}};
    for (const auto& [button, kind] : buttons) {
        connect(button, &QPushButton::clicked, this, [this, kind] { ask(kind); });
    }
    connect(m_makeSheets, &QPushButton::clicked, this, &UsersPage::askForSheets);
    connect(m_tryThem, &QPushButton::clicked, this, &UsersPage::askForDrill);
    connect(m_rotate, &QPushButton::clicked, this, &UsersPage::askForRotation);
    connect(this, &PartsPage::partShown, this, &UsersPage::showActions);
    connect(&table(), &DataTable::currentRowChanged, this, &UsersPage::follow);
    showActions();
}

void UsersPage::setUsers(std::shared_ptr<const UsersContent> content) {
    m_content = std::move(content);
    standing().setText(
        m_content->rolesSeparated
            ? tr("Roles are separated: nobody reads the data and decides who may, and a change takes two people.")
            : tr("Roles are not separated: somebody holds roles that keep each other in check. Every briefing says "
                 "so."));
    refill();
    follow();
}

void UsersPage::setRecovery(std::shared_ptr<const RecoveryContent> recovery) {
    m_recovery = std::move(recovery);
    refill();
    follow();
}

PartsPage::Part UsersPage::partNow(int part) const {
    const auto none = std::make_shared<const TableContent>();
    const QString unread = tr("Who may open this workspace has not been read yet.");
    switch (part) {
        case Roles:
            return {tr("A role is first of all keys: what a role may not read is encrypted with a key that it does not "
                       "have. Every refusal is in the audit log."),
                    rolesTable(), unread};
        case Recovery:
            return {tr("When passphrases are lost, two sheets of paper together add a user; one alone tells nothing. "
                       "Two people keep them in different places, away from the workspace, and try them twice a year."),
                    m_recovery ? sheetsTable(*m_recovery, *m_content) : none,
                    m_recovery ? tr("No sheets were made: whoever loses the last passphrase loses the workspace.")
                               : tr("A key officer makes the sheets and sees how they stand.")};
        case Keys:
            return {tr("What somebody copied while they held a key stays readable to them. A rotation puts everything "
                       "under new keys, in a new folder, for those who may open it today. It takes a data steward, who "
                       "is signed in, and a key officer."),
                    m_content ? keysTable(*m_content) : none, unread};
        default: break;
    }
    return {tr("Whoever left stays listed, because the audit log names them. What somebody copied while they held a "
               "key stays readable to them: rotate the keys if that matters."),
            m_content ? usersTable(*m_content) : none, unread};
}

const access::Principal* UsersPage::current() const {
    const QVariant key = part() == People ? table().currentKey() : QVariant();
    return m_content && key.isValid() ? &m_content->users[key.toULongLong()] : nullptr;
}

void UsersPage::showActions() {
    for (const auto& [part, button] : m_actions) {
        button->setVisible(part == this->part());
    }
    follow();
}

void UsersPage::follow() {
    const access::Principal* user = current();
    const bool mayManage = m_content && m_content->mayManage;
    const bool onAnother = mayManage && user != nullptr && user->active;
    m_add->setEnabled(mayManage);
    m_change->setEnabled(onAnother);
    m_retire->setEnabled(onAnother && user->id != m_content->self);
    m_passphrase->setEnabled(m_content != nullptr);
    m_makeSheets->setEnabled(m_content && m_content->mayRecover);
    m_tryThem->setEnabled(m_recovery && m_recovery->sheets);
    m_rotate->setEnabled(m_content && m_content->mayRotate);
}

void UsersPage::ask(UserChange::Kind kind) {
    auto* form = new UserDialog(kind, *m_content, current(), this);
    connect(form, &UserDialog::submitted, this, &UsersPage::changeRequested);
    m_form.open(form);
}

void UsersPage::askForSheets() {
    auto* form = new MakeSheetsDialog(*m_content, this);
    connect(form, &MakeSheetsDialog::submitted, this, &UsersPage::sheetsRequested);
    m_form.open(form);
}

void UsersPage::showSheets(std::shared_ptr<const custody::SheetsMade> made) {
    m_form.close();
    m_sheets = new SheetsDialog(std::move(made), this);
    connect(m_sheets, &SheetsDialog::fileRequested, this, &UsersPage::sheetFileRequested);
    m_form.open(m_sheets);
}

void UsersPage::showKept(const std::filesystem::path& file) {
    if (m_sheets != nullptr) {
        m_sheets->showWords(tr("Written to %1, for nobody else to read.").arg(text(file.string())));
    }
}

void UsersPage::askForDrill() {
    m_drilling = new DrillDialog(this);
    connect(m_drilling, &DrillDialog::submitted, this, &UsersPage::drillRequested);
    m_form.open(m_drilling);
}

void UsersPage::showDrill(const custody::DrillReport& report) {
    if (m_drilling != nullptr) {
        m_drilling->showReport(report);
    }
}

void UsersPage::askForRotation() {
    auto* form = new RotateDialog(*m_content, m_rotation, this);
    connect(form, &RotateDialog::submitted, this, &UsersPage::rotationRequested);
    m_form.open(form);
}

void UsersPage::showRotated(const custody::RotationReport& report, const std::filesystem::path& folder) {
    m_form.close();
    auto* form = new RotatedDialog(report, folder, this);
    connect(form, &RotatedDialog::openRequested, this, &UsersPage::workspaceRequested);
    m_form.open(form);
}

}  // namespace fairlead::ui
