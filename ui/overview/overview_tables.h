// The overview's two tables and its note, made from its content.

#pragma once

#include <QString>
#include <memory>

#include "ui/overview/overview_content.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// What the figures count, how many pupils are on roll, how much is linked, how far the sources go.
QString overviewNote(const OverviewContent& content);
/// Date, pupil, year, indicator, source, link; newest first; key = the pupil.
std::shared_ptr<const TableContent> newIndicatorTable(const OverviewContent& content, const std::string& figure = {});
/// Pupil, year, new indicators, members; most first; key = the pupil.
std::shared_ptr<const TableContent> familyTable(const OverviewContent& content, const std::string& figure = {});

}  // namespace fairlead::ui
