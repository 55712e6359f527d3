#include "ui/drill/drill_tables.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/style/look.h"
#include "ui/style/words.h"
#include "ui/tile/count_words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("drill", english); }

std::optional<double> valueOf(const indicator::Count& count) {
    return count.isValue() ? std::optional<double>(count.value) : std::nullopt;
}

}  // namespace

std::shared_ptr<const ChartContent> trendChart(const DrillContent& content) {
    auto chart = std::make_shared<ChartContent>();
    const auto& points = content.trend.points;
    chart->shape = ChartShape::LineByMonth;
    chart->nameColumn = tr("Month");
    chart->valueColumn = tr("Pupils");
    chart->title = points.empty() ? text(content.trend.title)
                                  : tr("%1: pupils at each month's end, %2 to %3")
                                        .arg(text(content.trend.title), monthInWords(points.front().at),
                                             monthInWords(points.back().at));
    chart->summary = seriesInWords(points);
    for (const indicator::MonthPoint& point : points) {
        const bool whole = point.at == point.at.monthEnd();
        const QString name =
            whole ? monthInWords(point.at) : tr("%1, to %2").arg(monthInWords(point.at), dateInWords(point.at));
        chart->points.push_back({name, monthShort(point.at), valueOf(point.pupils), countText(point.pupils),
                                 point.incomplete, point.at.days});
    }
    return chart;
}

std::shared_ptr<const ChartContent> yearChart(const DrillContent& content) {
    auto chart = std::make_shared<ChartContent>();
    chart->shape = ChartShape::BarsByCategory;
    chart->nameColumn = tr("Year group");
    chart->valueColumn = tr("Pupils");
    chart->title = tr("By year group, %1").arg(dateInWords(content.request.overview.asAt));
    const indicator::YearFigure* most = nullptr;
    for (const indicator::YearFigure& year : content.years) {
        chart->points.push_back({yearInWords(year.yearGroup), yearInWords(year.yearGroup), valueOf(year.pupils),
                                 countText(year.pupils), false, yearInWords(year.yearGroup)});
        if (year.pupils.isValue() && (most == nullptr || year.pupils.value > most->pupils.value)) {
            most = &year;
        }
    }
    chart->summary = most == nullptr || most->pupils.value == 0
                         ? tr("No pupil of any year group.")
                         : tr("Most pupils in %1: %2 of %3 on roll.")
                               .arg(yearInWords(most->yearGroup), number(most->pupils.value), number(most->onRoll));
    return chart;
}

std::shared_ptr<const TableContent> pupilTable(const DrillContent& content) {
    auto table = std::make_shared<TableContent>();
    table->holdsNames = content.namesRevealed;
    const bool events = content.trend.unit == indicator::Unit::PupilsAndEvents;
    table->columns = {{.title = tr("Pupil")},
                      {.title = tr("Year")},
                      {.title = tr("First seen")},
                      {.title = tr("Latest")},
                      {.title = tr("Source"), .stretches = true},
                      {.title = tr("Link")}};
    // Every pupil behind one indicator has that indicator: only a group needs to name them.
    const bool isGroup = content.rule.empty();
    if (isGroup) {
        table->columns.insert(table->columns.begin() + 2, {.title = tr("Indicators")});
    }
    if (events) {
        table->columns.push_back({.title = tr("Events in 30 days"), .isNumber = true});
    }
    for (const indicator::PupilRow& row : content.pupils) {
        QStringList sources;
        for (const std::string& agency : row.sources) {
            sources << agencyInWords(agency);
        }
        QStringList indicators;
        for (const std::string& title : row.indicators) {
            indicators << text(title);
        }
        const QString name = nameOf(content.names, row.pupil);
        TableRow cells{{{name, nameSortKey(name)},
                        {yearInWords(row.yearGroup), yearOrder(row.yearGroup)},
                        {dateInWords(row.firstSeen), row.firstSeen.days},
                        {dateInWords(row.latest), row.latest.days},
                        {sources.join(QStringLiteral(", "))},
                        {linkInWords(row.linkStrength), -row.linkStrength}},
                       QVariant::fromValue<qlonglong>(row.pupil.value)};
        if (isGroup) {
            cells.cells.insert(cells.cells.begin() + 2, {indicators.join(QStringLiteral(", "))});
        }
        if (events) {
            cells.cells.push_back({number(row.events), row.events});
        }
        table->rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace fairlead::ui
