#include "core/convert/attendance.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/convert/value_parsing.h"

namespace fairlead::convert {

namespace {

/// What is known of one pupil's sessions.
struct Sessions {
    std::int64_t possible = 0;
    std::int64_t possibleWithTotals = 0;  ///< Of the rows that say how many were missed.
    std::int64_t missed = 0;
    bool hasTotals = false;
    std::int64_t missedByReason = 0;
    bool hasReasons = false;
    const SourceFile* file = nullptr;  ///< Of the first row about the pupil.
    std::size_t line = 0;
};

using SessionsByPupil = std::map<std::string, Sessions>;

bool isNamed(const std::vector<std::string>& inputs, const SourceFile& file) {
    return std::ranges::find(inputs, file.rule().id) != inputs.end();
}

/// A number of sessions; nothing for an empty cell or, with a finding, for one that is none.
std::optional<std::int64_t> sessionsIn(const SourceFile& file, const CsvTable::Row& row, const std::string& column,
                                       QualityReport& report) {
    const auto cell = file.cell(row, column);
    if (cell.empty()) return std::nullopt;
    constexpr std::int64_t kMostSessions = 2000;
    const auto number = parseWholeNumber(cell);
    if (number && *number >= 0 && *number <= kMostSessions) return number;
    report.add(Rule::BadNumber, file.name(), column, row.line);
    return std::nullopt;
}

void readPupils(const SourceFile& file, const AttendanceRule& rule, SessionsByPupil& pupils, QualityReport& report) {
    RowCount count{file.name(), "attendance_term"};
    for (const auto& row : file.rows()) {
        ++count.read;
        if (file.isRagged(row)) {
            ++count.rejected;
            continue;
        }
        const auto possible = sessionsIn(file, row, rule.possible, report);
        if (!possible) {
            ++count.leftOut;
            continue;
        }
        auto& pupil = pupils[std::string(file.cell(row, file.rule().person))];
        if (pupil.file == nullptr) {
            pupil.file = &file;
            pupil.line = row.line;
        } else {
            ++count.merged;
        }
        pupil.possible += *possible;
        std::optional<std::int64_t> missed;
        for (const auto& column : rule.missed) {
            // One of two totals is often empty: that is none of that sort.
            if (const auto total = sessionsIn(file, row, column, report)) missed = missed.value_or(0) + *total;
        }
        if (!missed) continue;
        pupil.hasTotals = true;
        pupil.missed += *missed;
        pupil.possibleWithTotals += *possible;
    }
    report.count(file.name(), "attendance_term") = count;
}

void readReasons(const SourceFile& file, const AttendanceRule& rule, SessionsByPupil& pupils, QualityReport& report) {
    for (const auto& row : file.rows()) {
        if (file.isRagged(row)) continue;
        const auto pupil = pupils.find(std::string(file.cell(row, file.rule().person)));
        const auto sessions = sessionsIn(file, row, rule.sessions, report);
        if (pupil == pupils.end() || !sessions) continue;
        pupil->second.hasReasons = true;
        const bool isAbsence =
            std::ranges::find(rule.absenceCodes, file.cell(row, rule.reason)) != rule.absenceCodes.end();
        if (isAbsence) pupil->second.missedByReason += *sessions;
    }
}

}  // namespace

void addAttendance(const std::vector<SourceFile>& files, const AttendanceRule& rule, const ConvertOptions& options,
                   RowStore& store, QualityReport& report) {
    SessionsByPupil pupils;
    for (const auto& file : files) {
        if (isNamed(rule.pupilInputs, file)) readPupils(file, rule, pupils, report);
    }
    for (const auto& file : files) {
        if (isNamed(rule.detailInputs, file)) readReasons(file, rule, pupils, report);
    }
    for (const auto& [ref, pupil] : pupils) {
        auto& count = report.count(pupil.file->name(), "attendance_term");
        if (!pupil.hasTotals && !pupil.hasReasons) {
            ++count.leftOut;
            continue;
        }
        const auto missed = pupil.hasTotals ? pupil.missed : pupil.missedByReason;
        const auto possible = pupil.hasTotals ? pupil.possibleWithTotals : pupil.possible;
        if (missed > possible) {
            report.add(Rule::MoreMissedThanPossible, pupil.file->name(), rule.possible, pupil.line);
            ++count.rejected;
            continue;
        }
        record::FactRow fact;
        fact.factRef = fmt::format("att:{}:{}", ref, options.periodFrom.iso());
        fact.personRef = ref;
        fact.kind = record::FactKind::AttendanceTerm;
        fact.from = options.periodFrom;
        fact.until = options.periodUntil;
        fact.code = std::to_string(possible);
        fact.value = missed;
        const bool isMade = store.addFact(std::move(fact)) == RowStore::Outcome::Made;
        if (isMade) {
            ++count.made;
        } else {
            report.add(Rule::UnknownPerson, pupil.file->name(), pupil.file->rule().person, pupil.line);
            ++count.rejected;
        }
    }
}

}  // namespace fairlead::convert
