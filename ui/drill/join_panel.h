// JoinPanel: how the record behind a row joined the pupil: the evidence step by step, and what it adds up to. Asked
// for, because reading link evidence is written to the audit log.

#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "core/workspace/pair_story.h"
#include "ui/style/text_label.h"
#include "ui/table/table_content.h"

class QPushButton;

namespace fairlead::ui {

class DataTable;

/// The steps of a waterfall as rows: what was compared, its bits, the sum so far, and what was found.
std::shared_ptr<const TableContent> joinTable(const workspace::JoinStory& story);
/// What ties the record to the pupil, in sentences.
QString joinInWords(const workspace::JoinStory& story);
/// Which records are the pupil's and in which order they came together, a line each.
QString personInWords(const workspace::JoinStory& story);

/// The card below a record's trail.
class JoinPanel final : public Card {
    Q_OBJECT

public:
    explicit JoinPanel(QWidget* parent = nullptr);

    /// Whether a reader may decide about the two records of a story.
    void offerDecisions(bool offered);
    /// Another record was chosen: nothing is shown until it is asked for.
    void clear();
    /// Shows the story that was asked for.
    void setStory(const workspace::JoinStory& story);
    /// The steps.
    [[nodiscard]] DataTable& steps() const { return *m_steps; }
    /// What F6 goes to: the button, or the steps once they are shown.
    [[nodiscard]] QWidget* region() const;

signals:
    /// The story is asked for.
    void requested();
    /// The two records of the story are to be decided about.
    void decisionRequested(fairlead::record::SourcePersonId a, fairlead::record::SourcePersonId b);

private:
    QPushButton* m_ask;
    QPushButton* m_decide;
    bool m_offersDecisions = false;
    std::optional<std::pair<record::SourcePersonId, record::SourcePersonId>> m_pair;  ///< Of the story.
    TextLabel* m_words;
    DataTable* m_steps;
    TextLabel* m_person;
};

}  // namespace fairlead::ui
