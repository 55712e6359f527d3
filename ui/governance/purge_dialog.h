// PurgeDialog: asks for a purge, and shows how far it is.

#pragma once

#include <QDialog>

#include "ui/governance/retention_content.h"

class QLineEdit;
class QPushButton;

namespace fairlead {
struct Error;
}

namespace fairlead::ui {

class SecondPerson;
class TaskRunner;
class TextLabel;

/// What would go, why, and the second person. Stays open until the purge is done; Cancel stops it as long as nothing
/// has changed.
class PurgeDialog final : public QDialog {
    Q_OBJECT

public:
    /// `runner` runs the purge.
    PurgeDialog(const custody::PurgePreview& preview, const RetentionContent& content, TaskRunner& runner,
                QWidget* parent = nullptr);
    /// Says why nothing was purged; the fields can be filled in again.
    void showError(const Error& error);
    /// Esc and Cancel: stop what runs, or close.
    void reject() override;

signals:
    /// Everything is filled in.
    void submitted(const fairlead::ui::PurgeOrder& order);

private:
    void submit();
    void say(const QString& words, bool isError);

    TaskRunner& m_runner;
    std::vector<record::DeliveryId> m_deliveries;
    TextLabel* m_message;
    QLineEdit* m_reason;
    SecondPerson* m_second = nullptr;
    QPushButton* m_submit;
};

}  // namespace fairlead::ui
