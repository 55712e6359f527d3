#include "ui/quality/quality_words.h"

#include <QCoreApplication>

#include "ui/quality/quality_tables.h"
#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

using workspace::Field;
using workspace::Rule;

QString qualityTr(const char* english) { return QCoreApplication::translate("quality", english); }

QString percentText(const std::optional<double>& percent) {
    return percent ? qualityTr("%1%").arg(*percent, 0, 'f', 1) : QString(QChar(0x2013));
}

QString monthHeader(Date month) {
    constexpr int kCentury = 100;
    return qualityTr("%1 %2").arg(monthShort(month)).arg(month.civil().year % kCentury, 2, 10, QLatin1Char('0'));
}

QString fieldInWords(Field field) {
    switch (field) {
        case Field::Name: return qualityTr("Name");
        case Field::BirthDate: return qualityTr("Birth date");
        case Field::Sex: return qualityTr("Sex");
        case Field::Address: return qualityTr("Address");
        case Field::Postcode: return qualityTr("Postcode");
        case Field::Identifier: return qualityTr("Identifier");
        case Field::YearGroup: return qualityTr("Year group");
        case Field::DateRecorded: return qualityTr("Date recorded");
    }
    return {};
}

QString kindInWords(record::FactKind kind) {
    const std::string_view title = record::entry(kind).title;
    return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
}

QString limitsInWords(const workspace::VolumeLine& line) {
    return line.limits ? qualityTr("%1 to %2").arg(line.limits->lower, 0, 'f', 0).arg(line.limits->upper, 0, 'f', 0)
                       : qualityTr("no limits");
}

QString volumeInWords(const workspace::QualityPage& content, const workspace::VolumeLine& line) {
    if (!line.limits) {
        return qualityTr("No limits: too few whole months, or records that come once a term.");
    }
    QStringList outside;
    for (const std::size_t month : line.outside) {
        outside << qualityTr("%1 in %2").arg(number(line.months[month]), monthInWords(content.months[month]));
    }
    const QString usual = qualityTr("Usual: %1 a month.").arg(limitsInWords(line));
    return outside.isEmpty() ? usual : qualityTr("%1 Outside: %2.").arg(usual, outside.join(QStringLiteral("; ")));
}

QString lowestInWords(const workspace::QualityPage& content, const workspace::FieldLine& line) {
    std::optional<std::size_t> lowest;
    for (std::size_t i = 0; i < line.months.size(); ++i) {
        const auto share = line.months[i].percent();
        if (share && (!lowest || *share < *line.months[*lowest].percent())) {
            lowest = i;
        }
    }
    return lowest ? qualityTr("Lowest %1 in %2")
                        .arg(percentText(line.months[*lowest].percent()), monthInWords(content.months[*lowest]))
                  : qualityTr("Nothing was supplied in these months.");
}

QString groupingInWords(std::string_view by) { return by == "sex" ? qualityTr("Sex") : qualityTr("Born"); }

QString groupInWords(const std::string& group) { return group.empty() ? qualityTr("not supplied") : text(group); }

QString orNotRecorded(const std::string& value) { return value.empty() ? qualityTr("not recorded") : text(value); }

QString qualityTitle(QualityPart part) {
    switch (part) {
        case QualityPart::Supply: return qualityTr("Supply by month");
        case QualityPart::Completeness: return qualityTr("Fields filled in");
        case QualityPart::Volumes: return qualityTr("Volumes");
        case QualityPart::Rules: return qualityTr("Rules");
        case QualityPart::Refused: return qualityTr("Refused");
        case QualityPart::SourceLinks: return qualityTr("Linkage by source");
        case QualityPart::SchoolLinks: return qualityTr("Linkage by school");
        case QualityPart::Unlinkable: return qualityTr("Cannot be linked");
        case QualityPart::Groups: return qualityTr("Linkage by group");
    }
    return {};
}

QString qualityNote(QualityPart part, const QualityContent& content) {
    switch (part) {
        case QualityPart::Supply:
            return qualityTr(
                       "Which days of each month a delivery speaks for. Late: its delivery was made more than %1 days "
                       "after the month. Where something is missing, absence of a record means nothing.")
                .arg(workspace::kLateAfterDays);
        case QualityPart::Completeness:
            return qualityTr(
                "A field that is empty costs links or figures. Persons are counted in the month of the "
                "delivery that first named them. Mark a line for its months.");
        case QualityPart::Volumes:
            return qualityTr(
                "Records by the month in which they happened or began. The usual range is the median and "
                "three robust spreads to either side: a month outside it is worth a question to the agency, "
                "not a finding.");
        case QualityPart::Rules:
            return qualityTr(
                "Rows that say what can hardly be. They are held and counted as they are; ask the agency "
                "that supplied them. Mark a line for its rows.");
        case QualityPart::Refused:
            return qualityTr("Deliveries that were turned away, whole, with the reason. Nothing of them is held.");
        case QualityPart::SourceLinks:
            return qualityTr(
                "Records that share a person with a record of another dataset; of records of children of "
                "school age (5 to 15), those whose person was ever on a roll.");
        case QualityPart::SchoolLinks:
            return qualityTr(
                       "Pupils on roll on %1 with a record of another agency. Not everybody has one: a low share "
                       "is no fault in itself.")
                .arg(dateInWords(content.asAt));
        case QualityPart::Unlinkable:
            return qualityTr(
                       "Records with neither an identifier nor a full name with a birth date or a home: the first "
                       "%1 of each dataset. A list for the agency, by its delivery's numbers, without names.")
                .arg(number(workspace::kMostRows));
        case QualityPart::Groups:
            return qualityTr(
                "Children of school age in the other agencies' data, and how many of them were found on a "
                "roll. Differences in linkage become differences in what is known: a group that links badly "
                "is seen less. [c]: withheld because the number is small, or follows from one that is.");
    }
    return {};
}

QString qualityEmpty(QualityPart part, const QualityContent& content) {
    switch (part) {
        case QualityPart::Refused: return qualityTr("No delivery has been refused.");
        case QualityPart::Unlinkable: return qualityTr("Every record has enough to be linked.");
        case QualityPart::SourceLinks:
        case QualityPart::SchoolLinks:
        case QualityPart::Groups:
            if (!content.linked) {
                return qualityTr("Nothing is linked yet: Data sources, Link records now.");
            }
            [[fallthrough]];
        default: return qualityTr("Nothing to show.");
    }
}

}  // namespace fairlead::ui
