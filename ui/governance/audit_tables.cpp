#include "ui/governance/audit_tables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>
#include <algorithm>
#include <ranges>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("fairlead::ui::AuditPage", english); }

/// The hour of a clock on the wall that is given in milliseconds of that clock.
TableCell hourCell(std::int64_t localMs) {
    const auto hour = QDateTime::fromMSecsSinceEpoch(localMs, QTimeZone::utc());
    return {tr("%1 to %2")
                .arg(hour.toString(QStringLiteral("dd/MM/yyyy HH:mm")),
                     hour.addSecs(3600).toString(QStringLiteral("HH:mm"))),
            QVariant::fromValue<qlonglong>(localMs)};
}

TableCell countCell(std::uint64_t count) {
    return {number(static_cast<std::int64_t>(count)), QVariant::fromValue<qulonglong>(count)};
}

QString personOf(const workspace::AuditView& view, const std::string& actor) {
    constexpr std::size_t kShortId = 8;
    if (actor.empty()) {
        return tr("the program");
    }
    const auto found = view.names.find(actor);
    return text(found == view.names.end() ? actor.substr(0, kShortId) : found->second);
}

QString stateInWords(audit::State state) {
    switch (state) {
        case audit::State::Intent: return tr("begun");
        case audit::State::Done: return tr("done");
        case audit::State::Failed: return tr("failed");
        case audit::State::Note: return tr("noted");
    }
    return {};
}

/// Details but for the reason, as "rows 12 · format csv".
QString detailsInWords(const audit::Entry& entry) {
    QStringList parts;
    if (const auto what = entry.details.find("what"); what != entry.details.end()) {
        parts << text(what->second);
    }
    for (const auto* texts : {&entry.details, &entry.marks}) {
        for (const auto& [key, value] : *texts) {
            if (key != "what" && key != "purpose") {
                parts << text(key) + QLatin1Char(' ') + text(value);
            }
        }
    }
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

TableCell momentCell(std::int64_t utcMs) {
    return {QDateTime::fromMSecsSinceEpoch(utcMs).toString(QStringLiteral("dd/MM/yyyy HH:mm:ss")),
            QVariant::fromValue<qlonglong>(utcMs)};
}

QString verbInWords(audit::Verb verb) {
    switch (verb) {
        case audit::Verb::Collection: return tr("collection");
        case audit::Verb::Alteration: return tr("alteration");
        case audit::Verb::Consultation: return tr("consultation");
        case audit::Verb::Disclosure: return tr("disclosure");
        case audit::Verb::Combination: return tr("combination");
        case audit::Verb::Erasure: return tr("erasure");
        case audit::Verb::Approval: return tr("approval");
        case audit::Verb::Release: return tr("release");
        case audit::Verb::Denied: return tr("denied");
        case audit::Verb::TailCut: return tr("log mended");
        case audit::Verb::KeyChange: return tr("next signing key");
    }
    return {};
}

QString soundnessInWords(const workspace::AuditView& view) {
    const audit::VerifyReport& found = view.soundness;
    const QString root = text(found.head.shortRoot());
    if (!found.intact) {
        return tr("The log is NOT sound%1: %2. Keep the workspace folder as it is for whoever looks into it.")
            .arg(found.firstBad ? tr(" from entry %1 on").arg(number(static_cast<std::int64_t>(*found.firstBad)))
                                : QString(),
                 text(found.problem));
    }
    return tr("The log is sound: %1 entries, root %2. Compare both with a briefing on paper or a checkpoint kept "
              "elsewhere: only that shows a log that was put back whole to an older state.")
        .arg(number(static_cast<std::int64_t>(found.entries)), root);
}

std::shared_ptr<const TableContent> lookTable(const workspace::AuditView& view) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Why")},
                      {.title = tr("When")},
                      {.title = tr("Who")},
                      {.title = tr("Act")},
                      {.title = tr("What"), .stretches = true},
                      {.title = tr("Entry"), .isNumber = true}};
    const audit::Report& report = view.report;
    const std::pair<QString, const std::vector<audit::Noted>*> kinds[] = {
        {tr("denied"), &report.denied},
        {tr("out of hours"), &report.outOfHours},
        {tr("failed"), &report.failed},
        {tr("broken off"), &report.interrupted},
        {tr("without an end"), &report.unfinished},
        {tr("release not used"), &report.unusedReleases},
        {tr("clock set back"), &report.clockSetBack},
        {tr("unprotected"), &report.unprotected}};
    for (const auto& [why, list] : kinds) {
        for (const audit::Noted& noted : *list) {
            table->rows.push_back({{{why},
                                    momentCell(noted.wallMs),
                                    {personOf(view, noted.actor)},
                                    {verbInWords(noted.verb)},
                                    {text(noted.what)},
                                    countCell(noted.sequence)},
                                   QVariant::fromValue<qulonglong>(noted.sequence)});
        }
    }
    std::ranges::sort(table->rows, std::ranges::greater(),
                      [](const TableRow& row) { return std::pair(row.key.toULongLong(), row.cells.front().text); });
    return table;
}

std::shared_ptr<const TableContent> revealTable(const workspace::AuditView& view) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Hour")},
                      {.title = tr("Who"), .stretches = true},
                      {.title = tr("Times names were shown"), .isNumber = true},
                      {.title = tr("People"), .isNumber = true},
                      {.title = tr("Working hours")}};
    for (const audit::RevealHour& hour : view.report.reveals | std::views::reverse) {
        table->rows.push_back({{hourCell(hour.hourMs),
                                {personOf(view, hour.actor)},
                                countCell(hour.reveals),
                                countCell(hour.people),
                                {hour.isOutOfHours ? tr("outside") : tr("within")}},
                               {}});
    }
    return table;
}

std::shared_ptr<const TableContent> actTable(const workspace::AuditView& view) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Act"), .stretches = true},
                      {.title = tr("Begun"), .isNumber = true},
                      {.title = tr("Done"), .isNumber = true},
                      {.title = tr("Failed"), .isNumber = true},
                      {.title = tr("Noted"), .isNumber = true}};
    for (const auto& [verb, count] : view.report.verbs) {
        table->rows.push_back({{{verbInWords(verb)},
                                countCell(count.begun),
                                countCell(count.done),
                                countCell(count.failed),
                                countCell(count.notes)},
                               {}});
    }
    return table;
}

std::shared_ptr<const TableContent> entryTable(const workspace::AuditView& view) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Entry"), .isNumber = true},
                      {.title = tr("When")},
                      {.title = tr("Who")},
                      {.title = tr("With")},
                      {.title = tr("Act")},
                      {.title = tr("How far")},
                      {.title = tr("People"), .isNumber = true},
                      {.title = tr("Reason given"), .sample = QStringLiteral("Review before the autumn panel")},
                      {.title = tr("What"), .stretches = true}};
    for (const audit::Record& record : view.newest) {
        const audit::Entry& entry = record.entry;
        const auto purpose = entry.details.find("purpose");
        QString state = stateInWords(entry.state);
        if (entry.about > 0) {
            state = tr("%1, entry %2").arg(state, number(static_cast<std::int64_t>(entry.about)));
        }
        table->rows.push_back({{countCell(record.sequence),
                                momentCell(record.wallMs),
                                {personOf(view, entry.actor)},
                                {entry.secondActor.empty() ? QString() : personOf(view, entry.secondActor)},
                                {verbInWords(entry.verb)},
                                {state},
                                countCell(entry.subjectCount),
                                {purpose == entry.details.end() ? QString() : text(purpose->second)},
                                {detailsInWords(entry)}},
                               QVariant::fromValue<qulonglong>(record.sequence)});
    }
    return table;
}

}  // namespace fairlead::ui
