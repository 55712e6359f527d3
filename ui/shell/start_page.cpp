#include "ui/shell/start_page.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

namespace {

/// A card with a heading, a sentence and its buttons.
Card* choice(const QString& heading, const QString& sentence, const QList<QPushButton*>& buttons) {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 14);
    column->setSpacing(6);
    column->addWidget(new TextLabel(heading, TextRole::CardTitle));
    auto* words = new TextLabel(sentence, TextRole::Body, Ink::Secondary);
    words->wrap();
    column->addWidget(words);
    auto* row = new FlowLayout;
    for (QPushButton* button : buttons) {
        row->addWidget(button);
    }
    column->addLayout(row);
    return card;
}

}  // namespace

StartPage::StartPage(bool hasSynthetic, QWidget* parent)
    : Page(parent),
      m_open(new QPushButton(tr("Open a workspace…"))),
      m_restore(new QPushButton(tr("Restore a backup…"))),
      m_new(new QPushButton(tr("New workspace…"))),
      m_synthetic(new QPushButton(tr("Explore the synthetic workspace"))) {
    setPrimary(hasSynthetic ? *m_synthetic : *m_open);
    m_synthetic->setEnabled(hasSynthetic);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout;
    column->setSpacing(10);
    column->addStretch(1);
    column->addWidget(new TextLabel(tr("Fairlead"), TextRole::GroupFigure));
    auto* what = new TextLabel(
        tr("A workbench for data review sessions about children. It works without a network, shows where every "
           "figure comes from, and scores nobody."),
        TextRole::Body);
    what->wrap();
    column->addWidget(what);
    column->addSpacing(8);
    column->addWidget(choice(
        tr("Synthetic workspace"),
        hasSynthetic
            ? tr("A made-up city: invented families, schools and agencies, with planted errors. Nobody in it exists.")
            : tr("A made-up city to learn with. It has not been made on this computer yet: run installer/demo.sh "
                 "once."),
        {m_synthetic}));
    column->addWidget(choice(tr("Open"),
                             tr("A workspace is a folder whose name ends in .fairlead. You need its passphrase. A "
                                "backup becomes a workspace again in a folder of its own."),
                             {m_open, m_restore}));
    column->addWidget(choice(
        tr("New"), tr("Makes an empty, encrypted workspace and asks for a passphrase. Extracts are loaded afterwards."),
        {m_new}));
    auto* note = new TextLabel(tr("This computer keeps no list of the workspaces that were opened."), TextRole::Note,
                               Ink::Secondary);
    note->wrap();
    column->addWidget(note);
    column->addStretch(2);
    auto* row = new QHBoxLayout(body);
    auto* middle = new QWidget;
    middle->setLayout(column);
    middle->setMaximumWidth(scaled(680));
    connect(&lookChanges(), &LookChanges::changed, middle, [middle] { middle->setMaximumWidth(scaled(680)); });
    row->addStretch(1);
    row->addWidget(middle, 8);
    row->addStretch(1);
    showScrolled(body, tr("Start"));
    connect(m_open, &QPushButton::clicked, this, &StartPage::openRequested);
    connect(m_restore, &QPushButton::clicked, this, &StartPage::restoreRequested);
    connect(m_new, &QPushButton::clicked, this, &StartPage::newRequested);
    connect(m_synthetic, &QPushButton::clicked, this, &StartPage::syntheticRequested);
}

QWidget* StartPage::firstFocus() { return m_synthetic->isEnabled() ? m_synthetic : m_open; }

std::vector<QWidget*> StartPage::regions() { return {firstFocus()}; }

}  // namespace fairlead::ui
