// PassphraseEdit: a field for a passphrase. Paste and show/hide are allowed; undo history and drag are not.

#pragma once

#include <QLineEdit>

#include "core/crypto/keys.h"

namespace fairlead::ui {

/// A line edit that forgets every earlier state of its text.
class PassphraseEdit final : public QLineEdit {
    Q_OBJECT

public:
    /// `name` is what a screen reader calls the field.
    explicit PassphraseEdit(const QString& name, QWidget* parent = nullptr);
    /// Shows the characters, or hides them.
    void setShown(bool shown);
    /// Empties the field; clear() would keep the text for an undo.
    void forget() { setText(QString()); }
    /// The text in locked memory; the field is emptied.
    crypto::Secret take();
};

}  // namespace fairlead::ui
