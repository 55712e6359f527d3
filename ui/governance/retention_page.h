// RetentionPage: until when each delivery may be kept, what a purge would take, and those that were done.

#pragma once

#include <filesystem>
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
    /// `runner` runs purges and backups.
    explicit RetentionPage(TaskRunner& runner, QWidget* parent = nullptr);
    /// Shows another reading; what was chosen and is held still stays chosen.
    void setRetention(std::shared_ptr<const RetentionContent> content);
    /// Null before the first reading.
    [[nodiscard]] const RetentionContent* content() const { return m_content.get(); }
    /// The counts that were asked for.
    void setPreview(std::shared_ptr<const custody::PurgePreview> preview);
    /// The purge is done: its form closes.
    void showDone();
    /// The copy is made: its form closes.
    void closeForm() { m_form.close(); }
    /// Asks where a copy of the workspace is to go; `name` is what the folder may be called.
    void askToBackUp(const QString& name);
    /// Nothing was purged or copied: as ActForm::showError().
    bool showError(const Error& error) { return m_form.showError(error); }

    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("The end of deliveries"); }

signals:
    /// What a purge of these would take is to be counted.
    void previewRequested(const std::vector<fairlead::record::DeliveryId>& deliveries);
    /// Somebody wants to make a copy of the workspace.
    void backUpAsked();
    /// These are to be purged.
    void purgeRequested(const fairlead::ui::PurgeOrder& order);
    /// A copy of the workspace is wanted in this folder.
    void backUpRequested(const std::filesystem::path& folder);
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
    QPushButton* m_backUp;
};

}  // namespace fairlead::ui
