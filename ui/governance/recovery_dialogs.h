// The forms about recovery sheets: making them, showing what was made, trying them.

#pragma once

#include "ui/governance/act_dialog.h"
#include "ui/governance/recovery_content.h"

class QButtonGroup;

namespace fairlead::ui {

class SecondPerson;
class SheetFields;
class TextLabel;

/// Asks for new sheets: a second person who holds the keys, and a further one where there is one.
class MakeSheetsDialog final : public ActDialog {
    Q_OBJECT

public:
    explicit MakeSheetsDialog(const UsersContent& content, QWidget* parent = nullptr);

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::SheetsOrder& order);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    SecondPerson* m_second = nullptr;   ///< Null: one person alone.
    SecondPerson* m_further = nullptr;  ///< Null: there is nobody.
};

/// Shows one sheet at a time, to whoever will keep it, and writes it to a file where that is wanted.
class SheetsDialog final : public ActDialog {
    Q_OBJECT

public:
    explicit SheetsDialog(std::shared_ptr<const custody::SheetsMade> made, QWidget* parent = nullptr);

signals:
    /// The sheet that is shown is to become a file.
    void fileRequested(const fairlead::ui::SheetInHand& sheet);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    void showSheet(int which);

    SheetInHand m_sheet;
    QButtonGroup* m_choice;
    TextLabel* m_page;
};

/// Asks for both sheets and tries them.
class DrillDialog final : public ActDialog {
    Q_OBJECT

public:
    explicit DrillDialog(QWidget* parent = nullptr);
    /// The sheets were tried: says what they open, and forgets them.
    void showReport(const custody::DrillReport& report);

signals:
    /// Both sheets are typed.
    void submitted(const fairlead::ui::SheetsTyped& sheets);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    SheetFields* m_sheets;
};

}  // namespace fairlead::ui
