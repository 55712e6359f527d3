#include "core/convert/period_joining.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/record/fact_kind.h"

namespace fairlead::convert {

namespace {

/// The episode of one row, or nothing and a finding.
std::optional<Episode> episodeOf(const SourceFile& file, const CsvTable::Row& row, const PeriodRule& rule,
                                 RowMaker& maker, QualityReport& report) {
    Episode episode;
    episode.person = file.cell(row, file.rule().person);
    episode.code = file.cell(row, rule.code);
    episode.line = row.line;
    if (episode.person.empty() || file.cell(row, rule.from).empty()) {
        report.add(Rule::MissingValue, file.name(), episode.person.empty() ? file.rule().person : rule.from, row.line);
        return std::nullopt;
    }
    const auto from = maker.date(file, row, rule.from);
    episode.until = maker.date(file, row, rule.until);
    const bool isEndLost = !episode.until && !file.cell(row, rule.until).empty();
    // An end that cannot be read is not an open end: the status would seem to go on.
    if (!from || isEndLost) return std::nullopt;
    episode.from = *from;
    if (episode.until && *episode.until <= episode.from) {
        report.add(Rule::EndBeforeStart, file.name(), rule.until, row.line);
        return std::nullopt;
    }
    const auto kind = record::factKindFromId(rule.kind);
    FAIRLEAD_CHECK(kind.has_value());
    const auto codes = extract::codesOf(*kind);
    if (codes && !episode.code.empty() && std::ranges::find(*codes, episode.code) == codes->end()) {
        report.add(Rule::UnknownCode, file.name(), rule.code, row.line);
        episode.code.clear();
    }
    return episode;
}

record::FactRow factOf(const Period& period, const PeriodRule& rule) {
    record::FactRow fact;
    fact.factRef = fmt::format("{}:{}:{}", rule.refPrefix, period.person, period.from.iso());
    fact.personRef = period.person;
    fact.kind = *record::factKindFromId(rule.kind);
    fact.from = period.from;
    fact.until = period.until;
    fact.code = period.code;
    return fact;
}

}  // namespace

std::vector<Period> joinEpisodes(std::vector<Episode> episodes,
                                 const std::function<void(Rule, std::size_t)>& onProblem) {
    std::ranges::sort(episodes, {}, [](const Episode& e) { return std::tie(e.person, e.from, e.line); });
    std::vector<Period> periods;
    for (auto& episode : episodes) {
        const bool isSamePerson = !periods.empty() && periods.back().person == episode.person;
        if (isSamePerson && !periods.back().until) {
            onProblem(Rule::EpisodeNotClosed, episode.line);
            periods.back().until = episode.from;
        }
        if (!isSamePerson || *periods.back().until < episode.from) {
            periods.push_back(
                {std::move(episode.person), episode.from, episode.until, std::move(episode.code), episode.line});
            continue;
        }
        auto& period = periods.back();
        if (*period.until > episode.from) onProblem(Rule::OverlappingEpisodes, episode.line);
        if (episode.until) episode.until = std::max(*episode.until, *period.until);
        period.until = episode.until;
        period.code = std::move(episode.code);
    }
    return periods;
}

void addPeriods(const SourceFile& file, const PeriodRule& rule, RowMaker& maker, RowStore& store,
                QualityReport& report) {
    RowCount count{file.name(), rule.kind};
    std::vector<Episode> episodes;
    for (const auto& row : file.rows()) {
        ++count.read;
        if (file.isRagged(row)) {
            ++count.rejected;  // the finding was made when the file was first walked
        } else if (isLeftOut(file, row, rule.leaveOut)) {
            ++count.leftOut;
        } else if (auto episode = episodeOf(file, row, rule, maker, report); !episode) {
            ++count.rejected;
        } else if (!store.hasPerson(episode->person)) {
            report.add(Rule::UnknownPerson, file.name(), file.rule().person, row.line);
            ++count.rejected;
        } else {
            episodes.push_back(std::move(*episode));
        }
    }
    const auto used = episodes.size();
    std::vector<std::pair<std::size_t, Rule>> problems;
    const auto periods =
        joinEpisodes(std::move(episodes), [&](Rule found, std::size_t line) { problems.emplace_back(line, found); });
    std::ranges::sort(problems);  // in the order of the file, as every other finding
    for (const auto& [line, found] : problems) report.add(found, file.name(), rule.from, line);
    for (const auto& period : periods) {
        if (store.addFact(factOf(period, rule)) == RowStore::Outcome::Made) ++count.made;
    }
    count.merged = used - count.made;
    report.count(file.name(), rule.kind) = count;
}

}  // namespace fairlead::convert
