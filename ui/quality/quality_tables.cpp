#include "ui/quality/quality_tables.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "ui/quality/quality_words.h"
#include "ui/style/look.h"
#include "ui/style/words.h"
#include "ui/tile/count_words.h"

namespace fairlead::ui {

namespace {

using workspace::FieldLine;
using workspace::QualitySource;
using workspace::Share;
using workspace::Supply;
using workspace::VolumeLine;

QVariant keyOf(std::size_t place) { return QVariant::fromValue<qulonglong>(place); }

/// The cells that name a dataset, as every part begins.
std::vector<TableCell> sourceCells(const QualitySource& source) {
    return {{agencyInWords(source.agency)}, {datasetInWords(source.dataset)}};
}

std::vector<TableColumn> sourceColumns() {
    return {{.title = qualityTr("Agency")}, {.title = qualityTr("Dataset"), .stretches = true}};
}

TableCell numberCell(std::int64_t value) { return {number(value), QVariant::fromValue<qlonglong>(value)}; }

/// A count of which a small one is withheld.
TableCell countCell(const indicator::Count& count) { return {countText(count), count.isValue() ? count.value : -1}; }

/// The share of two such counts.
TableCell shareCell(const std::optional<double>& percent) {
    return {percent ? percentText(percent) : QStringLiteral("[c]"), percent.value_or(-1)};
}

TableCell percentCell(const Share& share) {
    return {percentText(share.percent()), share.percent() ? *share.percent() : -1.0};
}

TableCell supplyCell(Supply supply) {
    constexpr double kHalf = 0.5;
    switch (supply) {
        case Supply::Before: return {QString(QChar(0x2013)), -1};
        case Supply::Whole: return {qualityTr("whole"), 3, Disc{1.0}};
        case Supply::Late: return {qualityTr("late"), 2, Disc{1.0}};
        case Supply::Part: return {qualityTr("part"), 1, Disc{kHalf}};
        case Supply::Missing: return {qualityTr("missing"), 0, Disc{0.0}};
    }
    return {};
}

std::shared_ptr<TableContent> supplyTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = sourceColumns();
    table->columns.push_back({.title = qualityTr("Data to")});
    table->columns.push_back({.title = qualityTr("Not received"), .isNumber = true});
    // The newest month first: that is the one a reading stands on.
    for (const Date month : content.months | std::views::reverse) {
        table->columns.push_back({.title = monthHeader(month)});
    }
    for (std::size_t i = 0; i < content.supply.size(); ++i) {
        const workspace::SupplyLine& line = content.supply[i];
        TableRow row{sourceCells(line.source), keyOf(i)};
        row.cells.push_back({dateInWords(line.dataAsAt), line.dataAsAt.days});
        row.cells.push_back(numberCell(line.numbersMissing));
        std::ranges::transform(line.months | std::views::reverse, std::back_inserter(row.cells), supplyCell);
        table->rows.push_back(std::move(row));
    }
    return table;
}

Sparkline shareLine(const std::vector<Share>& months) {
    Sparkline line;
    for (const Share& share : months) {
        line.points.push_back(share.percent());
    }
    return line;
}

std::shared_ptr<TableContent> fieldTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = sourceColumns();
    table->columns.push_back({.title = qualityTr("Field")});
    table->columns.push_back({.title = qualityTr("Filled in"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("Of"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("By month"), .sample = QStringLiteral("100.0% Sept")});
    for (std::size_t i = 0; i < content.fields.size(); ++i) {
        const FieldLine& line = content.fields[i];
        TableRow row{sourceCells(line.source), keyOf(i)};
        row.cells.push_back({fieldInWords(line.field)});
        row.cells.push_back(percentCell(line.all));
        row.cells.push_back(numberCell(line.all.of));
        const Sparkline months = shareLine(line.months);
        const bool any = std::ranges::any_of(months.points, [](const auto& point) { return point.has_value(); });
        row.cells.push_back({any ? lowestInWords(content, line) : qualityTr("none in these months"), {}, months});
        table->rows.push_back(std::move(row));
    }
    return table;
}

std::shared_ptr<TableContent> volumeTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = sourceColumns();
    table->columns.push_back({.title = qualityTr("Record")});
    table->columns.push_back({.title = qualityTr("Usual in a month"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("Outside"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("By month"), .sample = QStringLiteral("9,999 in Sept")});
    for (std::size_t i = 0; i < content.volumes.size(); ++i) {
        const VolumeLine& line = content.volumes[i];
        TableRow row{sourceCells(line.source), keyOf(i)};
        row.cells.push_back({kindInWords(line.kind)});
        row.cells.push_back({limitsInWords(line), line.limits ? line.limits->centre : -1.0});
        row.cells.push_back(numberCell(static_cast<std::int64_t>(line.outside.size())));
        Sparkline months;
        for (const std::int64_t count : line.months) {
            months.points.emplace_back(static_cast<double>(count));
        }
        months.lastIsIncomplete = content.asAt != content.asAt.monthEnd();
        row.cells.push_back(
            {line.months.empty()
                 ? QString()
                 : qualityTr("%1 in %2").arg(number(line.months.back()), monthShort(content.months.back())),
             {},
             months});
        table->rows.push_back(std::move(row));
    }
    return table;
}

std::shared_ptr<TableContent> ruleTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = sourceColumns();
    table->columns.push_back({.title = qualityTr("What can hardly be")});
    table->columns.push_back({.title = qualityTr("Rows"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("Of"), .isNumber = true});
    for (std::size_t i = 0; i < content.rules.size(); ++i) {
        const workspace::RuleLine& line = content.rules[i];
        TableRow row{sourceCells(line.source), keyOf(i)};
        row.cells.push_back({ruleInWords(line.rule)});
        row.cells.push_back(numberCell(line.broken.part));
        row.cells.push_back(numberCell(line.broken.of));
        table->rows.push_back(std::move(row));
    }
    // Broken ones first: a list of noughts hides what is to be read.
    std::ranges::sort(table->rows, {}, [&](const TableRow& row) {
        const auto line = row.key.toULongLong();
        return std::pair(content.rules[line].broken.part == 0, line);
    });
    return table;
}

std::shared_ptr<TableContent> refusedTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = qualityTr("On")},
                      {.title = qualityTr("File")},
                      {.title = qualityTr("Reason")},
                      {.title = qualityTr("Where"), .stretches = true}};
    for (std::size_t i = 0; i < content.refusals.size(); ++i) {
        const workspace::Refusal& refusal = content.refusals[i];
        table->rows.push_back({{{dateInWords(refusal.on), refusal.on.days},
                                {orNotRecorded(refusal.fileName)},
                                {text(refusal.code)},
                                {orNotRecorded(refusal.detail)}},
                               keyOf(i)});
    }
    return table;
}

std::shared_ptr<TableContent> sourceLinkTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = sourceColumns();
    table->columns.push_back({.title = qualityTr("Linked with another dataset"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("Children on a roll"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("Links that wait"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("Too little to link"), .isNumber = true});
    for (std::size_t i = 0; i < content.sourceLinks.size(); ++i) {
        const workspace::SourceLinks& line = content.sourceLinks[i];
        TableRow row{sourceCells(line.source), keyOf(i)};
        row.cells.push_back(percentCell(line.withOthers));
        row.cells.push_back(percentCell(line.childrenOnRoll));
        row.cells.push_back(numberCell(line.waiting));
        row.cells.push_back(i < content.unlinkable.size() ? numberCell(content.unlinkable[i]) : TableCell{});
        table->rows.push_back(std::move(row));
    }
    return table;
}

std::shared_ptr<TableContent> schoolLinkTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = qualityTr("School"), .stretches = true},
                      {.title = qualityTr("URN")},
                      {.title = qualityTr("On roll"), .isNumber = true},
                      {.title = qualityTr("Known to another agency"), .isNumber = true},
                      {.title = qualityTr("Share"), .isNumber = true},
                      {.title = qualityTr("Links that wait"), .isNumber = true}};
    for (std::size_t i = 0; i < content.schoolLinks.size(); ++i) {
        const workspace::SchoolLinks& line = content.schoolLinks[i];
        table->rows.push_back({{{text(line.name)},
                                {QString::number(line.school.value), QVariant::fromValue<qlonglong>(line.school.value)},
                                countCell(line.onRoll),
                                countCell(line.known),
                                shareCell(line.percent),
                                countCell(line.waiting)},
                               keyOf(i)});
    }
    return table;
}

std::shared_ptr<TableContent> unlinkableTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = sourceColumns();
    table->columns.push_back({.title = qualityTr("Record"), .isNumber = true});
    table->columns.push_back({.title = qualityTr("It lacks")});
    table->columns.push_back({.title = qualityTr("Linked all the same")});
    for (std::size_t i = 0; i < content.unlinkableRows.size(); ++i) {
        const workspace::Unlinkable& line = content.unlinkableRows[i];
        QStringList lacks;
        std::ranges::transform(line.lacks, std::back_inserter(lacks), fieldInWords);
        TableRow row{sourceCells(line.source), keyOf(i)};
        row.cells.push_back(numberCell(line.record));
        row.cells.push_back({lacks.join(QStringLiteral(", "))});
        row.cells.push_back({line.linked ? qualityTr("yes") : qualityTr("no")});
        table->rows.push_back(std::move(row));
    }
    return table;
}

std::shared_ptr<TableContent> groupTable(const QualityContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = qualityTr("By")},
                      {.title = qualityTr("Group"), .stretches = true},
                      {.title = qualityTr("Children"), .isNumber = true},
                      {.title = qualityTr("Found on a roll"), .isNumber = true},
                      {.title = qualityTr("Share"), .isNumber = true}};
    for (std::size_t i = 0; i < content.fairness.size(); ++i) {
        const workspace::FairnessLine& line = content.fairness[i];
        table->rows.push_back({{{groupingInWords(line.by)},
                                {groupInWords(line.group)},
                                countCell(line.children),
                                countCell(line.linked),
                                shareCell(line.percent)},
                               keyOf(i)});
    }
    return table;
}

}  // namespace

const std::vector<QualityPart>& qualityParts() {
    static const std::vector<QualityPart> parts{
        QualityPart::Supply,      QualityPart::Completeness, QualityPart::Volumes,
        QualityPart::Rules,       QualityPart::Refused,      QualityPart::SourceLinks,
        QualityPart::SchoolLinks, QualityPart::Unlinkable,   QualityPart::Groups};
    return parts;
}

std::shared_ptr<const TableContent> qualityTable(QualityPart part, const QualityContent& content) {
    using Maker = std::shared_ptr<TableContent> (*)(const QualityContent&);
    constexpr std::array<Maker, 9> kMakers{supplyTable,     fieldTable,      volumeTable,     ruleTable, refusedTable,
                                           sourceLinkTable, schoolLinkTable, unlinkableTable, groupTable};
    return kMakers.at(static_cast<std::size_t>(part))(content);
}

std::shared_ptr<const ChartContent> qualityChart(QualityPart part, const QualityContent& content, std::size_t row) {
    auto chart = std::make_shared<ChartContent>();
    chart->nameColumn = qualityTr("Month");
    const bool volumes = part == QualityPart::Volumes;
    for (std::size_t i = 0; i < content.months.size(); ++i) {
        const Date month = content.months[i];
        ChartPoint point{monthInWords(month),
                         monthShort(month),
                         {},
                         {},
                         i + 1 == content.months.size() && content.asAt != content.asAt.monthEnd()};
        if (volumes) {
            const std::int64_t count = content.volumes[row].months[i];
            point.value = static_cast<double>(count);
            point.valueText = number(count);
        } else {
            point.value = content.fields[row].months[i].percent();
            point.valueText = percentText(point.value);
        }
        chart->points.push_back(std::move(point));
    }
    if (volumes) {
        const VolumeLine& line = content.volumes[row];
        chart->valueColumn = qualityTr("Records");
        chart->title = qualityTr("%1: %2, by month").arg(agencyInWords(line.source.agency), kindInWords(line.kind));
        chart->summary = volumeInWords(content, line);
        for (const std::size_t month : line.outside) {
            chart->points[month].remark = qualityTr("outside the usual range");
        }
        if (line.limits) {
            chart->band =
                ChartBand{line.limits->lower, line.limits->upper, qualityTr("usual: %1").arg(limitsInWords(line))};
        }
    } else {
        const FieldLine& line = content.fields[row];
        chart->valueColumn = qualityTr("Per cent");
        chart->title = qualityTr("%1: %2 filled in, per cent by month")
                           .arg(agencyInWords(line.source.agency), fieldInWords(line.field).toLower());
        chart->summary = lowestInWords(content, line);
    }
    return chart;
}

std::shared_ptr<const TableContent> brokenRows(const QualityContent& content, std::size_t rule) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = qualityTr("File"), .stretches = true},
                      {.title = qualityTr("Row"), .isNumber = true},
                      {.title = qualityTr("Record"), .isNumber = true}};
    const auto orDash = [](std::int64_t value) {
        return value == 0 ? TableCell{QString(QChar(0x2013)), 0} : numberCell(value);
    };
    for (const workspace::RuleRow& row : content.rules[rule].rows) {
        table->rows.push_back({{{text(row.fileName)}, orDash(row.row), orDash(row.record)}, keyOf(table->rows.size())});
    }
    return table;
}

}  // namespace fairlead::ui
