// Tables and sentences about why figures changed, made from a CompareContent.

#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "ui/drill/change_content.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// Every figure: from, to, difference, and what each cause did; key = its place in the content.
std::shared_ptr<const TableContent> comparisonTable(const CompareContent& content);

/// Pupils and events that one cause brought, or took away.
struct ChangeStep {
    indicator::Cause cause = indicator::Cause::Definitions;
    bool gained = true;
    int pupils = 0;
    int events = 0;
    std::vector<record::PersonKey> concerned;  ///< Those pupils, and who is behind those events; by key.
};
/// What moved a figure, in the order of the path; nothing that moved nothing.
std::vector<ChangeStep> stepsOf(const ComparedLine& figure);
/// Those steps: words, how many pupils and, where the figure counts them, events; key = the place in stepsOf(). The
/// amounts add up to the difference.
std::shared_ptr<const TableContent> stepTable(const ComparedLine& figure, bool ofYearGroup);
/// The pupils concerned by a step; key = the pupil.
std::shared_ptr<const TableContent> stepPupilTable(const CompareContent& content, const ChangeStep& step);
/// "began, or new events": what happened to the pupils of a step; pupils join and leave a year group by moving up too.
QString stepInWords(const ChangeStep& step, bool ofYearGroup);

/// "53 on 30/06/2026. It was 56 on 31/05/2026, as known then (load 3)."
QString changeInWords(const CompareContent& content, const ComparedLine& figure);
/// "Between 52 and 55 while 25 links wait for a reader."
QString boundsInWords(const indicator::LinkBounds& bounds);
/// "52 to 55 while links wait"; empty when no answer would move the figure.
QString boundsNote(const indicator::LinkBounds& bounds);

}  // namespace fairlead::ui
