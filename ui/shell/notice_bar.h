// NoticeBar: one message above the page, in plain words, until it is closed. Also the reason dialog.

#pragma once

#include <QDialog>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace fairlead::ui {

class TextLabel;

/// Says what happened. Hidden while there is nothing to say.
class NoticeBar final : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// Shows a message; a fault is set in the colour of faults.
    void say(const QString& words, bool isFault);
    /// The message, or an empty text.
    [[nodiscard]] QString words() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_words;
    QPushButton* m_close;
};

/// Asks for the reason for which names are shown.
class ReasonDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ReasonDialog(QWidget* parent = nullptr);

signals:
    /// A reason of sufficient length was given.
    void given(const QString& reason);

private:
    QPlainTextEdit* m_reason;
    QPushButton* m_reveal;
};

}  // namespace fairlead::ui
