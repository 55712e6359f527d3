// KnownAtField: what must have been received and decided to count: everything, a load, or what was known at the end of
// a day.

#pragma once

#include <QWidget>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/date.h"
#include "core/record/ids.h"

class QComboBox;
class QDateEdit;

namespace fairlead::ui {

/// As workspace::KnownAt: a load, or everything recorded by the end of a day.
using KnownAt = std::variant<record::LoadId, Date>;

/// A load to choose.
struct LoadLine {
    record::LoadId load;
    Date takenIn;
    Date dataAsAt;  ///< Until then every dataset spoke.
};

/// "load 2", "the end of 30/06/2026".
QString knownAtInWords(const KnownAt& knownAt);

/// `words`, followed by "as known at load 2, not now" unless everything that is known now counts.
QString withReading(const QString& words, const std::optional<KnownAt>& knownAt);

/// A box of loads, and a day beside it once "known on a day" is chosen there.
class KnownAtField final : public QWidget {
    Q_OBJECT

public:
    /// `offersNow`: the first choice is everything that is known now. `name` is what a screen reader calls it.
    explicit KnownAtField(bool offersNow, const QString& name, QWidget* parent = nullptr);

    /// Shows a choice; no choice is "known now".
    void setChoice(const std::vector<LoadLine>& loads, const std::optional<KnownAt>& chosen);
    /// What is chosen; nothing for "known now".
    [[nodiscard]] std::optional<KnownAt> choice() const;

signals:
    /// A reader chose something else.
    void changed();

private:
    void follow();

    bool m_offersNow;
    bool m_filling = false;
    QComboBox* m_loads;
    QDateEdit* m_day;
};

}  // namespace fairlead::ui
