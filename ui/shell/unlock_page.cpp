#include "ui/shell/unlock_page.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/flow_layout.h"
#include "ui/style/labelled_field.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/task/task_strip.h"

namespace fairlead::ui {

namespace {

QString shown(const std::filesystem::path& path) { return text(path.string()); }

}  // namespace

UnlockPage::UnlockPage(TaskRunner& runner, QWidget* parent)
    : Page(parent),
      m_title(new TextLabel(QString(), TextRole::Title)),
      m_where(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_message(new TextLabel(QString(), TextRole::Body)),
      m_newFields(new QWidget),
      m_name(new QLineEdit),
      m_keys(new QLineEdit),
      m_user(new QComboBox),
      m_passphrase(new PassphraseEdit(tr("Passphrase"))),
      m_repeat(new PassphraseEdit(tr("Passphrase again"))),
      m_show(new QCheckBox(tr("Show the passphrase"))),
      m_submit(new QPushButton),
      m_back(new QPushButton(tr("Back"))),
      m_recover(new QPushButton(tr("Use recovery sheets…"))) {
    build(runner);
    ask(Asked::Open);
}

void UnlockPage::build(TaskRunner& runner) {
    setPrimary(*m_submit);
    m_submit->setDefault(true);
    m_where->wrap();
    m_message->wrap();
    m_name->setAccessibleName(tr("Your name or role, as the audit log shows it"));
    m_keys->setAccessibleName(tr("Folder of the agencies' public keys"));
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose the folder of the agencies' keys"));
    auto* newColumn = new QVBoxLayout(m_newFields);
    newColumn->setContentsMargins(0, 0, 0, 0);
    newColumn->setSpacing(8);
    newColumn->addWidget(labelledField(tr("Your name or role, as the audit log shows it"), m_name));
    newColumn->addWidget(labelledField(tr("Folder of the agencies' public keys (may stay empty)"), m_keys, choose));
    m_user->setAccessibleName(tr("Who opens it"));
    m_userField = labelledField(tr("Who opens it"), m_user);
    m_repeatField = labelledField(tr("Passphrase again"), m_repeat);
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(18, 14, 18, 16);
    column->setSpacing(10);
    auto* personal = new TextLabel(tr("This workspace holds personal data about children. Loading, linking, revealing "
                                      "names and making a briefing are written to its audit log."),
                                   TextRole::Body);
    personal->wrap();
    auto* buttons = new FlowLayout;
    buttons->addWidget(m_submit);
    buttons->addWidget(m_back);
    buttons->addWidget(m_recover);
    m_recover->setToolTip(tr("When passphrases are lost: two sheets of paper that a key officer made add a user"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_where, personal, m_newFields, m_userField,
                                                           labelledField(tr("Passphrase"), m_passphrase), m_repeatField,
                                                           m_show, m_message, new TaskStrip(runner)}) {
        column->addWidget(widget);
    }
    column->addLayout(buttons);
    auto* body = new QWidget;
    auto* outer = new QGridLayout(body);
    outer->addWidget(card, 1, 1);
    outer->setRowStretch(0, 1);
    outer->setRowStretch(2, 2);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(1, 6);
    outer->setColumnStretch(2, 1);
    card->setMaximumWidth(scaled(620));
    connect(&lookChanges(), &LookChanges::changed, card, [card] { card->setMaximumWidth(scaled(620)); });
    showScrolled(body, tr("Unlock"));
    connect(m_show, &QCheckBox::toggled, m_passphrase, &PassphraseEdit::setShown);
    connect(m_show, &QCheckBox::toggled, m_repeat, &PassphraseEdit::setShown);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &UnlockPage::submit);
    connect(m_repeat, &QLineEdit::returnPressed, this, &UnlockPage::submit);
    connect(m_submit, &QPushButton::clicked, this, &UnlockPage::submit);
    connect(m_back, &QPushButton::clicked, this, &UnlockPage::backRequested);
    connect(choose, &QPushButton::clicked, this, &UnlockPage::keysFolderRequested);
    connect(m_recover, &QPushButton::clicked, this, &UnlockPage::recoveryRequested);
}

void UnlockPage::ask(Asked asked) {
    const bool creating = asked == Asked::Create;
    m_asked = asked;
    m_newFields->setVisible(creating);
    m_userField->setVisible(!creating && m_user->count() > 1);
    m_repeatField->setVisible(creating);
    m_recover->setVisible(asked == Asked::Open);
    m_title->setText(creating                  ? tr("New workspace")
                     : asked == Asked::Upgrade ? tr("Upgrade the workspace")
                                               : tr("Unlock the workspace"));
    m_submit->setText(creating ? tr("Create") : asked == Asked::Upgrade ? tr("Make an upgraded copy") : tr("Unlock"));
    m_where->setText(shown(m_folder));
    m_passphrase->forget();
    m_repeat->forget();
    m_show->setChecked(false);
    setBusy(false);
    say(QString(), false);
}

void UnlockPage::askToOpen(const std::filesystem::path& folder, const QStringList& users, const QString& note) {
    // Locked and asked again: whoever it was stays chosen.
    const QString before = m_user->currentText();
    m_folder = folder;
    m_user->clear();
    m_user->addItems(users);
    m_user->setCurrentIndex(std::max(0, m_user->findText(before)));
    ask(Asked::Open);
    say(note, false);
}

void UnlockPage::welcome(const QStringList& users, const QString& name, const QString& note) {
    askToOpen(m_folder, users, note);
    m_user->setCurrentIndex(std::max(0, m_user->findText(name)));
}

void UnlockPage::askToUpgrade(const std::filesystem::path& to) {
    m_upgraded = to;
    ask(Asked::Upgrade);
    say(tr("An earlier version of Fairlead wrote this workspace. It stays as it is. An upgraded copy is made beside it "
           "and opened: %1. What is purged from the copy stays in the old folder until you delete that. A data steward "
           "enters the passphrase again.")
            .arg(text(to.filename().string())),
        false);
    m_passphrase->setFocus(Qt::OtherFocusReason);
}

void UnlockPage::askToCreate(const std::filesystem::path& folder) {
    m_folder = folder;
    ask(Asked::Create);
    say(tr("Four or more unrelated words make a good passphrase. Nobody can open the workspace without it."), false);
}

void UnlockPage::say(const QString& words, bool isError) {
    m_message->setInk(isError ? Ink::Error : Ink::Secondary);
    m_message->setText(words);
    m_message->setVisible(!words.isEmpty());
}

void UnlockPage::showError(const Error& error) {
    setBusy(false);
    say(errorInWords(error), true);
    m_passphrase->setFocus(Qt::OtherFocusReason);
}

void UnlockPage::setBusy(bool busy) {
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_user, m_passphrase, m_repeat, m_submit, m_name, m_keys, m_recover}) {
        widget->setEnabled(!busy);
    }
    if (busy) {
        say(tr("Opening…"), false);
    }
}

void UnlockPage::submit() {
    if (m_passphrase->text().isEmpty()) {
        say(tr("Enter the passphrase."), true);
        return;
    }
    if (m_asked == Asked::Open) {
        emit openSubmitted();
        return;
    }
    if (m_asked == Asked::Upgrade) {
        emit upgradeSubmitted({m_folder, m_upgraded, user().toStdString()});
        return;
    }
    if (m_passphrase->text() != m_repeat->text()) {
        say(tr("The two passphrases differ. Enter the same one twice."), true);
        m_repeat->setFocus(Qt::OtherFocusReason);
        return;
    }
    emit createSubmitted({m_folder, m_name->text().toStdString(), pathOf(m_keys->text())});
}

crypto::Secret UnlockPage::takePassphrase() {
    m_repeat->forget();
    return m_passphrase->take();
}

QString UnlockPage::user() const { return m_user->count() > 1 ? m_user->currentText() : QString(); }

void UnlockPage::setKeysFolder(const std::filesystem::path& folder) { m_keys->setText(shown(folder)); }

QWidget* UnlockPage::firstFocus() { return m_asked == Asked::Create ? static_cast<QWidget*>(m_name) : m_passphrase; }

std::vector<QWidget*> UnlockPage::regions() { return {firstFocus(), m_submit}; }

}  // namespace fairlead::ui
