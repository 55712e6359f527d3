#include "ui/governance/retention_tables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>
#include <map>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("fairlead::ui::RetentionPage", english); }

TableCell countCell(std::int64_t count) { return {number(count), QVariant::fromValue<qlonglong>(count)}; }

QString daysInWords(std::int64_t days) { return days == 1 ? tr("1 day") : tr("%1 days").arg(number(days)); }

QString stateInWords(const custody::DeliveryEnd& delivery) {
    if (delivery.purgedOn) {
        return tr("purged on %1").arg(dateInWords(*delivery.purgedOn));
    }
    const QString left = delivery.daysLeft < 0    ? tr("%1 overdue").arg(daysInWords(-delivery.daysLeft))
                         : delivery.daysLeft == 0 ? tr("today is the last day")
                                                  : tr("%1 left").arg(daysInWords(delivery.daysLeft));
    return delivery.isReplaced ? tr("%1, replaced by a later one").arg(left) : left;
}

/// What a table of the workspace holds.
QString tableInWords(const std::string& table) {
    static const std::map<std::string, const char*> kWords = {
        {"fact", QT_TR_NOOP("facts about people")},
        {"roll", QT_TR_NOOP("times on a roll")},
        {"source_person", QT_TR_NOOP("records of persons")},
        {"membership", QT_TR_NOOP("which person a record belongs to")},
        {"family_edge", QT_TR_NOOP("ties of families")},
        {"pseudonym", QT_TR_NOOP("pseudonyms")},
        {"decision", QT_TR_NOOP("readers' decisions about links")},
        {"pending_link", QT_TR_NOOP("links that await a reader")},
        {"merge_split", QT_TR_NOOP("persons that came together or apart")},
        {"involvement", QT_TR_NOOP("involvements")},
        {"release", QT_TR_NOOP("releases of names")},
        {"released_name", QT_TR_NOOP("names that were released")},
        {"mention", QT_TR_NOOP("lists of who is in a delivery")},
        {"person_ref", QT_TR_NOOP("agencies' own numbers of persons")},
        {"name", QT_TR_NOOP("names")},
        {"address", QT_TR_NOOP("addresses")},
        {"identifier", QT_TR_NOOP("identifiers")},
        {"relationship", QT_TR_NOOP("relationships, as supplied")},
        {"family_member", QT_TR_NOOP("members of families, as supplied")},
        {"link", QT_TR_NOOP("links between records")},
        {"joining_link", QT_TR_NOOP("links that join records to persons")},
        {"link_before", QT_TR_NOOP("links of earlier runs")},
        {"joining_link_before", QT_TR_NOOP("links of earlier runs that joined records")},
        {"kept_pair", QT_TR_NOOP("pairs kept for the next linkage")},
        {"kept_state", QT_TR_NOOP("what the next linkage starts from")},
        {"birth_month_before", QT_TR_NOOP("months of birth before a correction")}};
    const auto found = kWords.find(table);
    return found == kWords.end() ? text(table) : tr(found->second);
}

QString daysInWords(const std::vector<Interval>& days) {
    QStringList parts;
    for (const Interval& part : days) {
        const bool fromStart = part.from == Date::beginning();
        parts << (part.isOpen() ? fromStart ? tr("every day") : tr("from %1 on").arg(dateInWords(part.from))
                  : fromStart ? tr("to %1").arg(dateInWords(part.until - 1))
                                : tr("%1 to %2").arg(dateInWords(part.from), dateInWords(part.until - 1)));
    }
    return parts.join(QStringLiteral("; "));
}

void addCounts(TableContent& table, const QString& file, const custody::TablesLeft& counts) {
    for (const auto& [name, rows] : counts) {
        if (rows.went > 0) {
            table.rows.push_back({{{file}, {tableInWords(name)}, countCell(rows.went), countCell(rows.stayed)}});
        }
    }
}

}  // namespace

QString overdueInWords(std::int64_t overdue) {
    return overdue == 0   ? QString()
           : overdue == 1 ? tr("1 delivery is past the day until which it may be kept")
                          : tr("%1 deliveries are past the day until which they may be kept").arg(number(overdue));
}

QString standingInWords(const RetentionContent& content) {
    const auto isHeld = [](const custody::DeliveryEnd& delivery) { return !delivery.purgedOn; };
    const custody::DeliveryEnd* next = nullptr;
    for (const custody::DeliveryEnd& delivery : content.deliveries) {
        if (isHeld(delivery) && (next == nullptr || delivery.retainUntil < next->retainUntil)) {
            next = &delivery;
        }
    }
    if (next == nullptr) {
        return tr("No delivery is held.");
    }
    const auto overdue = std::ranges::count_if(content.deliveries, &custody::DeliveryEnd::isDue);
    if (overdue == 0) {
        return next->daysLeft == 0 ? tr("Nothing is past its end. Today is the last day of the next.")
                                   : tr("Nothing is past its end. The next end is %1, in %2.")
                                         .arg(dateInWords(next->retainUntil), daysInWords(next->daysLeft));
    }
    return tr("%1, the longest by %2.").arg(overdueInWords(overdue), daysInWords(-next->daysLeft));
}

std::shared_ptr<const TableContent> deliveriesTable(const RetentionContent& content,
                                                    const std::set<record::DeliveryId>& chosen) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Chosen")},
                      {.title = tr("Agency")},
                      {.title = tr("Dataset"), .stretches = true},
                      {.title = tr("Delivery"), .isNumber = true},
                      {.title = tr("Period")},
                      {.title = tr("Agreement")},
                      {.title = tr("Rows"), .isNumber = true},
                      {.title = tr("Keep until")},
                      {.title = tr("State")}};
    for (const custody::DeliveryEnd& delivery : content.deliveries) {
        const Interval& period = delivery.period;
        table->rows.push_back(
            {{{chosen.contains(delivery.delivery) ? tr("chosen") : QString()},
              {agencyInWords(delivery.agency)},
              {datasetInWords(delivery.dataset)},
              countCell(delivery.sequence),
              {tr("%1 to %2").arg(dateInWords(period.from), dateInWords(period.until - 1)), period.from.days},
              {delivery.agreementRef.empty() ? tr("not supplied") : text(delivery.agreementRef)},
              countCell(delivery.rows),
              {dateInWords(delivery.retainUntil), delivery.retainUntil.days},
              {stateInWords(delivery), QVariant::fromValue<qlonglong>(delivery.daysLeft)}},
             QVariant::fromValue<qlonglong>(delivery.delivery.value)});
    }
    return table;
}

std::shared_ptr<const TableContent> countsTable(const custody::PurgePreview& preview) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("File")},
                      {.title = tr("What"), .stretches = true},
                      {.title = tr("Rows that go"), .isNumber = true},
                      {.title = tr("Rows that stay"), .isNumber = true}};
    addCounts(*table, tr("Facts, under pseudonyms"), preview.core);
    addCounts(*table, tr("Who they are"), preview.identity);
    return table;
}

std::shared_ptr<const TableContent> figuresTable(const custody::PurgePreview& preview) {
    auto table = std::make_shared<TableContent>();
    table->columns = {
        {.title = tr("Figure")}, {.title = tr("As at"), .stretches = true}, {.title = tr("Today's reading")}};
    for (const custody::LostFigure& figure : preview.figures) {
        table->rows.push_back({{{text(figure.title)},
                                {daysInWords(figure.days)},
                                {figure.isNow ? tr("[x] purged") : tr("as before"), figure.isNow ? 0 : 1}}});
    }
    return table;
}

std::shared_ptr<const TableContent> purgesTable(const RetentionContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Purge"), .isNumber = true},
                      {.title = tr("When")},
                      {.title = tr("By")},
                      {.title = tr("And by")},
                      {.title = tr("Rows gone"), .isNumber = true},
                      {.title = tr("Proof in the audit log")},
                      {.title = tr("Deliveries"), .stretches = true},
                      {.title = tr("Reason given"), .sample = QStringLiteral("The agreement ended in June")}};
    for (const custody::PastPurge& purge : content.purges) {
        QStringList deliveries;
        for (const std::string& delivery : purge.deliveries) {
            deliveries << text(delivery);
        }
        const auto entry = [](std::uint64_t sequence) { return number(static_cast<std::int64_t>(sequence)); };
        table->rows.push_back(
            {{countCell(purge.number),
              {QDateTime::fromMSecsSinceEpoch(purge.atMs).toString(QStringLiteral("dd/MM/yyyy HH:mm")),
               QVariant::fromValue<qlonglong>(purge.atMs)},
              {text(purge.doneBy)},
              {purge.second.empty() ? tr("nobody: roles not separated") : text(purge.second)},
              countCell(purge.rowsWent),
              {purge.done ? tr("entries %1 and %2").arg(entry(purge.intent), entry(*purge.done))
                          : tr("entry %1, broken off").arg(entry(purge.intent)),
               QVariant::fromValue<qulonglong>(purge.intent)},
              {deliveries.join(QStringLiteral(", "))},
              {text(purge.reason)}},
             QVariant::fromValue<qlonglong>(purge.number)});
    }
    return table;
}

}  // namespace fairlead::ui
