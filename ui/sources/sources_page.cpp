#include "ui/sources/sources_page.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "core/record/agency.h"
#include "ui/sources/extract_drop.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/task/task_strip.h"

namespace fairlead::ui {

namespace {

std::shared_ptr<const TableContent> tableOf(const SourcesContent& content) {
    auto table = std::make_shared<TableContent>();
    const auto tr = [](const char* english) { return SourcesPage::tr(english); };
    table->columns = {{.title = tr("Agency")},     {.title = tr("Dataset"), .stretches = true},
                      {.title = tr("Deliveries")}, {.title = tr("Data to")},
                      {.title = tr("Period")},     {.title = tr("Rows"), .isNumber = true},
                      {.title = tr("Agreement")},  {.title = tr("Keep until")},
                      {.title = tr("Signature")}};
    for (std::size_t i = 0; i < content.datasets.size(); ++i) {
        const DatasetLine& entry = content.datasets[i];
        table->rows.push_back(
            {{{agencyInWords(entry.agency)},
              {datasetInWords(entry.dataset)},
              {tr("%1, to number %2").arg(number(entry.deliveries), number(entry.latestNumber)), entry.deliveries},
              {dateInWords(entry.dataAsAt), entry.dataAsAt.days},
              {tr("%1 to %2").arg(dateInWords(entry.period.from), dateInWords(entry.period.until - 1)),
               entry.period.from.days},
              {number(entry.rows), QVariant::fromValue<qlonglong>(entry.rows)},
              {entry.agreement.empty() ? tr("not supplied") : text(entry.agreement)},
              {dateInWords(entry.retainUntil), entry.retainUntil.days},
              {entry.authenticated ? tr("verified") : tr("not authenticated")}},
             QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

QString withNotes(QString words, const std::vector<std::string>& notes) {
    for (const std::string& note : notes) {
        words += QLatin1Char('\n') + text(note);
    }
    return words;
}

}  // namespace

SourcesPage::SourcesPage(TaskRunner& runner, QWidget* parent)
    : Page(parent),
      m_load(new QPushButton(tr("Load extracts…"))),
      m_link(new QPushButton(tr("Link records now"))),
      m_strip(new TaskStrip(runner)),
      m_outcome(new TextLabel(QString(), TextRole::Body)),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(tr("Datasets"))),
      m_gateways(new TextLabel(QString(), TextRole::Body)) {
    setPrimary(*m_load);
    m_outcome->wrap();
    m_outcome->hide();
    m_note->wrap();
    m_table->setEmptyText(tr(
        "Nothing has been loaded. Choose Load extracts and pick the files of one delivery, each with its manifest, or "
        "drop the files here."));
    m_load->setToolTip(
        tr("Files can also be dropped on this page; nothing is loaded before you have seen what is in them"));
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("Data sources"), TextRole::Title));
    row->addWidget(m_link);
    row->addWidget(m_load);
    row->setRightFrom(1);
    auto* column = pageColumn(this);
    column->addWidget(header);
    column->addWidget(m_strip);
    column->addWidget(m_outcome);
    column->addWidget(m_note);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(8, 8, 8, 8);
    inside->addWidget(m_table);
    m_gateways->wrap();
    inside->addWidget(m_gateways);
    column->addWidget(card, 1);
    connect(m_table, &DataTable::currentRowChanged, this, &SourcesPage::showGateways);
    connect(new ExtractDrop(this), &ExtractDrop::dropped, this, &SourcesPage::filesDropped);
    connect(m_load, &QPushButton::clicked, this, &SourcesPage::loadRequested);
    connect(m_link, &QPushButton::clicked, this, &SourcesPage::linkRequested);
    setBusy(false);
}

void SourcesPage::setSources(std::shared_ptr<const SourcesContent> content) {
    m_hasDeliveries = !content->datasets.empty();
    m_content = std::move(content);
    m_table->setContent(tableOf(*m_content));
    showGateways();
    int deliveries = 0;
    for (const DatasetLine& entry : m_content->datasets) {
        deliveries += entry.deliveries;
    }
    QStringList facts{tr("%1 deliveries").arg(number(deliveries))};
    if (m_hasDeliveries) {
        facts << tr("figures as at %1 unless another day is chosen").arg(dateInWords(m_content->defaultAsAt));
    }
    if (m_content->persons > 0) {
        facts << tr("%1 records are %2 persons").arg(number(m_content->recordsLinked), number(m_content->persons));
        facts << tr("%1 links await a reader").arg(number(m_content->linksForReview));
    }
    if (m_hasDeliveries && !m_content->linkIsCurrent) {
        facts << tr("some deliveries are not linked yet: link the records, so that the figures take them in");
    }
    m_note->setText(facts.join(QStringLiteral(" · ")));
    setBusy(m_busy);
}

void SourcesPage::showGateways() {
    const QVariant key = m_table->currentKey();
    if (!m_content || !key.isValid() || key.toULongLong() >= m_content->datasets.size()) {
        m_gateways->clear();
        return;
    }
    const DatasetLine& entry = m_content->datasets[key.toULongLong()];
    QStringList gateways;
    for (const std::string& gateway : entry.gateways) {
        gateways << text(gateway);
    }
    m_gateways->setText(tr("%1: legal gateways in its manifests: %2.")
                            .arg(text(record::sourceTitle(entry.agency, entry.dataset)),
                                 gateways.isEmpty() ? tr("none") : gateways.join(QStringLiteral("; "))));
}

void SourcesPage::showLoaded(const LoadOutcome& outcome) {
    m_outcome->setInk(Ink::Text);
    m_outcome->setText(withNotes(tr("Loaded %1 files: %2 new records, %3 changed, %4 withdrawn. Link the records now, "
                                    "so that the figures take them in.")
                                     .arg(number(outcome.files), number(outcome.newFacts), number(outcome.changedFacts),
                                          number(outcome.withdrawnFacts)),
                                 outcome.notes));
    m_outcome->show();
}

void SourcesPage::showLinked(const LinkOutcome& outcome) {
    m_outcome->setInk(Ink::Text);
    m_outcome->setText(
        withNotes(tr("Linked: %1 records are %2 persons. %3 links are uncertain and stay apart until a reader decides.")
                      .arg(number(outcome.records), number(outcome.persons), number(outcome.linksForReview)),
                  outcome.notes));
    m_outcome->show();
}

void SourcesPage::showError(const Error& error) {
    m_outcome->setInk(error.code == ErrorCode::Cancelled ? Ink::Text : Ink::Error);
    m_outcome->setText(errorInWords(error));
    m_outcome->show();
}

void SourcesPage::setBusy(bool busy) {
    m_busy = busy;
    setAcceptDrops(!busy);
    m_load->setEnabled(!busy);
    m_link->setEnabled(!busy && m_hasDeliveries);
}

QWidget* SourcesPage::firstFocus() { return m_load; }

std::vector<QWidget*> SourcesPage::regions() { return {m_load, m_table}; }

}  // namespace fairlead::ui
