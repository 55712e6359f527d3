// TimelineContent: what a timeline shows, as a value.

#pragma once

#include <QString>
#include <QStringList>
#include <QVariant>
#include <vector>

#include "core/base/date.h"

namespace fairlead::ui {

/// Something that held for a time, or happened on a day.
struct TimelineItem {
    int lane = 0;  ///< In TimelineContent::lanes.
    Interval days;
    QString name;    ///< Written beside the mark where there is room.
    QString spoken;  ///< What a screen reader says, with its days.
    bool isEvent = false;
    bool isGap = false;  ///< Nothing was supplied: hatched.
    QVariant key = {};   ///< Handed back when it is opened.
};

/// Lanes from top to bottom, and what stands in them.
struct TimelineContent {
    Date asAt;  ///< The last day; what is open runs up to it.
    QStringList lanes;
    std::vector<TimelineItem> items;  ///< By lane, then day.
};

}  // namespace fairlead::ui
