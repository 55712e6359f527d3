// Tables, charts and sentences of the data quality page, one of each for each of its parts.

#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "core/workspace/quality.h"
#include "ui/chart/chart_content.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// What the page shows: the value of core as it is, because counts and shares need no other words.
using QualityContent = workspace::QualityPage;

/// The parts of the page, in their order.
enum class QualityPart { Supply, Completeness, Volumes, Rules, Refused, SourceLinks, SchoolLinks, Unlinkable, Groups };
/// Every part.
const std::vector<QualityPart>& qualityParts();
/// "Supply by month".
QString qualityTitle(QualityPart part);
/// What the part says and does not say.
QString qualityNote(QualityPart part, const QualityContent& content);
/// The part as a table; the key of a row is its place in the content.
std::shared_ptr<const TableContent> qualityTable(QualityPart part, const QualityContent& content);
/// What its table says while it is empty.
QString qualityEmpty(QualityPart part, const QualityContent& content);

/// A field's share, or a kind's count, month by month. REQUIRES: Completeness or Volumes, and a row of it.
std::shared_ptr<const ChartContent> qualityChart(QualityPart part, const QualityContent& content, std::size_t row);
/// The rows that break a rule. REQUIRES: a row of Rules.
std::shared_ptr<const TableContent> brokenRows(const QualityContent& content, std::size_t rule);

}  // namespace fairlead::ui
