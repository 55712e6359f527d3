#include "ui/governance/recovery_tables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>
#include <algorithm>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

using Outcome = custody::SheetsTried::Outcome;

QString tr(const char* english) { return QCoreApplication::translate("fairlead::ui::UsersPage", english); }

QString dayOf(std::int64_t ms) { return dateInWords(fromQDate(QDateTime::fromMSecsSinceEpoch(ms).date())); }

/// The name of a user; the id of one whom the header does not know.
QString nameOf(const std::string& id, const UsersContent& users) {
    const auto found = std::ranges::find(users.users, id, &access::Principal::id);
    return text(found == users.users.end() ? id : found->name);
}

QString madeInWords(const custody::SheetsStanding& sheets, const UsersContent& users) {
    QStringList signers;
    for (const std::string& id : {sheets.face.officer, sheets.face.holder, sheets.face.further}) {
        if (!id.empty() && !signers.contains(nameOf(id, users))) {
            signers << nameOf(id, users);
        }
    }
    const QString by = signers.join(tr(" and "));
    return sheets.madeMs ? tr("%1, by %2").arg(dayOf(*sheets.madeMs), by) : tr("by %1").arg(by);
}

QString triedInWords(const custody::SheetsStanding& sheets, const UsersContent& users) {
    if (!sheets.tried) {
        return tr("never: try them, and then twice a year");
    }
    const QString when = tr("%1, by %2").arg(dayOf(sheets.tried->atMs), nameOf(sheets.tried->by, users));
    switch (sheets.tried->outcome) {
        case Outcome::Opened: return tr("%1: they opened everything they should").arg(when);
        case Outcome::Stale: return tr("%1: some keys are not of today; make new sheets").arg(when);
        case Outcome::NotOpened: return tr("%1: what was typed opened nothing").arg(when);
    }
    return {};
}

/// What the sheets could not do, where it matters.
QString lackInWords(const std::vector<access::FileKey>& keys) {
    const auto has = [&](access::FileKey key) { return std::ranges::find(keys, key) != keys.end(); };
    if (!has(access::FileKey::Core)) {
        return tr("nobody who reads the data: make them with a data steward");
    }
    return has(access::FileKey::AuditRead) ? tr("whatever role is needed")
                                           : tr("every role but a governance auditor: make them with one too");
}

}  // namespace

QString keyInWords(access::FileKey key) {
    switch (key) {
        case access::FileKey::Core: return tr("facts and figures, under pseudonyms");
        case access::FileKey::Identity: return tr("names, birth dates, addresses");
        case access::FileKey::Audit: return tr("writing and checking the audit log");
        case access::FileKey::AuditRead: return tr("reading the details of the audit log");
        case access::FileKey::Officer: return tr("deciding who may open the workspace");
    }
    return {};
}

QString keysInWords(const std::vector<access::FileKey>& keys) {
    QStringList words;
    for (const access::FileKey key : keys) {
        words << keyInWords(key);
    }
    return words.join(QStringLiteral("; "));
}

std::shared_ptr<const TableContent> sheetsTable(const RecoveryContent& recovery, const UsersContent& users) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("The sheets")}, {.title = tr("How they stand"), .stretches = true}};
    if (!recovery.sheets) {
        return table;
    }
    const custody::SheetsStanding& sheets = *recovery.sheets;
    table->rows.push_back({{{tr("Made")}, {madeInWords(sheets, users)}}});
    for (const access::FileKey key : sheets.face.keys) {
        table->rows.push_back({{{tr("Open")}, {keyInWords(key)}}});
    }
    table->rows.push_back({{{tr("Can add")}, {lackInWords(sheets.face.keys)}}});
    table->rows.push_back({{{tr("Tried")}, {triedInWords(sheets, users)}}});
    table->rows.push_back(
        {{{tr("Used")},
          {sheets.usedMs ? tr("%1: they have been out; make new sheets").arg(dayOf(*sheets.usedMs)) : tr("never")}}});
    return table;
}

std::shared_ptr<const TableContent> keysTable(const UsersContent& users) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("What the key is for")}, {.title = tr("Who holds it"), .stretches = true}};
    for (const access::FileKey key : access::kFileKeys) {
        QStringList holders;
        for (const access::Principal& user : users.users) {
            if (user.active && access::holds(user.roles, key)) {
                holders << text(user.name);
            }
        }
        table->rows.push_back(
            {{{keyInWords(key)}, {holders.isEmpty() ? tr("nobody") : holders.join(QStringLiteral(", "))}}});
    }
    return table;
}

QString drillInWords(const custody::DrillReport& report) {
    if (!report.stale.empty()) {
        return tr("These keys are not those of today: %1. Make new sheets.").arg(keysInWords(report.stale));
    }
    return tr("The sheets open what they should: %1. Nothing was changed. Put them back, each to its own place.")
        .arg(keysInWords(report.opened));
}

QString roomInWords(std::uintmax_t bytes) {
    constexpr std::uintmax_t kMega = 1'000'000;
    return tr("about %1 MB").arg(number(static_cast<std::int64_t>((bytes + kMega - 1) / kMega)));
}

}  // namespace fairlead::ui
