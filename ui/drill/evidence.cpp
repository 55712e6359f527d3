// The pupil's side of drill_tables.h: facts, what is in place, the trail to row and gateway.

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

#include "ui/drill/drill_tables.h"
#include "ui/style/look.h"
#include "ui/style/words.h"
#include "ui/tile/count_words.h"

namespace fairlead::ui {

namespace {

using indicator::EvidenceLine;
using indicator::TimelineSpell;

QString tr(const char* english) { return QCoreApplication::translate("evidence", english); }

QString daysInWords(const Interval& days) {
    if (days.isOpen()) {
        return tr("since %1").arg(dateInWords(days.from));
    }
    if (days.until - days.from <= 1) {
        return dateInWords(days.from);
    }
    return tr("%1 to %2").arg(dateInWords(days.from), dateInWords(days.until - 1));
}

QString roleInWords(record::Role role) {
    switch (role) {
        case record::Role::Subject: return tr("concerned");
        case record::Role::Victim: return tr("victim");
        case record::Role::Suspect: return tr("suspect");
        case record::Role::Witness: return tr("witness");
        case record::Role::Linked: return tr("linked person");
    }
    return {};
}

QString dateOrNone(Date date) {
    return date == Date::beginning() || date == Date::never() ? tr("not supplied") : dateInWords(date);
}

QString orNone(const std::string& value) { return value.empty() ? tr("not supplied") : text(value); }

const DeliveryLine* deliveryOf(const PupilContent& content, const EvidenceLine& line) {
    const auto found = content.deliveries.find(line.delivery);
    return found == content.deliveries.end() ? nullptr : &found->second;
}

QString kindTitle(record::FactKind kind) {
    const std::string_view title = record::entry(kind).title;
    return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
}

/// The figures of the school's overview that the spell is part of on the day.
QString countedInWords(const PupilContent& content, const TimelineSpell& spell) {
    const Date asAt = content.timeline.asAt;
    const QString day = dateInWords(asAt);
    if (spell.group == indicator::Group::AdultFamily) {
        return tr("no figure of the school; it may count in the family's new records");
    }
    QStringList figures;
    if (spell.days.contains(asAt)) {
        figures << tr("%1 and its group's total").arg(text(spell.title));
    }
    if (std::ranges::find(content.newIndicators, spell.indicator) != content.newIndicators.end()) {
        figures << tr("New indicators");
    }
    return figures.isEmpty() ? tr("no figure as at %1").arg(day)
                             : tr("%1, as at %2").arg(figures.join(QStringLiteral("; ")), day);
}

}  // namespace

const EvidenceLine& evidenceAt(const PupilContent& content, const EvidenceRef& ref) {
    return content.timeline.spells[ref.spell].evidence[ref.line];
}

std::vector<EvidenceRef> evidenceOf(const indicator::Timeline& timeline) {
    std::vector<EvidenceRef> refs;
    for (std::size_t s = 0; s < timeline.spells.size(); ++s) {
        for (std::size_t l = 0; l < timeline.spells[s].evidence.size(); ++l) {
            refs.push_back({s, l});
        }
    }
    // Newest first; facts of one day in the order of the timeline.
    std::ranges::sort(refs, [&](const EvidenceRef& a, const EvidenceRef& b) {
        const Date dayA = timeline.spells[a.spell].evidence[a.line].happened.from;
        const Date dayB = timeline.spells[b.spell].evidence[b.line].happened.from;
        return std::tie(dayB, a.spell, a.line) < std::tie(dayA, b.spell, b.line);
    });
    return refs;
}

std::shared_ptr<const TableContent> evidenceTable(const PupilContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Date")},        {.title = tr("Indicator"), .stretches = true},
                      {.title = tr("Record says")}, {.title = tr("Role")},
                      {.title = tr("Source")},      {.title = tr("Link")}};
    const auto refs = evidenceOf(content.timeline);
    for (std::size_t i = 0; i < refs.size(); ++i) {
        const EvidenceLine& line = evidenceAt(content, refs[i]);
        table->rows.push_back({{{daysInWords(line.happened), line.happened.from.days},
                                {text(content.timeline.spells[refs[i].spell].title)},
                                {kindTitle(line.kind)},
                                {roleInWords(line.role)},
                                {agencyInWords(line.agency)},
                                {linkInWords(line.linkStrength), -line.linkStrength}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

QString inPlaceInWords(const PupilContent& content) {
    QStringList support;
    QStringList risks;
    QStringList events;
    for (const TimelineSpell& spell : content.timeline.spells) {
        if (!spell.days.contains(content.timeline.asAt)) {
            continue;
        }
        const QString title = text(spell.title);
        switch (spell.group) {
            case indicator::Group::ReceivingSupport:
                support << tr("%1 since %2").arg(title, dateInWords(spell.days.from));
                break;
            case indicator::Group::CurrentRisk:
                risks << tr("%1 since %2").arg(title, dateInWords(spell.days.from));
                break;
            default: events << title; break;
        }
    }
    const QString day = dateInWords(content.timeline.asAt);
    const QString separator = QStringLiteral("; ");
    QStringList sentences;
    sentences << (support.isEmpty() ? tr("No support is recorded as in place on %1.").arg(day)
                                    : tr("Support in place on %1: %2.").arg(day, support.join(separator)));
    if (!risks.isEmpty()) {
        sentences << tr("Recorded risk: %1.").arg(risks.join(separator));
    }
    if (!events.isEmpty()) {
        sentences << tr("Recent: %1.").arg(events.join(separator));
    }
    return sentences.join(QLatin1Char(' '));
}

QString gapsInWords(const PupilContent& content) {
    QStringList gaps;
    for (const indicator::SupplyGap& gap : content.timeline.gaps) {
        gaps << tr("%1, %2").arg(agencyInWords(gap.agency), daysInWords(gap.days));
    }
    return gaps.isEmpty() ? QString()
                          : tr("Nothing was supplied by: %1. Absence of a record there means nothing.")
                                .arg(gaps.join(QStringLiteral("; ")));
}

std::vector<LabelledValue> recordFields(const PupilContent& content, const EvidenceRef& ref) {
    const EvidenceLine& line = evidenceAt(content, ref);
    const TimelineSpell& spell = content.timeline.spells[ref.spell];
    std::vector<LabelledValue> fields{{tr("Record"), kindTitle(line.kind)},
                                      {tr("Date"), daysInWords(line.happened)},
                                      {tr("Role"), roleInWords(line.role)}};
    if (!line.code.empty()) {
        fields.push_back({tr("Code"), text(line.code)});
    }
    if (line.hasValue) {
        fields.push_back({tr("Value"), number(line.value)});
    }
    fields.push_back({tr("Counts as"), tr("%1, %2").arg(text(spell.title), daysInWords(spell.days))});
    fields.push_back({tr("Counted in"), countedInWords(content, spell)});
    // The lines of a checklist one by one: nothing adds them up for a person.
    for (const bool holds : {true, false}) {
        QStringList lines;
        for (const indicator::ChecklistLine& one : spell.checklist) {
            if (one.holds == holds) {
                lines << text(one.label);
            }
        }
        if (!lines.isEmpty()) {
            fields.push_back({holds ? tr("On the list") : tr("Not on it"), lines.join(QStringLiteral("; "))});
        }
    }
    return fields;
}

std::vector<LabelledValue> sourceFields(const PupilContent& content, const EvidenceRef& ref) {
    const EvidenceLine& line = evidenceAt(content, ref);
    const DeliveryLine* delivery = deliveryOf(content, line);
    return {{tr("Agency"), agencyInWords(line.agency)},
            {tr("File"), delivery == nullptr ? text(line.dataset) : text(delivery->fileName)},
            {tr("Table and row"),
             tr("%1, row %2")
                 .arg(delivery == nullptr ? QStringLiteral("fact") : text(delivery->table), number(line.sourceRow))},
            {tr("Recorded"), dateOrNone(line.recorded)},
            {tr("Received"),
             line.late ? tr("load %1, late").arg(line.received.value) : tr("load %1").arg(line.received.value)},
            {tr("Link"), tr("%1 (%2%)").arg(linkInWords(line.linkStrength)).arg(line.linkStrength)}};
}

std::vector<LabelledValue> gatewayFields(const PupilContent& content, const EvidenceRef& ref) {
    const EvidenceLine& line = evidenceAt(content, ref);
    const DeliveryLine* delivery = deliveryOf(content, line);
    QStringList gateways;
    for (const std::string& gateway :
         delivery != nullptr && !delivery->gateways.empty() ? delivery->gateways : line.gateways) {
        gateways << text(gateway);
    }
    return {{tr("Gateway"), gateways.isEmpty() ? tr("not supplied") : gateways.join(QStringLiteral("; "))},
            {tr("Agreement"), orNone(line.agreementRef)},
            {tr("May be kept until"), dateOrNone(line.retainUntil)}};
}

}  // namespace fairlead::ui
