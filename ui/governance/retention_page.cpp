#include "ui/governance/retention_page.h"

#include <QPushButton>
#include <algorithm>

#include "ui/governance/backup_dialogs.h"
#include "ui/governance/purge_dialog.h"
#include "ui/governance/retention_tables.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

enum RetentionPart { Deliveries, Counts, Figures, Purges };

std::shared_ptr<const TableContent> noTable() { return std::make_shared<const TableContent>(); }

}  // namespace

RetentionPage::RetentionPage(TaskRunner& runner, QWidget* parent)
    : PartsPage(tr("Retention"),
                {tr("Deliveries"), tr("What would go"), tr("Figures that would say so"), tr("Past purges")}, parent),
      m_runner(runner),
      m_choose(addAction(tr("Choose or leave out"))),
      m_overdue(addAction(tr("Choose all overdue"))),
      m_count(addAction(tr("Count what would go"))),
      m_purge(addAction(tr("Purge…"))),
      m_certificate(addAction(tr("Certificate…"))),
      m_backUp(addAction(tr("Back up…"))) {
    connect(m_choose, &QPushButton::clicked, this, [this] { toggle(table().currentKey()); });
    connect(m_overdue, &QPushButton::clicked, this, &RetentionPage::chooseOverdue);
    connect(m_count, &QPushButton::clicked, this,
            [this] { emit previewRequested({m_chosen.begin(), m_chosen.end()}); });
    connect(m_purge, &QPushButton::clicked, this, &RetentionPage::ask);
    connect(m_certificate, &QPushButton::clicked, this,
            [this] { emit certificateRequested(table().currentKey().toLongLong()); });
    connect(m_backUp, &QPushButton::clicked, this, &RetentionPage::backUpAsked);
    connect(this, &PartsPage::rowOpened, this, [this](const QVariant& key) {
        if (part() == Deliveries) {
            toggle(key);
        }
    });
    connect(&table(), &DataTable::currentRowChanged, this, &RetentionPage::follow);
    connect(&table(), &DataTable::rowsChanged, this, &RetentionPage::follow);
    showPart(Deliveries);
    follow();
}

void RetentionPage::setRetention(std::shared_ptr<const RetentionContent> content) {
    m_content = std::move(content);
    std::erase_if(m_chosen, [&](record::DeliveryId id) {
        const auto found = std::ranges::find(m_content->deliveries, id, &custody::DeliveryEnd::delivery);
        return found == m_content->deliveries.end() || found->purgedOn.has_value();
    });
    standing().setText(standingInWords(*m_content));
    choiceChanged();
}

void RetentionPage::setPreview(std::shared_ptr<const custody::PurgePreview> preview) {
    m_preview = std::move(preview);
    showPart(Counts);
    follow();
}

void RetentionPage::toggle(const QVariant& delivery) {
    const record::DeliveryId id{delivery.toLongLong()};
    const auto found = std::ranges::find(m_content->deliveries, id, &custody::DeliveryEnd::delivery);
    if (found == m_content->deliveries.end() || found->purgedOn) {
        return;
    }
    if (m_chosen.erase(id) == 0) {
        m_chosen.insert(id);
    }
    choiceChanged();
    table().showRow(static_cast<int>(found - m_content->deliveries.begin()));
}

void RetentionPage::chooseOverdue() {
    const auto overdue = custody::dueOf(m_content->deliveries);
    m_chosen = {overdue.begin(), overdue.end()};
    choiceChanged();
}

void RetentionPage::choiceChanged() {
    m_preview.reset();
    refill();
    follow();
}

PartsPage::Part RetentionPage::partNow(int part) const {
    const QString unread = tr("Nothing has been read yet.");
    if (!m_content) {
        return {{}, noTable(), unread};
    }
    switch (part) {
        case Counts:
            return {tr("A row goes when no delivery that is kept has it too; a record of a person whom none of them "
                       "has goes whole. Nothing has changed yet."),
                    m_preview ? countsTable(*m_preview) : noTable(),
                    m_preview ? tr("No row would go: later deliveries have all of them.")
                              : tr("Choose deliveries, then count what would go.")};
        case Figures:
            return {tr("A figure that looks at days for which only purged deliveries speak says [x] purged instead of "
                       "a number that would be too small."),
                    m_preview ? figuresTable(*m_preview) : noTable(),
                    m_preview ? tr("No figure would say that it was purged.")
                              : tr("Choose deliveries, then count what would go.")};
        case Purges:
            return {tr("A certificate says what went, when, by whom, the entries of the audit log that prove it, and "
                       "what a purge does not reach."),
                    purgesTable(*m_content), tr("Nothing has been purged.")};
        default: break;
    }
    return {m_content->mayPurge
                ? tr("Enter or double click chooses a delivery. A purge takes a data steward, who is signed in, and a "
                     "key officer.")
                : tr("Your roles include reading this, not purging: a data steward does, with a key officer."),
            deliveriesTable(*m_content, m_chosen), tr("Nothing has been loaded.")};
}

void RetentionPage::follow() {
    const bool mayPurge = m_content && m_content->mayPurge;
    const bool onDelivery = part() == Deliveries && table().currentKey().isValid();
    m_choose->setEnabled(mayPurge && onDelivery);
    m_overdue->setEnabled(mayPurge && !custody::dueOf(m_content->deliveries).empty());
    m_count->setEnabled(mayPurge && !m_chosen.empty());
    m_purge->setEnabled(mayPurge && m_preview != nullptr);
    m_backUp->setEnabled(m_content && m_content->mayBackUp);
    m_certificate->setEnabled(part() == Purges && table().currentKey().isValid());
}

void RetentionPage::ask() {
    auto* form = new PurgeDialog(*m_preview, *m_content, m_runner, this);
    connect(form, &PurgeDialog::submitted, this, &RetentionPage::purgeRequested);
    m_form.open(form);
}

void RetentionPage::askToBackUp(const QString& name) {
    auto* form = new BackupDialog(name, m_runner, this);
    connect(form, &BackupDialog::submitted, this, &RetentionPage::backUpRequested);
    m_form.open(form);
}

void RetentionPage::showDone() {
    m_form.close();
    m_chosen.clear();
    showPart(Purges);
}

}  // namespace fairlead::ui
