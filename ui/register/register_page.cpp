#include "ui/register/register_page.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>

#include "core/indicator/rule_text.h"
#include "core/record/agency.h"
#include "ui/style/clipboard.h"
#include "ui/style/flow_layout.h"
#include "ui/style/look.h"
#include "ui/style/no_drag.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

namespace fairlead::ui {

namespace {

using indicator::Definition;

QString tr(const char* english) { return RegisterPage::tr(english); }

QString statusInWords(const RegisterLine& line) {
    if (!line.isNewest) {
        return tr("Replaced");
    }
    switch (line.definition.status) {
        case indicator::DefinitionStatus::Draft: return tr("Awaiting approval");
        case indicator::DefinitionStatus::Approved: return tr("Approved");
        case indicator::DefinitionStatus::Retiring: return tr("Retiring");
        case indicator::DefinitionStatus::Retired: return tr("Retired");
    }
    return {};
}

QString titleOf(indicator::Group group) {
    const std::string_view title = indicator::entry(group).title;
    return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
}

/// "police/police_records" in words.
QString sourceInWords(const std::string& dataset) {
    const auto slash = dataset.find('/');
    return slash == std::string::npos
               ? ui::text(dataset)
               : ui::text(record::sourceTitle(dataset.substr(0, slash), dataset.substr(slash + 1)));
}

std::shared_ptr<const TableContent> tableOf(const RegisterContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Indicator"), .stretches = true},
                      {.title = tr("Group")},
                      {.title = tr("Version"), .isNumber = true},
                      {.title = tr("Status")},
                      {.title = tr("Sources")},
                      {.title = tr("Review by")},
                      {.title = tr("Owner")}};
    for (std::size_t i = 0; i < content.lines.size(); ++i) {
        const Definition& definition = content.lines[i].definition;
        QStringList agencies;
        for (const std::string& dataset : definition.datasets) {
            const QString agency = agencyInWords(dataset.substr(0, dataset.find('/')));
            if (!agencies.contains(agency)) {
                agencies << agency;
            }
        }
        table->rows.push_back({{{ui::text(definition.title)},
                                {titleOf(definition.group), static_cast<int>(definition.group)},
                                {number(definition.version), definition.version},
                                {statusInWords(content.lines[i])},
                                {agencies.join(QStringLiteral(", "))},
                                {dateInWords(definition.reviewBy), definition.reviewBy.days},
                                {ui::text(definition.owner)}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

void addPart(QStringList& text, const QString& title, const QStringList& lines) {
    if (!lines.join(QString()).isEmpty()) {
        text << title << lines << QString();
    }
}

QStringList linesOf(const std::vector<std::string>& texts) {
    QStringList lines;
    for (const std::string& one : texts) {
        lines << ui::text(one);
    }
    return lines;
}

}  // namespace

QString definitionAsText(const RegisterContent& content, const RegisterLine& line) {
    const Definition& definition = line.definition;
    QStringList gateways;
    for (const std::string& id : definition.gateways) {
        const auto found = content.gateways.find(id);
        gateways << ui::text(found == content.gateways.end() ? id : found->second);
    }
    QStringList sources;
    std::ranges::transform(definition.datasets, std::back_inserter(sources), sourceInWords);
    QStringList text{tr("%1, version %2, %3")
                         .arg(ui::text(definition.title), number(definition.version), statusInWords(line).toLower()),
                     QString()};
    addPart(text, tr("In force"),
            {tr("for readings as known at load %1 and later, until a later version takes its place")
                 .arg(number(line.fromLoad))});
    addPart(text, tr("What counts"), {ui::text(definition.rule)});
    addPart(text, tr("When it is new"), {ui::text(indicator::plainNewRule(definition))});
    addPart(text, tr("Sources"), sources);
    addPart(text, tr("Legal gateways"), gateways);
    addPart(text, tr("Purposes"), linesOf(definition.purposes));
    addPart(text, tr("Why it is there"), {ui::text(definition.rationale)});
    addPart(text, tr("When it can be wrong"), linesOf(definition.falsePositives));
    addPart(text, tr("Equality"), {ui::text(definition.equalityNote)});
    addPart(text, tr("How to challenge it"), {ui::text(definition.challenge)});
    addPart(text, tr("Outcome"), {ui::text(definition.outcome)});
    addPart(text, tr("Owner"),
            {tr("%1, review by %2").arg(ui::text(definition.owner), dateInWords(definition.reviewBy))});
    if (line.isReviewDue) {
        text << tr("Its review is due.") << QString();
    }
    addPart(text, tr("Used in"), {linesOf(line.usedIn).join(QStringLiteral(", "))});
    addPart(text, tr("Not carried by a gateway today"), linesOf(line.gaps));
    addPart(text, tr("Changes"), linesOf(line.changes));
    return text.join(QLatin1Char('\n')).trimmed();
}

RegisterPage::RegisterPage(QWidget* parent)
    : Page(parent),
      m_table(new DataTable(tr("Indicators"))),
      m_bar(new TableBar(m_table, tr("Find an indicator, source or owner"))),
      m_text(new QTextBrowser) {
    m_table->setEmptyText(tr("No definition passes the filters."));
    m_text->setAccessibleName(tr("Definition of the marked indicator"));
    m_text->setOpenLinks(false);
    keepFromDragging(*m_text);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    auto* copy = new QPushButton(tr("Copy the definition"));
    connect(copy, &QPushButton::clicked, this, [this] { copyText(text()); });
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("Indicators"), TextRole::Title));
    row->addWidget(copy);
    row->setRightFrom(1);
    auto* parts = new QSplitter(Qt::Vertical);
    for (QWidget* part : std::initializer_list<QWidget*>{m_table, m_text}) {
        auto* card = cardOf({part});
        parts->addWidget(card);
    }
    parts->setChildrenCollapsible(false);
    auto* column = pageColumn(this);
    column->addWidget(header);
    column->addWidget(m_bar);
    column->addWidget(parts, 1);
    connect(m_table, &DataTable::currentRowChanged, this, &RegisterPage::follow);
    connect(m_table, &DataTable::opened, this, [this] { m_text->setFocus(Qt::OtherFocusReason); });
    connect(&lookChanges(), &LookChanges::changed, this, &RegisterPage::follow);
}

void RegisterPage::setRegister(std::shared_ptr<const RegisterContent> content) {
    m_content = std::move(content);
    m_table->setContent(tableOf(*m_content));
    follow();
}

void RegisterPage::showDefinition(const QString& id) {
    if (!m_content) {
        return;
    }
    m_table->clearFilters();
    const std::string wanted = id.toStdString();
    const auto found = std::ranges::find_if(m_content->lines, [&](const RegisterLine& line) {
        return line.definition.id == wanted || indicator::entry(line.definition.group).id == wanted;
    });
    if (found != m_content->lines.end()) {
        m_table->showRow(static_cast<int>(found - m_content->lines.begin()));
    }
}

QString RegisterPage::text() const { return m_text->toPlainText(); }

void RegisterPage::follow() {
    const QVariant key = m_table->currentKey();
    m_text->setFont(ui::font(TextRole::Body));
    if (!m_content || !key.isValid()) {
        m_text->clear();
        return;
    }
    m_text->setPlainText(definitionAsText(*m_content, m_content->lines[key.toULongLong()]));
}

QWidget* RegisterPage::firstFocus() { return m_table; }

std::vector<QWidget*> RegisterPage::regions() { return {m_bar->findField(), m_table, m_text}; }

}  // namespace fairlead::ui
