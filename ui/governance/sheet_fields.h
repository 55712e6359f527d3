// SheetFields: both recovery sheets, line by line, as they are typed.

#pragma once

#include <QWidget>
#include <array>

#include "ui/governance/recovery_content.h"

namespace fairlead::ui {

class PassphraseEdit;

/// Four lines of each sheet side by side, hidden until somebody wants to see them. What was typed stays until forget():
/// a slip is mended where it is.
class SheetFields final : public QWidget {
    Q_OBJECT

public:
    explicit SheetFields(QWidget* parent = nullptr);
    /// The first line that is empty, as a sentence; empty when none is.
    [[nodiscard]] QString missing() const;
    /// What was typed.
    [[nodiscard]] SheetsTyped typed() const;
    /// Empties every field.
    void forget();
    /// Puts the focus into the first line.
    void begin();

private:
    static constexpr int kSheets = 2, kLines = 4;
    [[nodiscard]] PassphraseInHand sheet(int which) const;
    std::array<std::array<PassphraseEdit*, kLines>, kSheets> m_lines{};
};

}  // namespace fairlead::ui
