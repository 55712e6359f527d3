#include "core/convert/convert.h"

#include <algorithm>

#include "core/convert/attendance.h"
#include "core/convert/period_joining.h"
#include "core/convert/row_maker.h"
#include "core/convert/row_store.h"

namespace fairlead::convert {

namespace {

constexpr std::size_t kRowsBetweenLooks = 256;

/// The finding for a row that the store did not take, if there is one.
std::optional<Rule> ruleOf(RowStore::Outcome outcome) {
    switch (outcome) {
        case RowStore::Outcome::DuplicatePerson: return Rule::DuplicatePerson;
        case RowStore::Outcome::DuplicateKey: return Rule::DuplicateKey;
        case RowStore::Outcome::UnknownPerson: return Rule::UnknownPerson;
        default: return std::nullopt;
    }
}

/// One row of a file by one rule of the mapping.
void convertRow(const SourceFile& file, const CsvTable::Row& row, const RowRule& rule, RowMaker& maker, RowStore& store,
                QualityReport& report) {
    const std::string table(rule.table->name);
    auto& count = report.count(file.name(), table);
    if (file.isRagged(row)) {
        ++count.read;
        ++count.rejected;
        return;
    }
    if (!rule.when.empty() && file.cell(row, rule.when).empty()) return;
    ++count.read;
    if (isLeftOut(file, row, rule.leaveOut)) {
        ++count.leftOut;
        return;
    }
    const auto cells = maker.make(file, row, rule);
    if (!cells) {
        ++count.rejected;
        return;
    }
    const auto outcome = store.add(*rule.table, *cells);
    if (const auto found = ruleOf(outcome)) {
        report.add(*found, file.name(), file.rule().person, row.line);
        ++count.rejected;
    } else if (outcome == RowStore::Outcome::Merged) {
        ++count.merged;
    } else {
        ++count.made;
    }
}

/// False when the task was cancelled.
bool convertFile(const SourceFile& file, RowMaker& maker, RowStore& store, QualityReport& report, TaskContext& task) {
    if (file.rule().person.empty()) {
        report.add(Rule::FileNotUsed, file.name(), "", 0);
        return true;
    }
    std::size_t done = 0;
    for (const auto& row : file.rows()) {
        if (done++ % kRowsBetweenLooks == 0 && task.cancelled()) return false;
        if (file.isRagged(row)) report.add(Rule::RaggedRow, file.name(), "", row.line);
        for (const auto& rule : file.rule().rows) convertRow(file, row, rule, maker, store, report);
        task.advance(1);
    }
    if (file.rule().period) addPeriods(file, *file.rule().period, maker, store, report);
    return true;
}

/// The files in the order of the mapping's inputs (people first), then by name.
Result<std::vector<SourceFile>> recogniseAll(const Mapping& mapping, std::vector<InputFile> files) {
    std::vector<SourceFile> sources;
    for (auto& file : files) {
        FAIRLEAD_TRY(auto source, SourceFile::recognise(mapping, std::move(file)));
        sources.push_back(std::move(source));
    }
    std::ranges::sort(sources, [](const SourceFile& a, const SourceFile& b) {
        return std::pair(&a.rule(), a.name()) < std::pair(&b.rule(), b.name());
    });
    return sources;
}

}  // namespace

Result<Converted> convert(const Mapping& mapping, std::vector<InputFile> files, const ConvertOptions& options,
                          TaskContext& task) {
    if (files.empty()) return fail(ErrorCode::InvalidArgument, mapping.id, "no file");
    if (options.periodUntil <= options.periodFrom)
        return fail(ErrorCode::InvalidArgument, mapping.id, "the period is empty");
    FAIRLEAD_TRY(const auto sources, recogniseAll(mapping, std::move(files)));
    std::uint64_t total = 0;
    for (const auto& source : sources) total += source.rows().size();
    task.begin(Phase::Reading, total);

    QualityReport report(options.rowsListed);
    SchoolNumbers schools(mapping.schools, options.schools);
    RowStore store;
    RowMaker maker(mapping, options, schools, report);
    for (const auto& source : sources) {
        if (!convertFile(source, maker, store, report, task)) return fail(ErrorCode::Cancelled, mapping.id);
    }
    if (mapping.attendance) addAttendance(sources, *mapping.attendance, options, store, report);
    if (mapping.schools) schools.addMissingSchools(store.rows());
    return Converted{std::move(store.rows()), std::move(report)};
}

}  // namespace fairlead::convert
