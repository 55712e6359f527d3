#include "ui/overview/overview_tables.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "ui/style/look.h"
#include "ui/style/words.h"
#include "ui/tile/count_words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("overview", english); }

QString agenciesInWords(const std::string& codes) {
    QStringList words;
    for (const std::string_view code : split(codes, ',')) {
        words << agencyInWords(std::string(trimmed(code)));
    }
    return words.join(QStringLiteral(", "));
}

/// True when the indicator is the figure, or one of the group that the figure is.
bool isOf(const OverviewContent& content, const std::string& indicator, const std::string& figure) {
    if (figure.empty() || indicator == figure) {
        return true;
    }
    const auto& groups = content.overview.groups;
    const auto group = std::ranges::find(groups, figure, &indicator::GroupFigure::id);
    return group != groups.end() &&
           std::ranges::find(group->indicators, indicator, &indicator::IndicatorFigure::id) != group->indicators.end();
}

/// True when the pupil is one of those behind the figure on the day.
bool isBehind(const OverviewContent& content, record::PersonKey pupil, const std::string& figure) {
    const auto behind = content.behind.find(figure);
    return figure.empty() || (behind != content.behind.end() && behind->second.contains(pupil));
}

/// "sources to 20/06/2026, Children's social care 5 days older".
QString sourcesInWords(const std::vector<indicator::SourceLine>& sources) {
    const Date newest = std::ranges::max_element(sources, {}, &indicator::SourceLine::dataAsAt)->dataAsAt;
    std::map<QString, int> older;  // Days, of an agency's oldest dataset.
    for (const indicator::SourceLine& line : sources) {
        const int days = newest - line.dataAsAt;
        if (days > 0) {
            int& most = older[agencyInWords(line.agency)];
            most = std::max(most, days);
        }
    }
    QStringList words{tr("sources to %1").arg(dateInWords(newest))};
    for (const auto& [agency, days] : older) {
        words << (days == 1 ? tr("%1 a day older").arg(agency) : tr("%1 %2 days older").arg(agency, number(days)));
    }
    return words.join(QStringLiteral(", "));
}

}  // namespace

QString overviewNote(const OverviewContent& content) {
    const indicator::Overview& overview = content.overview;
    QStringList facts{tr("Total number of pupils with an indicator in each group. Each pupil is counted once per box; "
                         "groups overlap, so boxes do not add up. %1 on roll")
                          .arg(number(overview.onRoll))};
    if (content.linkedShare) {
        facts << tr("linked %1%").arg(100.0 * *content.linkedShare, 0, 'f', 1);
    }
    if (overview.sources.empty()) {
        facts << tr("nothing loaded");
    } else {
        facts << sourcesInWords(overview.sources);
    }
    if (overview.rollPurgedOn) {
        facts << tr("[x] the roll of this day was purged on %1").arg(dateInWords(*overview.rollPurgedOn));
    } else if (overview.listsPurgedOn) {
        facts << tr("[x] what is new cannot be listed: records it rests on were purged on %1")
                     .arg(dateInWords(*overview.listsPurgedOn));
    }
    if (content.knownAt) {
        facts << tr("as known at %1, not now").arg(knownAtInWords(*content.knownAt));
    }
    return facts.join(QStringLiteral(" · "));
}

std::shared_ptr<const TableContent> newIndicatorTable(const OverviewContent& content, const std::string& figure) {
    auto table = std::make_shared<TableContent>();
    table->holdsNames = content.namesRevealed;
    table->columns = {{.title = tr("Date")},
                      {.title = tr("Pupil")},
                      {.title = tr("Year"), .isNumber = false},
                      {.title = tr("Indicator"), .stretches = true},
                      {.title = tr("Source")},
                      {.title = tr("Link")}};
    for (const indicator::NewIndicator& row : content.overview.newIndicators) {
        if (!isOf(content, row.indicator, figure)) {
            continue;
        }
        const QString name = nameOf(content.names, row.pupil);
        const QString title = row.late ? tr("%1 (late record)").arg(text(row.title)) : text(row.title);
        table->rows.push_back({{{dateInWords(row.date), row.date.days},
                                {name, nameSortKey(name)},
                                {text(row.yearGroup), yearOrder(row.yearGroup)},
                                {title},
                                {agenciesInWords(row.agency)},
                                {linkInWords(row.linkStrength), -row.linkStrength}},
                               QVariant::fromValue<qlonglong>(row.pupil.value)});
    }
    return table;
}

std::shared_ptr<const TableContent> familyTable(const OverviewContent& content, const std::string& figure) {
    auto table = std::make_shared<TableContent>();
    table->holdsNames = content.namesRevealed;
    table->columns = {{.title = tr("Pupil"), .stretches = true},
                      {.title = tr("Year")},
                      {.title = tr("New indicators"), .isNumber = true},
                      {.title = tr("Members"), .isNumber = true}};
    for (const indicator::FamilyCount& row : content.overview.families) {
        if (!isBehind(content, row.pupil, figure)) {
            continue;
        }
        const QString name = nameOf(content.names, row.pupil);
        table->rows.push_back({{{name, nameSortKey(name)},
                                {text(row.yearGroup), yearOrder(row.yearGroup)},
                                {number(row.count), row.count},
                                {number(row.members), row.members}},
                               QVariant::fromValue<qlonglong>(row.pupil.value)});
    }
    return table;
}

}  // namespace fairlead::ui
