#include "ui/drill/drill_page.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/drill/change_tables.h"
#include "ui/drill/drill_tables.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

namespace fairlead::ui {

namespace {

constexpr int kMargin = 14;
constexpr int kGap = 8;
constexpr int kYearColumn = 1;  // Of pupilTable().

QWidget* cardAround(QWidget* inside) {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(inside);
    return card;
}

}  // namespace

DrillPage::DrillPage(QWidget* parent)
    : Page(parent),
      m_title(new TextLabel(QString(), TextRole::Title)),
      m_rule(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_trend(new ChartView(tr("By month"))),
      m_years(new ChartView(tr("By year group"))),
      m_charts(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_why(new TextLabel(QString(), TextRole::Note)),
      m_links(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_steps(new DataTable(tr("Why it changed"))),
      m_compare(new QPushButton(tr("Compare dates…"))),
      m_lists(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_pupilsNote(new TextLabel(QString(), TextRole::CardTitle)),
      m_pupils(new DataTable(tr("Pupils"))),
      m_bar(new TableBar(m_pupils, tr("Find in this list"))) {
    for (TextLabel* label : {m_rule, m_why, m_links}) {
        label->wrap();
    }
    m_compare->setToolTip(tr("Both dates beside each other, with the pupils of each part (Ctrl+Shift+D)"));
    auto* header = new QWidget;
    auto* headerRow = new FlowLayout(header);
    headerRow->addWidget(m_title);
    headerRow->addWidget(new DraftChip);
    headerRow->addWidget(m_compare);
    headerRow->setRightFrom(2);
    m_charts->setSpacing(kGap);
    m_charts->addWidget(cardAround(m_trend), 3);
    m_charts->addWidget(cardAround(m_years), 2);
    auto* list = new Card;
    auto* listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(12, 8, 12, 8);
    listColumn->addWidget(m_pupilsNote);
    listColumn->addWidget(m_bar);
    listColumn->addWidget(m_pupils, 1);
    m_lists->setSpacing(kGap);
    m_lists->addWidget(buildWhy(), 3);
    m_lists->addWidget(list, 5);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(kMargin, 8, kMargin, kGap);
    column->setSpacing(kGap);
    column->addWidget(header);
    column->addWidget(m_rule);
    column->addLayout(m_charts, 3);
    column->addLayout(m_lists, 3);
    showScrolled(body, tr("Behind the figure"));
    const auto compare = [this] { emit comparisonRequested(text(m_content->request.figureId)); };
    connect(m_compare, &QPushButton::clicked, this, compare);
    connect(m_steps, &DataTable::opened, this, compare);
    // A year's bar filters the list to that year alone; the line above the list says so and can take it away.
    connect(m_years, &ChartView::opened, this, [this](const QVariant& year) {
        m_pupils->setColumnFilter(kYearColumn, QLatin1Char('=') + year.toString());
    });
    connect(m_pupils, &DataTable::opened, this,
            [this](const QVariant& key) { emit pupilOpened(record::PersonKey{key.toLongLong()}); });
}

QWidget* DrillPage::buildWhy() {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 8, 12, 8);
    column->addWidget(new TextLabel(tr("Why it changed"), TextRole::CardTitle));
    column->addWidget(m_why);
    column->addWidget(m_links);
    column->addWidget(m_steps, 1);
    return card;
}

void DrillPage::setDrill(std::shared_ptr<const DrillContent> content) {
    m_content = std::move(content);
    m_title->setText(text(m_content->trend.title));
    m_rule->setText(m_content->rule.empty() ? tr("Pupils with at least one indicator of this group, each counted once.")
                                            : text(m_content->rule));
    fillCharts();
    m_pupils->clearFilters();
    fillPupils();
    fillChange();
    arrangeCharts();
}

void DrillPage::setChange(std::shared_ptr<const CompareContent> change) {
    m_change = std::move(change);
    fillChange();
}

void DrillPage::fillChange() {
    const ComparedLine* figure = m_change && m_content ? m_change->find(m_content->request.figureId) : nullptr;
    m_steps->setContent(figure == nullptr ? std::make_shared<const TableContent>()
                                          : stepTable(*figure, m_change->isOfYearGroup()));
    m_steps->setEmptyText(m_change == nullptr ? tr("Both readings are being compared.")
                          : figure == nullptr ? tr("Neither reading knows this figure.")
                                              : tr("The same pupils at both dates."));
    m_links->setText(figure == nullptr ? QString() : boundsInWords(figure->bounds));
    m_why->setText(figure == nullptr ? QString() : changeInWords(*m_change, *figure));
}

void DrillPage::fillCharts() {
    m_trend->setContent(trendChart(*m_content));
    m_years->setContent(yearChart(*m_content));
}

void DrillPage::fillPupils() {
    m_pupils->setContent(pupilTable(*m_content));
    const auto all = static_cast<std::int64_t>(m_content->pupils.size());
    const QString day = dateInWords(m_content->request.overview.asAt);
    m_pupils->setEmptyText(all == 0 ? tr("No pupil has this indicator on %1.").arg(day)
                                    : tr("No pupil in this list passes the filters."));
    m_pupilsNote->setText(tr("%1 on %2").arg(pupils(all), day));
}

void DrillPage::arrangeCharts() {
    constexpr int kNarrowest = 900;
    const bool beside = width() >= scaled(kNarrowest);
    m_charts->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int yearRows = m_content ? static_cast<int>(m_content->years.size()) : 5;
    m_years->plot().setMinimumHeight(std::max(scaled(130), yearRows * scaled(22)));
    m_lists->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_pupils->setMinimumHeight(m_pupils->heightForRows(6));
    m_steps->setMinimumHeight(m_steps->heightForRows(4));
}

void DrillPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrangeCharts();
}

void DrillPage::toggleCharts() {
    const bool table = !m_trend->isTableShown();
    m_trend->setTableShown(table);
    m_years->setTableShown(table);
}

QWidget* DrillPage::firstFocus() { return m_pupils; }

std::vector<QWidget*> DrillPage::regions() {
    return {m_trend->focusTarget(), m_years->focusTarget(), m_steps, m_bar->findField(), m_pupils};
}

}  // namespace fairlead::ui
