// Which reading of which school, and what its pupils are called: shared by every page with figures.

#pragma once

#include <QString>
#include <QVariant>
#include <map>
#include <optional>
#include <string>

#include "core/base/date.h"
#include "core/record/ids.h"
#include "ui/style/known_at_field.h"

namespace fairlead::ui {

/// What a pupil is called on screen: "Pupil A", or the name once revealed.
using PupilNames = std::map<record::PersonKey, std::string>;
/// How many names were asked for and not shown.
struct NamesWithheld {
    std::int64_t notReleased = 0;  ///< Not released to who asked.
    std::int64_t overBudget = 0;   ///< Released; more than their release may still show.
};

/// Which overview is wanted.
struct OverviewRequest {
    record::SchoolUrn school;
    Date asAt;
    std::string yearGroup;                ///< Empty = all.
    std::optional<KnownAt> knownAt = {};  ///< Empty = everything that is known now.

    friend bool operator==(const OverviewRequest&, const OverviewRequest&) = default;
};

/// What a pupil is called; "Pupil" when no name was given for the key.
QString nameOf(const PupilNames& names, record::PersonKey pupil);
/// What a name sorts by: Pupil AA follows Pupil Z; real names go by the alphabet.
QVariant nameSortKey(const QString& name);

}  // namespace fairlead::ui
