#include "ui/quality/quality_page.h"

#include <QButtonGroup>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/quality/quality_words.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

namespace fairlead::ui {

namespace {

Card* cardWith(std::initializer_list<QWidget*> parts) {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(8, 8, 8, 8);
    for (QWidget* part : parts) {
        column->addWidget(part, qobject_cast<TextLabel*>(part) == nullptr ? 1 : 0);
    }
    return card;
}

}  // namespace

QualityPage::QualityPage(QWidget* parent)
    : Page(parent),
      m_day(new TextLabel(QString(), TextRole::Body, Ink::Secondary)),
      m_parts(new QButtonGroup(this)),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(tr("Data quality"))),
      m_bar(new TableBar(m_table, tr("Find in this list"))),
      m_chart(new ChartView(tr("By month"))),
      m_rowsTitle(new TextLabel(QString(), TextRole::CardTitle)),
      m_rows(new DataTable(tr("Rows"))) {
    m_note->wrap();
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("Data quality"), TextRole::Title));
    row->addWidget(m_day);
    row->setRightFrom(1);
    auto* chooser = new QWidget;
    auto* choices = new FlowLayout(chooser);
    for (const QualityPart part : qualityParts()) {
        auto* button = new QPushButton(qualityTitle(part));
        button->setCheckable(true);
        button->setChecked(part == m_part);
        m_parts->addButton(button, static_cast<int>(part));
        choices->addWidget(button);
    }
    m_chartCard = cardWith({m_chart});
    m_rowsCard = cardWith({m_rowsTitle, m_rows});
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(14, 8, 14, 8);
    column->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{header, chooser, m_note, m_bar}) {
        column->addWidget(part);
    }
    column->addWidget(cardWith({m_table}), 3);
    column->addWidget(m_chartCard, 2);
    column->addWidget(m_rowsCard, 2);
    showScrolled(body, tr("Data quality"));
    m_chartCard->hide();
    m_rowsCard->hide();
    connect(m_parts, &QButtonGroup::idClicked, this, [this](int part) { showPart(static_cast<QualityPart>(part)); });
    connect(m_table, &DataTable::currentRowChanged, this, &QualityPage::showDetail);
}

void QualityPage::setQuality(std::shared_ptr<const QualityContent> content) {
    m_content = std::move(content);
    m_day->setText(
        tr("data to %1, as known at load %2").arg(dateInWords(m_content->asAt), number(m_content->knownAt.value)));
    fill();
}

void QualityPage::showPart(QualityPart part) {
    m_part = part;
    m_parts->button(static_cast<int>(part))->setChecked(true);
    fill();
}

void QualityPage::fill() {
    if (!m_content) {
        return;
    }
    m_note->setText(qualityNote(m_part, *m_content));
    m_table->setAccessibleName(tr("Data quality: %1").arg(qualityTitle(m_part)));
    m_table->setContent(qualityTable(m_part, *m_content));
    m_table->setEmptyText(m_table->allRows() > 0 ? tr("No row passes the filters.") : qualityEmpty(m_part, *m_content));
    showDetail();
}

void QualityPage::showDetail() {
    const QVariant key = m_table->currentKey();
    const bool marked = m_content && key.isValid();
    const bool charted = marked && (m_part == QualityPart::Completeness || m_part == QualityPart::Volumes);
    const bool listed = marked && m_part == QualityPart::Rules;
    if (charted) {
        m_chart->setContent(qualityChart(m_part, *m_content, key.toULongLong()));
    }
    if (listed) {
        const workspace::RuleLine& rule = m_content->rules[key.toULongLong()];
        m_rowsTitle->setText(tr("%1: %2").arg(agencyInWords(rule.source.agency), ruleInWords(rule.rule)));
        m_rows->setContent(brokenRows(*m_content, key.toULongLong()));
        m_rows->setEmptyText(tr("No row of this dataset."));
    }
    m_chartCard->setVisible(charted);
    m_rowsCard->setVisible(listed);
}

void QualityPage::toggleCharts() { m_chart->setTableShown(!m_chart->isTableShown()); }

void QualityPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    constexpr int kPlotHeight = 110;
    m_table->setMinimumHeight(m_table->heightForRows(6));
    m_rows->setMinimumHeight(m_rows->heightForRows(4));
    m_chart->plot().setMinimumHeight(scaled(kPlotHeight));
}

QWidget* QualityPage::firstFocus() { return m_table; }

std::vector<QWidget*> QualityPage::regions() {
    std::vector<QWidget*> regions{m_parts->checkedButton(), m_bar->findField(), m_table};
    if (m_chartCard->isVisible()) {
        regions.push_back(m_chart->focusTarget());
    }
    if (m_rowsCard->isVisible()) {
        regions.push_back(m_rows);
    }
    return regions;
}

}  // namespace fairlead::ui
