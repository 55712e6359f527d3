#include "ui/governance/user_dialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/governance/role_words.h"
#include "ui/governance/second_person.h"
#include "ui/style/look.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

namespace {

using Kind = UserChange::Kind;

QString titleOf(Kind kind, const QString& user) {
    switch (kind) {
        case Kind::Add: return UserDialog::tr("Add a user");
        case Kind::ChangeRoles: return UserDialog::tr("Change the roles of %1").arg(user);
        case Kind::Retire: return UserDialog::tr("Retire %1").arg(user);
        case Kind::OwnPassphrase: return UserDialog::tr("Change your passphrase");
    }
    return {};
}

QString meaningOf(Kind kind) {
    switch (kind) {
        case Kind::Add:
            return UserDialog::tr(
                "The user types a passphrase that nobody else knows. Four or more unrelated words make "
                "a good one.");
        case Kind::ChangeRoles:
            return UserDialog::tr(
                "It takes effect when the user opens the workspace next. What was copied with a key "
                "before stays readable to whoever copied it.");
        case Kind::Retire:
            return UserDialog::tr(
                "The user cannot open the workspace any more and stays named in the audit log. What "
                "was copied before stays readable to whoever copied it.");
        case Kind::OwnPassphrase: return UserDialog::tr("A backup made before still opens with the passphrase of now.");
    }
    return {};
}

QString buttonOf(Kind kind) {
    switch (kind) {
        case Kind::Add: return UserDialog::tr("Add");
        case Kind::Retire: return UserDialog::tr("Retire");
        default: return UserDialog::tr("Change");
    }
}

PassphraseInHand inHand(PassphraseEdit* field) {
    return field == nullptr ? nullptr : std::make_shared<const crypto::Secret>(field->take());
}

}  // namespace

UserDialog::UserDialog(Kind kind, const UsersContent& content, const access::Principal* about, QWidget* parent)
    : ActDialog({titleOf(kind, about == nullptr ? QString() : text(about->name)), meaningOf(kind), buttonOf(kind)},
                parent),
      m_kind(kind),
      m_about(about == nullptr || kind == Kind::Add || kind == Kind::OwnPassphrase ? std::string() : about->name) {
    if (m_kind == Kind::Add) {
        m_name = new QLineEdit;
        addField(tr("Name, as the audit log shows it"), m_name);
    }
    if (m_kind == Kind::Add || m_kind == Kind::ChangeRoles) {
        add(roleFields(m_about.empty() ? nullptr : about));
    }
    if (m_kind == Kind::OwnPassphrase) {
        addPassphrase(m_now, tr("Passphrase of now"));
    }
    if (m_kind == Kind::Add || m_kind == Kind::OwnPassphrase) {
        addPassphrase(m_next, m_kind == Kind::Add ? tr("Passphrase of the new user") : tr("New passphrase"));
        addPassphrase(m_again, tr("The same again"));
    }
    if (m_kind == Kind::Add || m_kind == Kind::ChangeRoles) {
        addSecond(content);
    }
    finish();
}

void UserDialog::addPassphrase(PassphraseEdit*& field, const QString& label) {
    field = new PassphraseEdit(label);
    addField(label, field);
}

void UserDialog::addSecond(const UsersContent& content) {
    const QStringList people = allowedTo(access::Action::HandOverKeys, content);
    if (!people.isEmpty()) {  // Else one person alone.
        m_second = new SecondPerson({tr("Second person, who hands the keys over"), people, content.rolesSeparated});
        add(m_second);
    }
}

QWidget* UserDialog::roleFields(const access::Principal* about) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(new TextLabel(tr("Roles"), TextRole::BodyStrong));
    for (const access::Role role : access::kRoles) {
        auto* check = new QCheckBox(roleInWords(role));
        check->setChecked(about != nullptr && about->roles.contains(role));
        check->setAccessibleDescription(dutyInWords(role));
        auto* duty = new TextLabel(dutyInWords(role), TextRole::Note, Ink::Secondary);
        duty->wrap();
        duty->setIndent(scaled(24));
        column->addWidget(check);
        column->addWidget(duty);
        m_roles.emplace_back(role, check);
    }
    return box;
}

QString UserDialog::missing() const {
    if (m_name != nullptr && m_name->text().trimmed().isEmpty()) {
        return tr("Enter the name.");
    }
    if (!m_roles.empty() && std::ranges::none_of(m_roles, [](const auto& role) { return role.second->isChecked(); })) {
        return tr("Choose at least one role.");
    }
    if (m_now != nullptr && m_now->text().isEmpty()) {
        return tr("Enter the passphrase of now.");
    }
    if (m_next != nullptr && m_next->text().isEmpty()) {
        return tr("Enter the new passphrase.");
    }
    if (m_next != nullptr && m_next->text() != m_again->text()) {
        return tr("The two passphrases differ. Enter the same one twice.");
    }
    return m_second == nullptr ? QString() : m_second->missing();
}

void UserDialog::send() {
    UserChange change{.kind = m_kind, .user = m_about};
    if (m_name != nullptr) {
        change.user = m_name->text().trimmed().toStdString();
    }
    for (const auto& [role, check] : m_roles) {
        if (check->isChecked()) {
            change.roles.insert(role);
        }
    }
    change.passphrase = inHand(m_kind == Kind::Add ? m_next : m_now);
    change.next = inHand(m_kind == Kind::OwnPassphrase ? m_next : nullptr);
    if (m_again != nullptr) {
        m_again->forget();
    }
    if (m_second != nullptr) {
        change.second = m_second->name();
        change.secondPassphrase = m_second->take();
    }
    emit submitted(change);
}

}  // namespace fairlead::ui
