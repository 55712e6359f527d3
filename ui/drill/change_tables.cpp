#include "ui/drill/change_tables.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

using indicator::Cause;
using indicator::ChangePart;

QString tr(const char* english) { return QCoreApplication::translate("change", english); }

QString titleOf(Cause cause) {
    switch (cause) {
        case Cause::Definitions: return tr("Definitions");
        case Cause::Links: return tr("Links");
        case Cause::Records: return tr("Records");
        case Cause::Roll: return tr("Roll");
        case Cause::Time: return tr("Began or ended");
    }
    return {};
}

TableCell amountCell(const ChangePart& part) {
    const auto gained = static_cast<std::int64_t>(part.gained.size());
    const auto lost = static_cast<std::int64_t>(part.lost.size());
    if (gained == 0 && lost == 0) {
        return {number(0), 0};
    }
    QStringList words;
    if (gained > 0) {
        words << signedChange(gained);
    }
    if (lost > 0) {
        words << signedChange(-lost);
    }
    return {words.join(QLatin1Char(' ')), part.amount()};
}

TableCell numberCell(int value) { return {number(value), value}; }

/// As on the page: nobody supplied it.
TableCell notSuppliedCell() { return {QStringLiteral("[x]"), -1}; }

QString differenceText(int difference) { return difference == 0 ? number(0) : signedChange(difference); }

/// "97 (+2)"; a dash where events are not what is counted.
TableCell eventsCell(const indicator::ChangeExplanation& explanation) {
    if (!explanation.countsEvents) {
        return {QString(QChar(0x2013)), -1};
    }
    if (!explanation.isComparable()) {
        return notSuppliedCell();
    }
    const int difference = explanation.eventsAfter - explanation.eventsBefore;
    return {tr("%1 (%2)").arg(number(explanation.eventsAfter), differenceText(difference)), explanation.eventsAfter};
}

}  // namespace

std::shared_ptr<const TableContent> comparisonTable(const CompareContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Group")},
                      {.title = tr("Figure"), .stretches = true},
                      {.title = tr("From"), .isNumber = true},
                      {.title = tr("To"), .isNumber = true},
                      {.title = tr("Difference"), .isNumber = true}};
    for (const indicator::CauseEntry& cause : indicator::causes()) {
        table->columns.push_back({.title = titleOf(cause.cause), .isNumber = true});
    }
    table->columns.push_back({.title = tr("Events"), .isNumber = true});
    table->columns.push_back({.title = tr("While links wait"), .isNumber = true});
    for (std::size_t i = 0; i < content.figures.size(); ++i) {
        const ComparedLine& figure = content.figures[i];
        const int difference = figure.explanation.after - figure.explanation.before;
        TableRow row{
            {{text(figure.group), static_cast<int>(i)},
             {figure.isGroup ? tr("All, each pupil once") : text(figure.title), static_cast<int>(i)},
             figure.explanation.isSuppliedBefore ? numberCell(figure.explanation.before) : notSuppliedCell(),
             figure.explanation.isSuppliedAfter ? numberCell(figure.explanation.after) : notSuppliedCell(),
             figure.explanation.isComparable() ? TableCell{differenceText(difference), difference} : notSuppliedCell()},
            QVariant::fromValue<qulonglong>(i)};
        for (const ChangePart& part : figure.explanation.parts) {
            row.cells.push_back(figure.explanation.isComparable() ? amountCell(part) : notSuppliedCell());
        }
        row.cells.push_back(eventsCell(figure.explanation));
        const indicator::LinkBounds& bounds = figure.bounds;
        row.cells.push_back({bounds.least == bounds.most
                                 ? number(bounds.now)
                                 : tr("%1 to %2").arg(number(bounds.least), number(bounds.most)),
                             bounds.most - bounds.least});
        table->rows.push_back(std::move(row));
    }
    return table;
}

namespace {

ChangeStep stepOf(const ChangePart& part, bool gained) {
    const auto& events = gained ? part.eventsGained : part.eventsLost;
    ChangeStep step{part.cause, gained, 0, static_cast<int>(events.size()), gained ? part.gained : part.lost};
    step.pupils = static_cast<int>(step.concerned.size());
    for (const indicator::ChangedEvent& event : events) {
        step.concerned.insert(step.concerned.end(), event.pupils.begin(), event.pupils.end());
    }
    std::ranges::sort(step.concerned);
    const auto same = std::ranges::unique(step.concerned);
    step.concerned.erase(same.begin(), same.end());
    return step;
}

}  // namespace

std::vector<ChangeStep> stepsOf(const ComparedLine& figure) {
    std::vector<ChangeStep> steps;
    for (const ChangePart& part : figure.explanation.parts) {
        if (!figure.explanation.isComparable()) {
            break;
        }
        for (const bool gained : {true, false}) {
            ChangeStep step = stepOf(part, gained);
            if (step.pupils > 0 || step.events > 0) {
                steps.push_back(std::move(step));
            }
        }
    }
    return steps;
}

QString stepInWords(const ChangeStep& step, bool ofYearGroup) {
    if (ofYearGroup && step.cause == Cause::Roll) {
        return step.gained ? tr("joined the roll or the year group") : tr("left the roll or the year group");
    }
    switch (step.cause) {
        case Cause::Definitions:
            return step.gained ? tr("counted by a changed definition") : tr("not counted by a changed definition");
        case Cause::Links:
            return step.gained ? tr("records joined by a link") : tr("records parted or joined by a link");
        case Cause::Records:
            return step.gained ? tr("records that came late or were corrected")
                               : tr("records that were withdrawn or corrected");
        case Cause::Roll: return step.gained ? tr("joined the roll") : tr("left the roll");
        case Cause::Time: return step.gained ? tr("began, or new events") : tr("ended, or ran out");
    }
    return {};
}

std::shared_ptr<const TableContent> stepTable(const ComparedLine& figure, bool ofYearGroup) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("What happened"), .stretches = true}, {.title = tr("Pupils"), .isNumber = true}};
    if (figure.explanation.countsEvents) {
        table->columns.push_back({.title = tr("Events"), .isNumber = true});
    }
    const auto steps = stepsOf(figure);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto signedCell = [&](int amount) {
            const int change = steps[i].gained ? amount : -amount;
            return TableCell{differenceText(change), change};
        };
        TableRow row{{{stepInWords(steps[i], ofYearGroup)}, signedCell(steps[i].pupils)},
                     QVariant::fromValue<qulonglong>(i)};
        if (figure.explanation.countsEvents) {
            row.cells.push_back(signedCell(steps[i].events));
        }
        table->rows.push_back(std::move(row));
    }
    return table;
}

std::shared_ptr<const TableContent> stepPupilTable(const CompareContent& content, const ChangeStep& step) {
    auto table = std::make_shared<TableContent>();
    table->holdsNames = content.namesRevealed;
    table->columns = {{.title = tr("Pupil"), .stretches = true}};
    for (const record::PersonKey pupil : step.concerned) {
        const QString name = nameOf(content.names, pupil);
        table->rows.push_back({{{name, nameSortKey(name)}}, QVariant::fromValue<qlonglong>(pupil.value)});
    }
    std::ranges::sort(table->rows, [](const TableRow& a, const TableRow& b) {
        return QVariant::compare(a.cells.front().sortKey, b.cells.front().sortKey) == QPartialOrdering::Less;
    });
    return table;
}

QString changeInWords(const CompareContent& content, const ComparedLine& figure) {
    const auto known = [](const std::optional<KnownAt>& knownAt) {
        return knownAtInWords(knownAt.value_or(record::LoadId{}));
    };
    const indicator::ChangeExplanation& e = figure.explanation;
    const auto units = [&](bool isSupplied, int people, int happened) {
        if (!isSupplied) {
            return tr("[x], not supplied,");
        }
        return e.countsEvents ? tr("%1 and %2").arg(pupils(people), events(happened)) : pupils(people);
    };
    return tr("%1 on %2, as known at %3; %4 on %5, as known at %6.")
        .arg(units(e.isSuppliedAfter, e.after, e.eventsAfter), dateInWords(content.request.to),
             known(content.request.toKnownAt), units(e.isSuppliedBefore, e.before, e.eventsBefore),
             dateInWords(content.request.from), known(content.request.fromKnownAt));
}

QString boundsInWords(const indicator::LinkBounds& bounds) {
    if (bounds.waiting == 0) {
        return tr("No link that could move this figure waits for a reader.");
    }
    const QString links = bounds.waiting == 1 ? tr("1 link waits") : tr("%1 links wait").arg(number(bounds.waiting));
    if (bounds.least == bounds.most) {
        return tr("%1 for a reader; no answer would move this figure.").arg(links);
    }
    const QString range = bounds.isExact ? tr("Between %1 and %2 while %3 for a reader.")
                                         : tr("Between %1 and %2 at the most while %3 for a reader: too many hang "
                                              "together to try every answer.");
    return range.arg(number(bounds.least), number(bounds.most), links);
}

QString boundsNote(const indicator::LinkBounds& bounds) {
    return bounds.least == bounds.most ? QString()
                                       : tr("%1 to %2 while links wait").arg(number(bounds.least), number(bounds.most));
}

}  // namespace fairlead::ui
