#include "ui/style/words.h"

#include <QCoreApplication>
#include <QLocale>

#include "core/record/agency.h"
#include "core/workspace/quality.h"
#include "ui/style/look.h"
#include "ui/text/explain.h"

namespace fairlead::ui {

namespace {

std::string translate(const char* english) { return QCoreApplication::translate("text", english).toStdString(); }

// Numbers and months read the same on every computer: the source language is British English.
const QLocale& british() {
    static const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    return locale;
}

const QDate kEpoch(1970, 1, 1);

}  // namespace

QString errorInWords(const Error& error) {
    const text::Explanation explanation = text::explain(error, translate);
    QString words = ui::text(text::paragraph(explanation));
    if (!error.detail.empty()) {
        words += QLatin1Char('\n') + QCoreApplication::translate("words", "Detail: %1").arg(ui::text(error.detail));
    }
    return words;
}

QString phaseInWords(Phase phase) { return ui::text(text::phrase(phase, translate)); }

QString dateInWords(Date date) { return ui::text(date.uk()); }

QString monthInWords(Date date) { return british().toString(toQDate(date), QStringLiteral("MMMM yyyy")); }

QString monthShort(Date date) { return british().toString(toQDate(date), QStringLiteral("MMM")); }

QString number(std::int64_t value) { return british().toString(static_cast<qlonglong>(value)); }

QString pupils(std::int64_t count) {
    return count == 1 ? QCoreApplication::translate("words", "1 pupil")
                      : QCoreApplication::translate("words", "%1 pupils").arg(number(count));
}

QString events(std::int64_t count) {
    return count == 1 ? QCoreApplication::translate("words", "1 event")
                      : QCoreApplication::translate("words", "%1 events").arg(number(count));
}

QString signedChange(std::int64_t change) {
    if (change == 0) {
        return QCoreApplication::translate("words", "no change");
    }
    return (change > 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) + number(change > 0 ? change : -change);
}

QString agencyInWords(const std::string& agency) {
    return QCoreApplication::translate("words", record::agencyTitle(agency).c_str());
}

QString datasetInWords(const std::string& dataset) {
    const QString words = ui::text(record::datasetTitle(dataset));
    return words.left(1).toUpper() + words.mid(1);
}

QString ruleInWords(workspace::Rule rule) {
    using workspace::Rule;
    switch (rule) {
        case Rule::EndsBeforeStart: return QCoreApplication::translate("words", "Ends before it begins");
        case Rule::BeforeBirth: return QCoreApplication::translate("words", "Dated before the birth");
        case Rule::AfterData: return QCoreApplication::translate("words", "Dated after the delivery's data end");
        case Rule::RecordedBefore: return QCoreApplication::translate("words", "Recorded before it happened");
        case Rule::BornInFuture: return QCoreApplication::translate("words", "Born after the delivery's data end");
        case Rule::WrongCheckCharacter:
            return QCoreApplication::translate("words", "UPN or NHS number with a wrong check character");
        case Rule::NoPostcode: return QCoreApplication::translate("words", "Postcode that is not written as one");
        case Rule::SchoolNotDescribed: return QCoreApplication::translate("words", "School that no delivery describes");
    }
    return {};
}

QString yearInWords(const std::string& yearGroup) {
    if (yearGroup == "R") {
        return QCoreApplication::translate("words", "Reception");
    }
    return QCoreApplication::translate("words", "Year %1").arg(ui::text(yearGroup));
}

int yearOrder(const std::string& yearGroup) {
    // Nursery years come before reception, reception before year 1; what is not known comes last.
    constexpr int kUnknown = 99;
    if (yearGroup == "R") {
        return 0;
    }
    if (!yearGroup.empty() && (yearGroup.front() == 'N' || yearGroup.front() == 'E')) {
        return -1;
    }
    bool isNumber = false;
    const int year = ui::text(yearGroup).toInt(&isNumber);
    return isNumber ? year : kUnknown;
}

std::filesystem::path pathOf(const QString& name) { return std::filesystem::path(name.toStdString()); }

QDate toQDate(Date date) { return kEpoch.addDays(date.days); }

Date fromQDate(const QDate& date) { return Date{static_cast<std::int32_t>(kEpoch.daysTo(date))}; }

}  // namespace fairlead::ui
