// SecondPerson: the fields for the other person of an act that takes two.

#pragma once

#include <QStringList>
#include <QWidget>
#include <string>

#include "core/access/roles.h"
#include "ui/governance/governance_content.h"

class QComboBox;

namespace fairlead::ui {

class PassphraseEdit;

/// Who else there is, and what is needed of them.
struct SecondAsked {
    QString label;           ///< Above the choice: "Second person, who hands the keys over".
    QStringList people;      ///< Who may be it.
    bool isNeeded = true;    ///< False: the one who opened the workspace may do it alone.
    bool isFurther = false;  ///< A third one, who may be there too.
};

/// A choice of a person and the field of their passphrase.
class SecondPerson final : public QWidget {
    Q_OBJECT

public:
    explicit SecondPerson(const SecondAsked& asked, QWidget* parent = nullptr);
    /// What is missing; empty when nothing is.
    [[nodiscard]] QString missing() const;
    /// The name; empty: one person alone.
    [[nodiscard]] std::string name() const;
    /// The passphrase; the field is emptied. Null: one person alone.
    PassphraseInHand take();

private:
    QString m_unsigned;  ///< Said where the passphrase is missing.
    QComboBox* m_people;
    PassphraseEdit* m_passphrase;
};

/// The names of those who left not, are not `self`, and hold a key.
QStringList holdersOf(access::FileKey key, const UsersContent& users);
/// The names of those who left not, are not `self`, and may do something.
QStringList allowedTo(access::Action action, const UsersContent& users);

}  // namespace fairlead::ui
