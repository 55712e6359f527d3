#include "ui/drill/pupil_page.h"

#include <QBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QTimer>

#include "ui/drill/join_panel.h"
#include "ui/style/field_panel.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/timeline/timeline_view.h"

namespace fairlead::ui {

PupilPage::PupilPage(QWidget* parent)
    : Page(parent),
      m_title(new TextLabel(QString(), TextRole::Title)),
      m_names(new QPushButton(tr("Reveal names…"))),
      m_inPlace(new TextLabel(QString(), TextRole::Body)),
      m_gaps(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_timeline(new TimelineView(tr("Timeline"))),
      m_count(new TextLabel(QString(), TextRole::CardTitle)),
      m_records(new DataTable(tr("Records of this pupil"))),
      m_columns(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_evidence(new QWidget),
      m_says(new FieldPanel(tr("What it says"))),
      m_source(new FieldPanel(tr("Source row"))),
      m_why(new FieldPanel(tr("Why we may use it"))),
      m_join(new JoinPanel) {
    build();
    connect(m_names, &QPushButton::clicked, this, &PupilPage::namesToggled);
    connect(m_records, &DataTable::currentRowChanged, this, &PupilPage::showEvidence);
    connect(m_join, &JoinPanel::requested, this, &PupilPage::askHowJoined);
    connect(m_timeline, &TimelineView::currentChanged, this, [this](const QVariant& key) {
        if (key.isValid()) {
            m_records->showRow(key.toInt());
        }
    });
    connect(m_timeline, &TimelineView::opened, this, [this] { m_records->setFocus(Qt::OtherFocusReason); });
}

void PupilPage::build() {
    m_inPlace->wrap();
    m_gaps->wrap();
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(m_title);
    row->addWidget(new DraftChip);
    row->addWidget(m_names);
    row->setRightFrom(2);
    auto* timeline = new Card;
    auto* lanes = new QVBoxLayout(timeline);
    lanes->setContentsMargins(12, 8, 12, 4);
    lanes->addWidget(m_timeline);
    auto* list = new Card;
    auto* inside = new QVBoxLayout(list);
    inside->setContentsMargins(12, 8, 12, 8);
    inside->addWidget(m_count);
    inside->addWidget(m_records, 1);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(timeline);
    left->addWidget(list, 1);
    left->addWidget(m_join);
    auto* trail = new QVBoxLayout(m_evidence);
    trail->setContentsMargins(0, 0, 0, 0);
    trail->setSpacing(8);
    for (FieldPanel* panel : {m_says, m_source, m_why}) {
        trail->addWidget(panel);
    }
    trail->addStretch(1);
    m_columns->setSpacing(8);
    m_columns->addLayout(left, 1);
    m_columns->addWidget(m_evidence);
    auto* body = new QWidget;
    auto* column = pageColumn(body);
    column->addWidget(header);
    column->addWidget(m_inPlace);
    column->addWidget(m_gaps);
    column->addLayout(m_columns, 1);
    m_scroll = showScrolled(body, tr("Pupil"));
}

void PupilPage::setPupil(std::shared_ptr<const PupilContent> content) {
    m_content = std::move(content);
    m_refs = evidenceOf(m_content->timeline);
    m_title->setText(tr("%1 · %2").arg(text(m_content->name), yearInWords(m_content->yearGroup)));
    m_names->setText(m_content->namesRevealed ? tr("Hide names") : tr("Reveal names…"));
    m_inPlace->setText(inPlaceInWords(*m_content));
    const QString gaps = gapsInWords(*m_content);
    m_gaps->setText(gaps);
    m_gaps->setVisible(!gaps.isEmpty());
    m_count->setText(tr("Records (%1), newest first").arg(number(static_cast<std::int64_t>(m_refs.size()))));
    m_timeline->setContent(pupilTimeline(*m_content));
    m_records->setContent(evidenceTable(*m_content));
    m_records->setEmptyText(tr("No record behind any indicator up to %1.").arg(dateInWords(m_content->timeline.asAt)));
    showEvidence();
}

const EvidenceRef* PupilPage::chosen() const {
    const QVariant key = m_records->currentKey();
    return m_content && key.isValid() && key.toULongLong() < m_refs.size() ? &m_refs[key.toULongLong()] : nullptr;
}

void PupilPage::showEvidence() {
    const EvidenceRef* ref = chosen();
    m_evidence->setVisible(ref != nullptr && m_evidenceShown);
    m_join->setVisible(ref != nullptr);
    m_join->clear();
    if (ref == nullptr) {
        return;
    }
    m_says->setFields(recordFields(*m_content, *ref));
    m_source->setFields(sourceFields(*m_content, *ref));
    m_why->setFields(gatewayFields(*m_content, *ref));
}

void PupilPage::askHowJoined() {
    if (const EvidenceRef* ref = chosen()) {
        emit joinRequested(m_content->timeline.pupil, evidenceAt(*m_content, *ref).fact);
    }
}

void PupilPage::setJoin(indicator::FactId fact, const workspace::JoinStory& story) {
    const EvidenceRef* ref = chosen();
    if (ref != nullptr && evidenceAt(*m_content, *ref).fact == fact) {
        m_join->setStory(story);
        // Once the card has its new height.
        QTimer::singleShot(0, this, [this] { m_scroll->ensureWidgetVisible(m_join, 0, 0); });
    }
}

void PupilPage::setEvidenceShown(bool shown) {
    m_evidenceShown = shown;
    showEvidence();
}

void PupilPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    constexpr int kNarrowest = 1000;
    constexpr int kEvidenceWidth = 312;
    const bool beside = width() >= scaled(kNarrowest);
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_evidence->setMinimumWidth(beside ? scaled(kEvidenceWidth) : 0);
    m_evidence->setMaximumWidth(beside ? scaled(kEvidenceWidth) : QWIDGETSIZE_MAX);
    m_records->setMinimumHeight(m_records->heightForRows(6));
}

QWidget* PupilPage::firstFocus() { return m_records; }

std::vector<QWidget*> PupilPage::regions() { return {m_names, m_timeline, m_records, m_join->region()}; }

}  // namespace fairlead::ui
