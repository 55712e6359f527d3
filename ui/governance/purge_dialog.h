// PurgeDialog: asks for a purge, and shows how far it is.

#pragma once

#include "ui/governance/act_dialog.h"
#include "ui/governance/retention_content.h"

class QLineEdit;

namespace fairlead::ui {

class SecondPerson;

/// What would go, why, and the second person. It can be stopped as long as nothing has changed.
class PurgeDialog final : public ActDialog {
    Q_OBJECT

public:
    /// `runner` runs the purge.
    PurgeDialog(const custody::PurgePreview& preview, const RetentionContent& content, TaskRunner& runner,
                QWidget* parent = nullptr);

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::PurgeOrder& order);

protected:
    [[nodiscard]] QString missing() const override;
    void send() override;

private:
    std::vector<record::DeliveryId> m_deliveries;
    QLineEdit* m_reason;
    SecondPerson* m_second;
};

}  // namespace fairlead::ui
