#include "ui/governance/users_page.h"

#include <QPushButton>
#include <algorithm>

#include "ui/governance/role_words.h"
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

}  // namespace

UsersPage::UsersPage(QWidget* parent)
    : PartsPage(tr("Users"), {tr("Who may open it"), tr("What each role may do")}, parent),
      m_add(addAction(tr("Add a user…"))),
      m_change(addAction(tr("Change roles…"))),
      m_retire(addAction(tr("Retire…"))),
      m_passphrase(addAction(tr("Change your passphrase…"))) {
    using Kind = UserChange::Kind;
    const std::pair<QPushButton*, Kind> buttons[] = {{m_add, Kind::Add},
                                                     {m_change, Kind::ChangeRoles},
                                                     {m_retire, Kind::Retire},
                                                     {m_passphrase, Kind::OwnPassphrase}};
    for (const auto& [button, kind] : buttons) {
        connect(button, &QPushButton::clicked, this, [this, kind] { ask(kind); });
    }
    connect(&table(), &DataTable::currentRowChanged, this, &UsersPage::follow);
    follow();
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

PartsPage::Part UsersPage::partNow(int part) const {
    const QString nobody = tr("Who may open this workspace has not been read yet.");
    if (part == 0) {
        return {
            tr("Whoever left stays listed, because the audit log names them. What somebody copied while they held a "
               "key stays readable to them: rotate the keys if that matters. When passphrases are lost, two sheets of "
               "paper "
               "add a user: the command fairlead-cli access recovery makes them (make), tries them twice a year "
               "(drill) "
               "and uses them (use)."),
            m_content ? usersTable(*m_content) : std::make_shared<const TableContent>(), nobody};
    }
    return {tr("A role is first of all keys: what a role may not read is encrypted with a key that it does not have. "
               "Every refusal is in the audit log."),
            rolesTable(), nobody};
}

const access::Principal* UsersPage::current() const {
    const QVariant key = part() == 0 ? table().currentKey() : QVariant();
    return m_content && key.isValid() ? &m_content->users[key.toULongLong()] : nullptr;
}

void UsersPage::follow() {
    const access::Principal* user = current();
    const bool mayManage = m_content && m_content->mayManage;
    const bool onAnother = mayManage && user != nullptr && user->active;
    m_add->setEnabled(mayManage);
    m_change->setEnabled(onAnother);
    m_retire->setEnabled(onAnother && user->id != m_content->self);
    m_passphrase->setEnabled(m_content != nullptr);
}

void UsersPage::ask(UserChange::Kind kind) {
    auto* form = new UserDialog(kind, *m_content, current(), this);
    connect(form, &UserDialog::submitted, this, &UsersPage::changeRequested);
    m_form.open(form);
}

}  // namespace fairlead::ui
