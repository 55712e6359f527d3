#include "ui/style/passphrase_edit.h"

#include <sodium.h>

namespace fairlead::ui {

PassphraseEdit::PassphraseEdit(const QString& name, QWidget* parent) : QLineEdit(parent) {
    setAccessibleName(name);
    setEchoMode(Password);
    setDragEnabled(false);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& now) {
        // setText() is the documented way to drop the undo history; it must not move the cursor.
        const int cursor = cursorPosition();
        setText(now);
        setCursorPosition(cursor);
    });
}

void PassphraseEdit::setShown(bool shown) { setEchoMode(shown ? Normal : Password); }

crypto::Secret PassphraseEdit::take() {
    QByteArray bytes = text().toUtf8();
    crypto::Secret secret =
        crypto::Secret::copyOf(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    forget();
    return secret;
}

}  // namespace fairlead::ui
