#include "ui/governance/second_person.h"

#include <QComboBox>
#include <QVBoxLayout>

#include "ui/style/labelled_field.h"
#include "ui/style/look.h"
#include "ui/style/passphrase_edit.h"

namespace fairlead::ui {

namespace {

template <typename Suits>
QStringList othersWho(const UsersContent& users, const Suits& suits) {
    QStringList names;
    for (const access::Principal& user : users.users) {
        if (user.active && user.id != users.self && suits(user.roles)) {
            names << text(user.name);
        }
    }
    return names;
}

}  // namespace

SecondPerson::SecondPerson(const SecondAsked& asked, QWidget* parent)
    : QWidget(parent),
      m_people(new QComboBox),
      m_passphrase(new PassphraseEdit(asked.isFurther ? tr("Passphrase of the further person")
                                                      : tr("Passphrase of the second person"))) {
    m_unsigned = asked.isFurther ? tr("The further person enters a passphrase too.")
                                 : tr("The second person enters a passphrase too.");
    m_people->setAccessibleName(asked.isFurther ? tr("Further person") : tr("Second person"));
    m_people->addItems(asked.people);
    if (!asked.isNeeded) {
        m_people->insertItem(0, asked.isFurther ? tr("Nobody") : tr("Nobody: I hold the roles for it"), true);
        m_people->setCurrentIndex(0);
        m_passphrase->setEnabled(false);
        connect(m_people, &QComboBox::currentIndexChanged, m_passphrase,
                [this](int chosen) { m_passphrase->setEnabled(chosen > 0); });
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(labelledField(asked.label, m_people));
    column->addWidget(labelledField(m_passphrase->accessibleName(), m_passphrase));
}

QString SecondPerson::missing() const {
    if (m_people->count() == 0) {
        return tr("Nobody else may be the second person. A key officer gives somebody the role.");
    }
    return m_passphrase->isEnabled() && m_passphrase->text().isEmpty() ? m_unsigned : QString();
}

std::string SecondPerson::name() const {
    return m_passphrase->isEnabled() ? m_people->currentText().toStdString() : std::string();
}

PassphraseInHand SecondPerson::take() {
    return m_passphrase->isEnabled() ? std::make_shared<const crypto::Secret>(m_passphrase->take()) : nullptr;
}

QStringList holdersOf(access::FileKey key, const UsersContent& users) {
    return othersWho(users, [key](const access::Roles& roles) { return access::holds(roles, key); });
}

QStringList allowedTo(access::Action action, const UsersContent& users) {
    return othersWho(users, [action](const access::Roles& roles) { return access::allows(roles, action); });
}

}  // namespace fairlead::ui
