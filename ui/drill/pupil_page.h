// PupilPage: everything recorded about one pupil, support first, and the trail of each record down to its source
// row and the law that permits its use.

#pragma once

#include <memory>

#include "ui/drill/drill_content.h"
#include "ui/drill/drill_tables.h"
#include "ui/style/page.h"

class QBoxLayout;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class FieldPanel;
class TextLabel;
class TimelineView;

/// A pupil opened. No score, no picture, no count badge.
class PupilPage final : public Page {
    Q_OBJECT

public:
    explicit PupilPage(QWidget* parent = nullptr);

    /// Shows another pupil.
    void setPupil(std::shared_ptr<const PupilContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const PupilContent* content() const { return m_content.get(); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("How records become persons"); }

signals:
    /// Names are to be shown (a reason is asked for) or hidden again.
    void namesToggled();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showEvidence();

    std::shared_ptr<const PupilContent> m_content;
    std::vector<EvidenceRef> m_refs;
    TextLabel* m_title;
    QPushButton* m_names;
    TextLabel* m_inPlace;
    TextLabel* m_gaps;
    TimelineView* m_timeline;
    TextLabel* m_count;
    DataTable* m_records;
    QBoxLayout* m_panels;
    FieldPanel* m_says;
    FieldPanel* m_source;
    FieldPanel* m_why;
};

}  // namespace fairlead::ui
