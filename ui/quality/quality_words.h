// Words of the data quality page.

#pragma once

#include <QString>
#include <optional>
#include <string>
#include <string_view>

#include "core/workspace/quality.h"

namespace fairlead::ui {

/// The text in the reader's language.
QString qualityTr(const char* english);
/// "98.2%"; a dash where there is no share.
QString percentText(const std::optional<double>& percent);
/// "Jun 26".
QString monthHeader(Date month);
/// "Birth date".
QString fieldInWords(workspace::Field field);
/// "Domestic incident".
QString kindInWords(record::FactKind kind);
/// "24 to 64"; says so when no limits can be set.
QString limitsInWords(const workspace::VolumeLine& line);
/// "Usual: 24 to 64 a month. Outside: 75 in October 2025."
QString volumeInWords(const workspace::QualityPage& content, const workspace::VolumeLine& line);
/// "Lowest 82.0% in March 2026".
QString lowestInWords(const workspace::QualityPage& content, const workspace::FieldLine& line);
/// "Sex", "Born".
QString groupingInWords(std::string_view by);
/// "F", "not supplied".
QString groupInWords(const std::string& group);
/// The text, or "not recorded".
QString orNotRecorded(const std::string& value);

}  // namespace fairlead::ui
