// PackPage: counts by school after disclosure control, for those who read aggregates and hold no other key.

#pragma once

#include <memory>

#include "core/release/pack.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

/// The readers' pack, school by school; who may makes it here.
class PackPage final : public PartsPage {
    Q_OBJECT

public:
    /// What the one who opened the workspace may do with it.
    struct Rights {
        bool read = false;
        bool make = false;
    };
    explicit PackPage(Rights rights, QWidget* parent = nullptr);
    /// Shows a pack.
    void setPack(std::shared_ptr<const release::Pack> pack);
    /// There is no pack for the one who opened the workspace.
    void showNone();
    /// A pack was made.
    void showMade(const release::PackReport& report);
    [[nodiscard]] bool reads() const { return m_rights.read; }
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// The pack of today's figures is to be made.
    void makeRequested();

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void openSchool(std::size_t at);
    [[nodiscard]] const release::PackSchool* school() const;

    Rights m_rights;
    std::shared_ptr<const release::Pack> m_pack;
    std::size_t m_school = 0;
};

}  // namespace fairlead::ui
