// ActDialog: a form for an act that goes on record.

#pragma once

#include <QDialog>

class QPushButton;
class QVBoxLayout;

namespace fairlead {
struct Error;
}

namespace fairlead::ui {

class TextLabel;

/// Title, what the act means, fields one below the other, and two buttons. It stays open until the act is done; a
/// refusal is said in it, and the fields can be filled in again.
class ActDialog : public QDialog {
    Q_OBJECT

public:
    /// Says why it was refused.
    void showError(const Error& error);

protected:
    /// What the form says. `submit`: the button that begins the act.
    struct Words {
        QString title;
        QString meaning;
        QString submit;
    };
    ActDialog(const Words& words, QWidget* parent);
    /// One more widget below the others.
    void add(QWidget* widget);
    /// One more field, with its label above; the label is what a screen reader calls the field.
    void addField(const QString& label, QWidget* field);
    /// After the last field: the form takes the size that it needs and has.
    void finish();
    /// What is still to be filled in, as a sentence; empty when nothing is.
    [[nodiscard]] virtual QString missing() const = 0;
    /// Everything is filled in: says so to whoever begins the act.
    virtual void send() = 0;

private:
    void submit();
    void say(const QString& words, bool isError);

    QWidget* m_form;
    QVBoxLayout* m_column;
    TextLabel* m_message;
    QPushButton* m_submit;
};

}  // namespace fairlead::ui
