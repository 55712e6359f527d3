// RetentionPage: until when each delivery may be kept, what a purge would take, and those that were done.

#pragma once

#include <memory>
#include <set>

#include "ui/governance/act_dialog.h"
#include "ui/governance/retention_content.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

class TaskRunner;

/// Deliveries with their ends, the counts of a purge of those that are chosen, the figures that would say so, and past
/// purges.
class RetentionPage final : public PartsPage {
    Q_OBJECT

public:
    /// `runner` runs purges.
    explicit RetentionPage(TaskRunner& runner, QWidget* parent = nullptr);
    /// Shows another reading; what was chosen and is held still stays chosen.
    void setRetention(std::shared_ptr<const RetentionContent> content);
    /// Null before the first reading.
    [[nodiscard]] const RetentionContent* content() const { return m_content.get(); }
    /// The counts that were asked for.
    void setPreview(std::shared_ptr<const custody::PurgePreview> preview);
    /// The purge is done: its dialog closes.
    void showDone();
    /// Nothing was purged: as ActForm::showError().
    bool showError(const Error& error) { return m_form.showError(error); }

    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("The end of deliveries"); }

signals:
    /// What a purge of these would take is to be counted.
    void previewRequested(const std::vector<fairlead::record::DeliveryId>& deliveries);
    /// These are to be purged.
    void purgeRequested(const fairlead::ui::PurgeOrder& order);
    /// The certificate of a purge is to be written to a file.
    void certificateRequested(std::int64_t purge);

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void toggle(const QVariant& delivery);
    void chooseOverdue();
    void choiceChanged();
    void follow();
    void ask();

    TaskRunner& m_runner;
    std::shared_ptr<const RetentionContent> m_content;
    std::shared_ptr<const custody::PurgePreview> m_preview;  ///< Of what is chosen; null until it is counted.
    std::set<record::DeliveryId> m_chosen;
    ActForm m_form;
    QPushButton* m_choose;
    QPushButton* m_overdue;
    QPushButton* m_count;
    QPushButton* m_purge;
    QPushButton* m_certificate;
};

}  // namespace fairlead::ui
