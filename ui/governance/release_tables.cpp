#include "ui/governance/release_tables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("fairlead::ui::ReleasesPage", english); }

QString inWords(release::ReleaseState state) {
    switch (state) {
        case release::ReleaseState::Standing: return tr("stands");
        case release::ReleaseState::Ended: return tr("over");
        case release::ReleaseState::Withdrawn: return tr("withdrawn");
    }
    return {};
}

QString inWords(release::InvolvementState state) {
    switch (state) {
        case release::InvolvementState::ToCome: return tr("to come");
        case release::InvolvementState::Running: return tr("current");
        case release::InvolvementState::Ended: return tr("ended");
        case release::InvolvementState::Withdrawn: return tr("withdrawn");
    }
    return {};
}

TableCell numberCell(std::int64_t value) { return {number(value), QVariant::fromValue<qlonglong>(value)}; }

TableCell dayCell(Date day) { return {dateInWords(day), day.days}; }

QString gatewayOf(const ReleasesContent& content, const std::string& id) {
    const auto found = std::ranges::find(content.gateways, id, &Choice::id);
    return text(found == content.gateways.end() ? id : found->words);
}

/// Each text once, in the order of the involvements.
template <typename Of>
QString ofGrounds(const ReleasesContent& content, const release::ReleaseEntry& entry, const Of& of) {
    QStringList texts;
    for (const std::int64_t id : entry.involvements) {
        const auto found = std::ranges::find(content.involvements, id, &release::Involvement::id);
        if (found != content.involvements.end() && !texts.contains(of(*found))) {
            texts << of(*found);
        }
    }
    return texts.join(QStringLiteral("; "));
}

TableCell stateCell(const release::ReleaseEntry& entry) {
    if (!entry.isSound) {
        return {tr("%1, NOT SOUND: signatures do not fit").arg(inWords(entry.state))};
    }
    return {entry.withdrawnBy.empty() ? inWords(entry.state) : tr("withdrawn by %1").arg(text(entry.withdrawnBy))};
}

TableCell shownCell(const release::ReleaseEntry& entry) {
    return {entry.budget == 0 ? number(entry.shown) : tr("%1 of %2").arg(number(entry.shown), number(entry.budget)),
            QVariant::fromValue<qlonglong>(entry.shown)};
}

TableCell lastShownCell(const release::ReleaseEntry& entry) {
    if (entry.shownMs == 0) {
        return {tr("not used"), QVariant::fromValue<qlonglong>(0)};
    }
    return {QDateTime::fromMSecsSinceEpoch(entry.shownMs).toString(QStringLiteral("dd/MM/yyyy HH:mm")),
            QVariant::fromValue<qlonglong>(entry.shownMs)};
}

QString signersOf(const release::ReleaseEntry& entry) {
    return entry.secondedBy == entry.releasedBy ? tr("%1 alone").arg(text(entry.releasedBy))
                                                : tr("%1 and %2").arg(text(entry.releasedBy), text(entry.secondedBy));
}

}  // namespace

QString childInWords(const release::Involvement& one) {
    QStringList places;
    for (const release::ChildAtSchool& place : one.childAt) {
        places << tr("%1, %2").arg(text(place.letter), text(place.schoolName));
    }
    const QString child = places.isEmpty() ? tr("a child") : places.join(QStringLiteral("; "));
    return one.coversFamily ? tr("%1, and family").arg(child) : child;
}

std::shared_ptr<const TableContent> releasesTable(const ReleasesContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Release"), .isNumber = true},
                      {.title = tr("To")},
                      {.title = tr("State")},
                      {.title = tr("Until")},
                      {.title = tr("Names"), .isNumber = true},
                      {.title = tr("Shown"), .isNumber = true},
                      {.title = tr("Last shown")},
                      {.title = tr("What for"), .stretches = true, .sample = tr("Family plan of the summer term")},
                      {.title = tr("Gateway"), .sample = QStringLiteral("Children Act 2004, section 10")},
                      {.title = tr("Signed by")}};
    for (std::size_t i = 0; i < content.releases.size(); ++i) {
        const release::ReleaseEntry& entry = content.releases[i];
        table->rows.push_back(
            {{numberCell(entry.number),
              {text(entry.user)},
              stateCell(entry),
              dayCell(entry.until),
              {tr("%1 of %2").arg(number(entry.children), number(release::kMostChildren)),
               QVariant::fromValue<qlonglong>(entry.children)},
              shownCell(entry),
              lastShownCell(entry),
              {ofGrounds(content, entry, [](const auto& one) { return text(one.purpose); })},
              {ofGrounds(content, entry, [&](const auto& one) { return gatewayOf(content, one.gateway); })},
              {signersOf(entry)}},
             QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

std::shared_ptr<const TableContent> involvementsTable(const ReleasesContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Number"), .isNumber = true},
                      {.title = tr("Worker")},
                      {.title = tr("Team")},
                      {.title = tr("State")},
                      {.title = tr("With")},
                      {.title = tr("From")},
                      {.title = tr("Until")},
                      {.title = tr("What for"), .stretches = true, .sample = tr("Family plan of the summer term")},
                      {.title = tr("Gateway"), .sample = QStringLiteral("Children Act 2004, section 10")},
                      {.title = tr("Recorded in")}};
    for (std::size_t i = 0; i < content.involvements.size(); ++i) {
        const release::Involvement& one = content.involvements[i];
        const auto worker = std::ranges::find(content.who.users, one.worker, &access::Principal::id);
        table->rows.push_back({{numberCell(one.id),
                                {worker == content.who.users.end() ? tr("not known") : text(worker->name)},
                                {text(one.team)},
                                {inWords(release::stateOf(one, content.today))},
                                {childInWords(one)},
                                dayCell(one.days.from),
                                dayCell(one.days.until),
                                {text(one.purpose)},
                                {gatewayOf(content, one.gateway)},
                                {text(one.source)}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

QString outcomeInWords(ReleaseAct::Kind kind, const ReleaseOutcome& outcome) {
    using Kind = ReleaseAct::Kind;
    switch (kind) {
        case Kind::Involve: return tr("Involvement %1 is recorded. It releases nothing by itself.").arg(outcome.number);
        case Kind::EndInvolvement: {
            QStringList numbers;
            for (const std::int64_t release : outcome.withdrawn) {
                numbers << number(release);
            }
            const QString done = tr("Involvement %1 is withdrawn.").arg(outcome.number);
            return numbers.isEmpty()
                       ? done
                       : tr("%1 So are the releases that rest on it: %2. What was seen or copied cannot be taken back.")
                             .arg(done, numbers.join(QStringLiteral(", ")));
        }
        case Kind::Release: {
            const QString done = tr("Release %1 names %2.")
                                     .arg(number(outcome.number), number(static_cast<std::int64_t>(outcome.named)));
            return outcome.unnamed == 0 ? done
                                        : tr("%1 Of %2 more no record has a name.")
                                              .arg(done, number(static_cast<std::int64_t>(outcome.unnamed)));
        }
        case Kind::Withdraw:
            return tr("Release %1 is withdrawn: its names open here no more. What was seen or copied cannot be taken "
                      "back.")
                .arg(outcome.number);
    }
    return {};
}

}  // namespace fairlead::ui
