// Steps: what a picture with a keyboard says to a screen reader: its marks are its children, each with a name and a
// place. Qt tells a screen reader nothing about what a widget paints.

#pragma once

#include <QRect>
#include <QString>

class QWidget;

namespace fairlead::ui {

/// Implemented by widgets that paint marks through which the arrow keys step.
class Steps {
public:
    virtual ~Steps() = default;
    /// How many marks there are.
    [[nodiscard]] virtual int stepCount() const = 0;
    /// The mark that the keys are at; -1 when there are none.
    [[nodiscard]] virtual int currentStep() const = 0;
    /// What a mark says. REQUIRES: 0 <= step < stepCount().
    [[nodiscard]] virtual QString spokenStep(int step) const = 0;
    /// Where a mark is, in the coordinates of the widget.
    [[nodiscard]] virtual QRect stepRect(int step) const = 0;

protected:
    Steps() = default;
    Steps(const Steps&) = default;
    Steps& operator=(const Steps&) = default;
};

/// Makes every widget that implements Steps speak. Call it before the first such widget is asked; again does nothing.
void installStepAccessible();
/// Tells a screen reader that the keys are at another mark.
void announceStep(QWidget& widget, int step);

}  // namespace fairlead::ui
