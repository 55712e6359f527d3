#include "ui/chart/chart_view.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/chart/plot_view.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

std::shared_ptr<const TableContent> tableOf(const ChartContent& chart) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = chart.nameColumn, .stretches = true}, {.title = chart.valueColumn, .isNumber = true}};
    int order = 0;
    for (const ChartPoint& point : chart.points) {
        const QString name = point.isIncomplete ? ChartView::tr("%1 (not complete)").arg(point.name) : point.name;
        const QString value =
            point.remark.isEmpty() ? point.valueText : ChartView::tr("%1, %2").arg(point.valueText, point.remark);
        table->rows.push_back({{{name, order++}, {value, point.value.value_or(-1)}}, point.key});
    }
    return table;
}

}  // namespace

ChartView::ChartView(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_content(std::make_shared<const ChartContent>()),
      m_title(new TextLabel(name, TextRole::CardTitle)),
      m_picture(new QPushButton(tr("Picture…"))),
      m_toggle(new QPushButton),
      m_stack(new QStackedWidget),
      m_plot(new PlotView(name)),
      m_table(new DataTable(tr("Table of: %1").arg(name))),
      m_summary(new TextLabel(QString(), TextRole::Note, Ink::Secondary)) {
    m_title->wrap();
    m_summary->wrap();
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_table);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1, Qt::AlignTop);
    top->addWidget(m_picture, 0, Qt::AlignTop);
    top->addWidget(m_toggle, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_stack, 1);
    column->addWidget(m_summary);
    auto* menu = new QMenu(m_picture);
    menu->addAction(tr("&Copy the picture"), this, &ChartView::pictureCopied);
    menu->addAction(tr("&Save the picture…"), this, &ChartView::pictureSaved);
    m_picture->setMenu(menu);
    m_picture->setAccessibleName(tr("Picture of: %1").arg(name));
    connect(m_toggle, &QPushButton::clicked, this, [this] { setTableShown(!isTableShown()); });
    connect(m_plot, &PlotView::opened, this, &ChartView::opened);
    connect(m_table, &DataTable::opened, this, &ChartView::opened);
    setTableShown(false);
}

void ChartView::setContent(std::shared_ptr<const ChartContent> content) {
    m_content = std::move(content);
    m_title->setText(m_content->title);
    m_summary->setText(m_content->summary);
    m_plot->setContent(m_content);
    m_table->setAccessibleName(tr("Table of: %1").arg(m_content->title));
    m_table->setContent(tableOf(*m_content));
    m_picture->setAccessibleName(tr("Picture of: %1").arg(m_content->title));
    m_toggle->setAccessibleName(
        (isTableShown() ? tr("Show as chart: %1") : tr("Show as table: %1")).arg(m_content->title));
}

void ChartView::setTableShown(bool shown) {
    const bool hadFocus = m_stack->currentWidget()->hasFocus();
    m_stack->setCurrentIndex(shown ? 1 : 0);
    if (hadFocus) {
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
    }
    m_picture->setVisible(!shown);  // The table has its own copy and export.
    m_toggle->setText(shown ? tr("Chart") : tr("Table"));
    m_toggle->setToolTip(tr("Chart or table (Ctrl+T)"));
    m_toggle->setAccessibleName((shown ? tr("Show as chart: %1") : tr("Show as table: %1")).arg(m_title->text()));
}

bool ChartView::isTableShown() const { return m_stack->currentIndex() == 1; }

QString ChartView::summary() const { return m_content->summary; }

}  // namespace fairlead::ui
