#include "ui/quality/quality_page.h"

#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/quality/quality_words.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

QStringList titles() {
    QStringList all;
    for (const QualityPart part : qualityParts()) {
        all << qualityTitle(part);
    }
    return all;
}

}  // namespace

QualityPage::QualityPage(QWidget* parent)
    : PartsPage(tr("Data quality"), titles(), parent),
      m_chart(new ChartView(tr("By month"))),
      m_rowsTitle(new TextLabel(QString(), TextRole::CardTitle)),
      m_rows(new DataTable(tr("Rows"))) {
    m_chartCard = cardOf({m_chart});
    m_rowsCard = cardOf({m_rowsTitle, m_rows});
    addBelow(m_chartCard, 2);
    addBelow(m_rowsCard, 2);
    m_chartCard->hide();
    m_rowsCard->hide();
    // A part whose table is empty has no line to be marked either.
    connect(&table(), &DataTable::currentRowChanged, this, &QualityPage::showDetail);
    connect(&table(), &DataTable::rowsChanged, this, &QualityPage::showDetail);
}

void QualityPage::setQuality(std::shared_ptr<const QualityContent> content) {
    m_content = std::move(content);
    standing().setText(
        tr("Data to %1, as known at load %2.").arg(dateInWords(m_content->asAt), number(m_content->knownAt.value)));
    refill();
}

PartsPage::Part QualityPage::partNow(int part) const {
    const QualityPart wanted = qualityParts()[static_cast<std::size_t>(part)];
    if (!m_content) {
        return {{}, std::make_shared<const TableContent>(), tr("Nothing has been read yet.")};
    }
    return {qualityNote(wanted, *m_content), qualityTable(wanted, *m_content), qualityEmpty(wanted, *m_content)};
}

void QualityPage::showDetail() {
    const QVariant key = table().currentKey();
    const bool marked = m_content && key.isValid();
    const bool charted = marked && (shown() == QualityPart::Completeness || shown() == QualityPart::Volumes);
    const bool listed = marked && shown() == QualityPart::Rules;
    if (charted) {
        m_chart->setContent(qualityChart(shown(), *m_content, key.toULongLong()));
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
    PartsPage::resizeEvent(event);
    constexpr int kPlotHeight = 110;
    m_rows->setMinimumHeight(m_rows->heightForRows(4));
    m_chart->plot().setMinimumHeight(scaled(kPlotHeight));
}

std::vector<QWidget*> QualityPage::regions() {
    std::vector<QWidget*> regions = PartsPage::regions();
    if (m_chartCard->isVisible()) {
        regions.push_back(m_chart->focusTarget());
    }
    if (m_rowsCard->isVisible()) {
        regions.push_back(m_rows);
    }
    return regions;
}

}  // namespace fairlead::ui
