#include "ui/governance/recover_dialog.h"

#include <QComboBox>
#include <QLineEdit>

#include "ui/governance/role_words.h"
#include "ui/governance/sheet_fields.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

namespace {

std::string typed(const QLineEdit* field) { return field->text().trimmed().toStdString(); }

}  // namespace

RecoverDialog::RecoverDialog(QWidget* parent)
    : ActDialog({tr("Use the recovery sheets"),
                 tr("Both sheets together add one user. Who brought them, and who was added, goes into the audit log. "
                    "The sheets have been out then: make new ones."),
                 tr("Add the user")},
                parent),
      m_sheets(new SheetFields),
      m_firstBearer(new QLineEdit),
      m_secondBearer(new QLineEdit),
      m_name(new QLineEdit),
      m_role(new QComboBox),
      m_passphrase(new PassphraseEdit(tr("Passphrase of the new user"))),
      m_again(new PassphraseEdit(tr("The same again"))) {
    for (const access::Role role : access::kRoles) {
        m_role->addItem(roleInWords(role), static_cast<int>(role));
    }
    m_role->setCurrentIndex(m_role->findData(static_cast<int>(access::Role::KeyOfficer)));
    add(m_sheets);
    addField(tr("Who brought sheet 1"), m_firstBearer);
    addField(tr("Who brought sheet 2"), m_secondBearer);
    addField(tr("Name of the new user, as the audit log shows it"), m_name);
    addField(tr("Role"), m_role);
    addField(tr("Passphrase of the new user"), m_passphrase);
    addField(tr("The same again"), m_again);
    finish();
    m_sheets->begin();
}

QString RecoverDialog::missing() const {
    if (const QString line = m_sheets->missing(); !line.isEmpty()) {
        return line;
    }
    if (typed(m_firstBearer).empty() || typed(m_secondBearer).empty()) {
        return tr("Enter who brought each sheet: two different people.");
    }
    if (typed(m_name).empty()) {
        return tr("Enter the name of the new user.");
    }
    if (m_passphrase->text().isEmpty()) {
        return tr("The new user enters a passphrase.");
    }
    return m_passphrase->text() == m_again->text() ? QString()
                                                   : tr("The two passphrases differ. Enter the same one twice.");
}

void RecoverDialog::send() {
    m_again->forget();
    emit submitted({m_sheets->typed(), typed(m_firstBearer), typed(m_secondBearer), typed(m_name),
                    static_cast<access::Role>(m_role->currentData().toInt()),
                    std::make_shared<const crypto::Secret>(m_passphrase->take())});
}

}  // namespace fairlead::ui
