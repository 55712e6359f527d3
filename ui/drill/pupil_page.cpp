#include "ui/drill/pupil_page.h"

#include <QBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>

#include "ui/drill/field_panel.h"
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
      m_panels(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_says(new FieldPanel(tr("What it says"))),
      m_source(new FieldPanel(tr("Source row"))),
      m_why(new FieldPanel(tr("Why we may use it"))) {
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
    m_panels->setSpacing(8);
    for (FieldPanel* panel : {m_says, m_source, m_why}) {
        m_panels->addWidget(panel, 1);
    }
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(14, 8, 14, 8);
    column->setSpacing(8);
    column->addWidget(header);
    column->addWidget(m_inPlace);
    column->addWidget(m_gaps);
    column->addWidget(timeline);
    column->addWidget(list, 1);
    column->addLayout(m_panels);
    showScrolled(body, tr("Pupil"));
    connect(m_names, &QPushButton::clicked, this, &PupilPage::namesToggled);
    connect(m_records, &DataTable::currentRowChanged, this, &PupilPage::showEvidence);
    connect(m_timeline, &TimelineView::currentChanged, this, [this](const QVariant& key) {
        if (key.isValid()) {
            m_records->showRow(key.toInt());
        }
    });
    connect(m_timeline, &TimelineView::opened, this, [this] { m_records->setFocus(Qt::OtherFocusReason); });
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

void PupilPage::showEvidence() {
    const QVariant key = m_records->currentKey();
    const bool known = m_content && key.isValid() && key.toULongLong() < m_refs.size();
    for (FieldPanel* panel : {m_says, m_source, m_why}) {
        panel->setVisible(known);
    }
    if (!known) {
        return;
    }
    const EvidenceRef& ref = m_refs[key.toULongLong()];
    m_says->setFields(recordFields(*m_content, ref));
    m_source->setFields(sourceFields(*m_content, ref));
    m_why->setFields(gatewayFields(*m_content, ref));
}

void PupilPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    constexpr int kNarrowest = 900;
    m_panels->setDirection(width() >= scaled(kNarrowest) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_records->setMinimumHeight(m_records->heightForRows(6));
}

QWidget* PupilPage::firstFocus() { return m_records; }

std::vector<QWidget*> PupilPage::regions() { return {m_names, m_timeline, m_records}; }

}  // namespace fairlead::ui
