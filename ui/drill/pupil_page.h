// PupilPage: everything recorded about one pupil, support first, and the trail of each record down to its source
// row and the law that permits its use.

#pragma once

#include <memory>

#include "core/workspace/pair_story.h"
#include "ui/drill/drill_content.h"
#include "ui/drill/drill_tables.h"
#include "ui/style/page.h"

class QBoxLayout;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class FieldPanel;
class JoinPanel;
class TextLabel;
class TimelineView;

/// A pupil opened. No score, no picture, no count badge.
class PupilPage final : public Page {
    Q_OBJECT

public:
    explicit PupilPage(QWidget* parent = nullptr);

    /// Shows another pupil.
    void setPupil(std::shared_ptr<const PupilContent> content);
    /// Shows how a record joined the pupil, if that record is still the one that is chosen.
    void setJoin(indicator::FactId fact, const workspace::JoinStory& story);
    /// Asks how the chosen record joined the pupil. Nothing happens when none is chosen.
    void askHowJoined();
    /// Shows or hides what stands behind the chosen record: what it says, its source row, the law.
    void setEvidenceShown(bool shown);
    [[nodiscard]] bool isEvidenceShown() const { return m_evidenceShown; }
    /// The card of how a record joined.
    [[nodiscard]] JoinPanel& join() const { return *m_join; }
    /// What is shown; null before the first.
    [[nodiscard]] const PupilContent* content() const { return m_content.get(); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("How records become persons"); }

signals:
    /// It is asked how the record behind a fact joined the pupil.
    void joinRequested(fairlead::record::PersonKey pupil, fairlead::indicator::FactId fact);
    /// Names are to be shown (a reason is asked for) or hidden again.
    void namesToggled();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void showEvidence();
    /// The fact that is chosen in the list; null when none is.
    [[nodiscard]] const EvidenceRef* chosen() const;

    std::shared_ptr<const PupilContent> m_content;
    std::vector<EvidenceRef> m_refs;
    TextLabel* m_title;
    QPushButton* m_names;
    TextLabel* m_inPlace;
    TextLabel* m_gaps;
    TimelineView* m_timeline;
    TextLabel* m_count;
    DataTable* m_records;
    QBoxLayout* m_columns;
    QWidget* m_evidence;
    QScrollArea* m_scroll = nullptr;
    bool m_evidenceShown = true;
    FieldPanel* m_says;
    FieldPanel* m_source;
    FieldPanel* m_why;
    JoinPanel* m_join;
};

}  // namespace fairlead::ui
