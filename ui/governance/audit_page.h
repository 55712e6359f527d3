// AuditPage: what was done with the data, by whom and why; whether the record of it is sound.

#pragma once

#include <memory>

#include "core/workspace/audit_reading.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

/// What asks for a look, names shown by person and hour, the kinds of acts, and the entries with their details.
class AuditPage final : public PartsPage {
    Q_OBJECT

public:
    explicit AuditPage(QWidget* parent = nullptr);
    /// Shows another reading.
    void setView(std::shared_ptr<const workspace::AuditView> view);
    /// What is shown; null before the first.
    [[nodiscard]] const workspace::AuditView* view() const { return m_view.get(); }
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("What is written down"); }

signals:
    /// The log is to be read and checked again.
    void readRequested();
    /// The signed checkpoint is to be kept elsewhere.
    void checkpointRequested();

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    std::shared_ptr<const workspace::AuditView> m_view;
    QPushButton* m_keep;
};

}  // namespace fairlead::ui
