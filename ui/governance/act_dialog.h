// ActDialog: a form for an act that goes on record.

#pragma once

#include <QDialog>
#include <QPointer>

class QPushButton;
class QVBoxLayout;

namespace fairlead {
struct Error;
}

namespace fairlead::ui {

class TaskRunner;
class TextLabel;

/// Title, what the act means, fields one below the other, and two buttons. It stays open until the act is done; a
/// refusal is said in it, and the fields can be filled in again.
class ActDialog : public QDialog {
    Q_OBJECT

public:
    /// Says why it was refused, or that it was stopped.
    void showError(const Error& error);
    /// Says something, with the act to be begun again: what was asked for is done, and the form stays of use.
    void showWords(const QString& words);
    /// Esc and the second button: stop what runs, or close.
    void reject() override;

protected:
    /// What the form says. `submit`: the button that begins the act.
    struct Words {
        QString title;
        QString meaning;
        QString submit;
        QString working = {};  ///< While it runs; empty: "Working…".
        QString stopped = {};  ///< When somebody stopped it; empty: as any error.
        bool isMain = true;    ///< The act is what the form is for: Enter does it.
        QString leave = {};    ///< The second button; empty: "Cancel", or "Close" where work is followed.
    };
    ActDialog(const Words& words, QWidget* parent);
    /// One more widget below the others.
    void add(QWidget* widget);
    /// One more field, with its label above and, where there is one, a button beside it; the label is what a screen
    /// reader calls the field.
    void addField(const QString& label, QWidget* field, QPushButton* beside = nullptr);
    /// The work that the form begins: shown above the buttons while it runs, when the form stops it instead of closing.
    /// `runner` outlives the form. Before finish().
    void follow(TaskRunner& runner);
    /// After the last field: the form takes the size that it needs and has, and another with another size of text.
    void finish();
    /// What is still to be filled in, as a sentence; empty when nothing is.
    [[nodiscard]] virtual QString missing() const = 0;
    /// Everything is filled in: says so to whoever begins the act.
    virtual void send() = 0;

private:
    void submit();
    void fit();
    void say(const QString& words, bool isError);

    Words m_words;
    QWidget* m_form;
    QVBoxLayout* m_column;
    TextLabel* m_message;
    QPushButton* m_submit;
    TaskRunner* m_runner = nullptr;
};

/// The form that a page has open, if any.
class ActForm {
public:
    /// Shows a form, which goes when it is closed.
    void open(ActDialog* form);
    /// The act is done: the form closes.
    void close();
    /// The act was refused: the form says why and stays. False where it was closed meanwhile: say it elsewhere.
    bool showError(const Error& error);

private:
    QPointer<ActDialog> m_form;
};

}  // namespace fairlead::ui
