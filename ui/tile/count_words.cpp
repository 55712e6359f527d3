#include "ui/tile/count_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

using indicator::Count;

QString tr(const char* english) { return QCoreApplication::translate("count", english); }

}  // namespace

QString countText(const Count& count) {
    switch (count.kind) {
        case Count::Kind::Value: return number(count.value);
        case Count::Kind::NotApplicable: return QStringLiteral("\u2013");
        case Count::Kind::Suppressed: return QStringLiteral("[c]");
        case Count::Kind::NotSupplied:
        case Count::Kind::Purged: return QStringLiteral("[x]");
    }
    return {};
}

QString countSpoken(const Count& count) {
    switch (count.kind) {
        case Count::Kind::Value: return number(count.value);
        case Count::Kind::NotApplicable: return tr("not applicable");
        case Count::Kind::Suppressed: return tr("suppressed");
        case Count::Kind::NotSupplied: return tr("not supplied");
        case Count::Kind::Purged: return tr("purged on %1").arg(dateInWords(count.purgedOn()));
    }
    return {};
}

QString unitLine(const indicator::Figure& figure, int onRoll) {
    QString line;
    switch (figure.pupils.kind) {
        case Count::Kind::Value: line = figure.pupils.value == 1 ? tr("pupil") : tr("pupils"); break;
        case Count::Kind::NotApplicable: return tr("not applicable");
        case Count::Kind::Suppressed: return tr("suppressed: small number");
        case Count::Kind::NotSupplied:
        case Count::Kind::Purged: return countSpoken(figure.pupils);
    }
    if (figure.events.kind == Count::Kind::Value) {
        line += QStringLiteral(" · ") + events(figure.events.value);
    } else if (figure.events.kind != Count::Kind::NotApplicable) {
        line += QStringLiteral(" · ") + tr("%1 events").arg(countText(figure.events));
    }
    if (onRoll > 0 && figure.events.kind == Count::Kind::NotApplicable) {
        const double share = 100.0 * figure.pupils.value / onRoll;
        line += QLatin1Char(' ') + tr("(%1% of roll)").arg(share, 0, 'f', 1);
    }
    return line;
}

QString changeText(const indicator::Change& change, bool withMonth) {
    if (!change.difference.isValue()) {
        return countText(change.difference);
    }
    if (change.difference.value == 0 || !withMonth) {
        return signedChange(change.difference.value);
    }
    return tr("%1 on %2").arg(signedChange(change.difference.value), monthShort(change.basis));
}

QString changeSpoken(const indicator::Change& change) {
    if (!change.difference.isValue()) {
        return tr("change not known");
    }
    const int difference = change.difference.value;
    const QString basis = dateInWords(change.basis);
    if (difference == 0) {
        return tr("no change since %1").arg(basis);
    }
    return (difference > 0 ? tr("up %1 on %2") : tr("down %1 on %2")).arg(number(std::abs(difference)), basis);
}

QString seriesInWords(const std::vector<indicator::MonthPoint>& points) {
    std::vector<indicator::MonthPoint> known;
    std::copy_if(points.begin(), points.end(), std::back_inserter(known),
                 [](const auto& p) { return p.pupils.isValue(); });
    if (known.empty()) {
        return tr("No month has a figure.");
    }
    const auto byCount = [](const auto& a, const auto& b) { return a.pupils.value < b.pupils.value; };
    const auto& first = known.front();
    const auto& last = known.back();
    const auto [lowest, highest] = std::minmax_element(known.begin(), known.end(), byCount);
    if (lowest->pupils.value == highest->pupils.value) {
        return tr("%1 in every month from %2 to %3.")
            .arg(pupils(first.pupils.value), monthInWords(first.at), monthInWords(last.at));
    }
    const QString shape = last.pupils.value > first.pupils.value   ? tr("Rose from %1 in %2 to %3 in %4")
                          : last.pupils.value < first.pupils.value ? tr("Fell from %1 in %2 to %3 in %4")
                                                                   : tr("%1 in %2 and %3 in %4");
    QString words =
        shape.arg(number(first.pupils.value), monthInWords(first.at), number(last.pupils.value), monthInWords(last.at));
    words += tr("; lowest %1 in %2, highest %3 in %4.")
                 .arg(number(lowest->pupils.value), monthInWords(lowest->at), number(highest->pupils.value),
                      monthInWords(highest->at));
    if (points.back().incomplete) {
        words +=
            QLatin1Char(' ') + tr("The last month is not complete: it runs to %1.").arg(dateInWords(points.back().at));
    }
    return words;
}

Sparkline sparklineOf(const std::vector<indicator::MonthPoint>& points) {
    Sparkline line;
    for (const indicator::MonthPoint& point : points) {
        line.points.push_back(point.pupils.isValue() ? std::optional<double>(point.pupils.value) : std::nullopt);
    }
    line.lastIsIncomplete = !points.empty() && points.back().incomplete;
    return line;
}

QString linkInWords(int strengthPercent) {
    constexpr int kExact = 100;
    constexpr int kStrong = 95;
    if (strengthPercent >= kExact) {
        return tr("Exact ID");
    }
    return strengthPercent >= kStrong ? tr("Strong") : tr("Accepted");
}

}  // namespace fairlead::ui
