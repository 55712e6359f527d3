// Charts and tables of the drill and pupil pages, made from their contents.

#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/drill/drill_content.h"
#include "ui/style/field_panel.h"
#include "ui/table/table_content.h"
#include "ui/timeline/timeline_content.h"

namespace fairlead::ui {

/// The figure's twelve months; the key of a point is the day.
std::shared_ptr<const ChartContent> trendChart(const DrillContent& content);
/// The figure by year group; the key of a bar is "Year 9".
std::shared_ptr<const ChartContent> yearChart(const DrillContent& content);
/// The pupils behind the figure, by year and name; key = the pupil.
std::shared_ptr<const TableContent> pupilTable(const DrillContent& content);

/// One fact of a pupil under one indicator.
struct EvidenceRef {
    std::size_t spell = 0;  ///< In Timeline::spells.
    std::size_t line = 0;   ///< In TimelineSpell::evidence.
};

/// The fact itself. REQUIRES: the reference is one of evidenceOf(content.timeline).
const indicator::EvidenceLine& evidenceAt(const PupilContent& content, const EvidenceRef& ref);
/// Every fact of a pupil, newest first.
std::vector<EvidenceRef> evidenceOf(const indicator::Timeline& timeline);
/// Those facts as a table; key = the position in evidenceOf().
std::shared_ptr<const TableContent> evidenceTable(const PupilContent& content);
/// Everything about the pupil in lanes: support, concerns, events by role, education, gaps in supply; the key of an
/// item is the position in evidenceOf() of the first record behind it, or not valid.
std::shared_ptr<const TimelineContent> pupilTimeline(const PupilContent& content);
/// What is in place at the date, support first: "Child in need since 03/02/2026".
QString inPlaceInWords(const PupilContent& content);
/// The agencies' gaps in supply, or an empty text.
QString gapsInWords(const PupilContent& content);

/// What the record says.
std::vector<LabelledValue> recordFields(const PupilContent& content, const EvidenceRef& ref);
/// The source row it comes from.
std::vector<LabelledValue> sourceFields(const PupilContent& content, const EvidenceRef& ref);
/// Why it may be used.
std::vector<LabelledValue> gatewayFields(const PupilContent& content, const EvidenceRef& ref);

}  // namespace fairlead::ui
