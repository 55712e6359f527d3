#include "ui/sources/load_page.h"

#include <QBoxLayout>
#include <QPushButton>
#include <algorithm>

#include "ui/sources/extract_drop.h"
#include "ui/style/field_panel.h"
#include "ui/style/flow_layout.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

using workspace::OfferedCheck;
using workspace::OfferedFile;
using workspace::OfferedTable;

QString tr(const char* english) { return LoadPage::tr(english); }

QString orNone(const std::string& value) { return value.empty() ? tr("not supplied") : text(value); }

std::int64_t rowsOf(const OfferedFile& file) {
    std::int64_t rows = 0;
    for (const OfferedTable& table : file.tables) {
        rows += table.rows;
    }
    return rows;
}

/// Against the delivery before; nothing when there is none.
std::optional<std::int64_t> differenceOf(const OfferedFile& file) {
    std::int64_t difference = 0;
    for (const OfferedTable& table : file.tables) {
        if (!table.before) {
            return std::nullopt;
        }
        difference += table.rows - *table.before;
    }
    return difference;
}

std::int64_t brokenIn(const OfferedFile& file) {
    std::int64_t broken = 0;
    for (const OfferedCheck& check : file.checks) {
        broken += check.broken.part;
    }
    return broken;
}

QString checksInWords(const OfferedFile& file) {
    const std::int64_t broken = brokenIn(file);
    return broken == 0   ? tr("nothing found")
           : broken == 1 ? tr("1 value to look at")
                         : tr("%1 values to look at").arg(number(broken));
}

QString periodInWords(const Interval& period) {
    return tr("%1 to %2").arg(dateInWords(period.from), dateInWords(period.until - 1));
}

std::shared_ptr<const TableContent> tableOf(const PreviewContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Agency")},
                      {.title = tr("Dataset"), .stretches = true},
                      {.title = tr("Delivery"), .isNumber = true},
                      {.title = tr("Data to")},
                      {.title = tr("Rows"), .isNumber = true},
                      {.title = tr("Against the last"), .isNumber = true},
                      {.title = tr("Keep until")},
                      {.title = tr("Signature")},
                      {.title = tr("Checks")}};
    for (const OfferedFile& file : content.preview.files) {
        const auto difference = differenceOf(file);
        table->rows.push_back({{{agencyInWords(file.agency)},
                                {datasetInWords(file.dataset)},
                                {number(file.sequence), QVariant::fromValue<qlonglong>(file.sequence)},
                                {dateInWords(file.dataAsAt), file.dataAsAt.days},
                                {number(rowsOf(file)), QVariant::fromValue<qlonglong>(rowsOf(file))},
                                {difference ? signedChange(*difference) : tr("first delivery"),
                                 difference ? QVariant::fromValue<qlonglong>(*difference) : QVariant(QString())},
                                {dateInWords(file.retainUntil), file.retainUntil.days},
                                {file.authenticated ? tr("verified") : tr("not authenticated")},
                                {checksInWords(file), QVariant::fromValue<qlonglong>(brokenIn(file))}},
                               QVariant::fromValue<qulonglong>(table->rows.size())});
    }
    return table;
}

std::vector<LabelledValue> holdsFields(const OfferedFile& file) {
    std::vector<LabelledValue> fields{{tr("File"), text(file.fileName)}, {tr("Period"), periodInWords(file.period)}};
    if (file.periodBefore) {
        fields.push_back({tr("Period before"), periodInWords(*file.periodBefore)});
    }
    for (const OfferedTable& table : file.tables) {
        const QString rows = number(table.rows);
        fields.push_back(
            {text(table.name), table.before ? tr("%1 rows (%2 in the delivery before)").arg(rows, number(*table.before))
                                            : tr("%1 rows").arg(rows)});
    }
    fields.push_back({tr("Known gaps"), file.knownGaps.empty() ? tr("none are named") : text(file.knownGaps)});
    return fields;
}

std::vector<LabelledValue> lawFields(const OfferedFile& file, const PreviewContent& content) {
    QStringList gateways;
    for (const std::string& id : file.gateways) {
        const auto found = content.citations.find(id);
        gateways << text(found == content.citations.end() ? id : found->second);
    }
    return {{tr("Gateway"), gateways.join(QStringLiteral("; "))},
            {tr("Agreement"), orNone(file.agreement)},
            {tr("Purpose"), text(file.purpose).replace(QLatin1Char('_'), QLatin1Char(' '))},
            {tr("May be kept until"), dateInWords(file.retainUntil)}};
}

std::vector<LabelledValue> checkFields(const OfferedFile& file) {
    std::vector<LabelledValue> fields;
    for (const OfferedCheck& check : file.checks) {
        fields.push_back(
            {ruleInWords(check.rule), tr("%1 of %2").arg(number(check.broken.part), number(check.broken.of))});
    }
    return fields;
}

}  // namespace

LoadPage::LoadPage(QWidget* parent)
    : Page(parent),
      m_load(new QPushButton(tr("Load"))),
      m_decline(new QPushButton(tr("Do not load"))),
      m_note(new TextLabel(QString(), TextRole::Body)),
      m_table(new DataTable(tr("Files to be loaded"))),
      m_panels(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_holds(new FieldPanel(tr("What it holds"))),
      m_why(new FieldPanel(tr("Why we may use it"))),
      m_checks(new FieldPanel(tr("Checks of its rows"))) {
    setPrimary(*m_load);
    m_note->wrap();
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("Before loading"), TextRole::Title));
    row->addWidget(m_decline);
    row->addWidget(m_load);
    row->setRightFrom(1);
    auto* card = cardOf({m_table});
    m_panels->setSpacing(8);
    for (FieldPanel* panel : {m_holds, m_why, m_checks}) {
        m_panels->addWidget(panel, 1);
    }
    auto* body = new QWidget;
    auto* column = pageColumn(body);
    column->addWidget(header);
    column->addWidget(m_note);
    column->addWidget(card);
    column->addLayout(m_panels);
    column->addStretch(1);
    showScrolled(body, tr("Before loading"));
    connect(m_table, &DataTable::currentRowChanged, this, &LoadPage::showFile);
    connect(new ExtractDrop(this), &ExtractDrop::dropped, this, &LoadPage::filesDropped);
    connect(m_load, &QPushButton::clicked, this, [this] {
        if (m_content) {
            emit accepted(m_content->files);
        }
    });
    connect(m_decline, &QPushButton::clicked, this, &LoadPage::declined);
}

void LoadPage::setPreview(std::shared_ptr<const PreviewContent> content) {
    m_content = std::move(content);
    const auto files = static_cast<std::int64_t>(m_content->preview.files.size());
    m_load->setText(files == 1 ? tr("Load 1 file") : tr("Load %1 files").arg(number(files)));
    QStringList lines{
        tr("Nothing has been taken in yet. Each file was opened and found whole: signature, seal, tables, "
           "row digests, retention and legal gateway. What the checks found is loaded as it is, and "
           "stays on the page of data quality.")};
    for (const std::string& note : m_content->notes) {
        lines << text(note);
    }
    m_note->setText(lines.join(QLatin1Char('\n')));
    m_table->setContent(tableOf(*m_content));
    fitTable();
    showFile();
}

void LoadPage::fitTable() {
    // As many rows as there are, within reason: what stands behind a file should be in sight below.
    constexpr std::size_t kFewest = 3;
    constexpr std::size_t kMost = 12;
    const std::size_t files = m_content ? m_content->preview.files.size() : 0;
    m_table->setFixedHeight(m_table->heightForRows(static_cast<int>(std::clamp(files, kFewest, kMost))) + 4);
}

void LoadPage::showFile() {
    const QVariant key = m_table->currentKey();
    const bool known = m_content && key.isValid() && key.toULongLong() < m_content->preview.files.size();
    for (FieldPanel* panel : {m_holds, m_why, m_checks}) {
        panel->setVisible(known);
    }
    if (!known) {
        return;
    }
    const OfferedFile& file = m_content->preview.files[key.toULongLong()];
    m_holds->setFields(holdsFields(file));
    m_why->setFields(lawFields(file, *m_content));
    m_checks->setFields(checkFields(file));
}

void LoadPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    constexpr int kNarrowest = 900;
    m_panels->setDirection(width() >= scaled(kNarrowest) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    fitTable();
}

QWidget* LoadPage::firstFocus() { return m_table; }

std::vector<QWidget*> LoadPage::regions() { return {m_table, m_load}; }

}  // namespace fairlead::ui
