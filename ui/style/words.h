// Words that every screen says in the same way: errors, phases, dates, counts, months.

#pragma once

#include <QDate>
#include <QString>
#include <filesystem>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/base/task_context.h"

namespace fairlead::workspace {
enum class Rule : std::uint8_t;
}

namespace fairlead::ui {

/// What happened, what it means, what to do, and the technical detail on a line of its own.
QString errorInWords(const Error& error);
/// "Comparing records".
QString phaseInWords(Phase phase);
/// "22/06/2026".
QString dateInWords(Date date);
/// "June 2026".
QString monthInWords(Date date);
/// "Jun".
QString monthShort(Date date);
/// "1,204".
QString number(std::int64_t value);
/// "1 pupil", "2 pupils".
QString pupils(std::int64_t count);
/// "1 event", "2 events".
QString events(std::int64_t count);
/// "+6", "−3" (a real minus sign), "no change".
QString signedChange(std::int64_t change);
/// "Children's social care": an agency's code in words; a code that is not known is shown as it is.
QString agencyInWords(const std::string& agency);
/// "School roll": a dataset's code in words.
QString datasetInWords(const std::string& dataset);
/// "Ends before it begins": what a row that breaks a rule of data quality does.
QString ruleInWords(workspace::Rule rule);
/// "Year 9", "Reception": a national curriculum year as the census writes it.
QString yearInWords(const std::string& yearGroup);
/// A year's place in the order of years: nursery, reception, 1 to 14, then what is not known.
int yearOrder(const std::string& yearGroup);
/// A path that a reader chose.
std::filesystem::path pathOf(const QString& name);
/// The same day for Qt's controls. REQUIRES: neither never() nor beginning().
QDate toQDate(Date date);
/// The same day for core.
Date fromQDate(const QDate& date);

}  // namespace fairlead::ui
