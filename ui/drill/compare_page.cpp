#include "ui/drill/compare_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

#include "ui/drill/change_tables.h"
#include "ui/style/date_field.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

namespace fairlead::ui {

namespace {

constexpr int kMargin = 14;
constexpr int kGap = 8;

Card* cardWith(std::initializer_list<QWidget*> parts) {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(4);
    for (QWidget* part : parts) {
        column->addWidget(part, qobject_cast<DataTable*>(part) != nullptr ? 1 : 0);
    }
    return card;
}

}  // namespace

ComparePage::ComparePage(QWidget* parent)
    : Page(parent),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_figures(new DataTable(tr("Figures at both dates"))),
      m_bar(new TableBar(m_figures, tr("Find a figure"))),
      m_why(new TextLabel(QString(), TextRole::CardTitle)),
      m_links(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_steps(new DataTable(tr("What moved the figure"))),
      m_who(new TextLabel(QString(), TextRole::CardTitle)),
      m_pupils(new DataTable(tr("Pupils concerned"))),
      m_below(new QBoxLayout(QBoxLayout::LeftToRight)) {
    for (TextLabel* label : {m_note, m_why, m_links, m_who}) {
        label->wrap();
    }
    m_pupils->setEmptyText(tr("Mark a line of what happened to see its pupils."));
    m_below->setSpacing(kGap);
    m_below->addWidget(cardWith({m_why, m_links, m_steps}), 3);
    m_below->addWidget(cardWith({m_who, m_pupils}), 2);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(kMargin, 8, kMargin, kGap);
    column->setSpacing(kGap);
    column->addWidget(buildHeader());
    column->addWidget(m_note);
    column->addWidget(m_bar);
    column->addWidget(cardWith({m_figures}), 3);
    column->addLayout(m_below, 2);
    showScrolled(body, tr("Compare dates"));
    connect(m_figures, &DataTable::currentRowChanged, this, &ComparePage::showFigure);
    connect(m_figures, &DataTable::opened, this, [this] { m_steps->setFocus(Qt::OtherFocusReason); });
    connect(m_steps, &DataTable::currentRowChanged, this, &ComparePage::showStep);
    connect(m_steps, &DataTable::opened, this, [this] { m_pupils->setFocus(Qt::OtherFocusReason); });
    connect(m_pupils, &DataTable::opened, this,
            [this](const QVariant& key) { emit pupilOpened(record::PersonKey{key.toLongLong()}); });
}

ComparePage::End ComparePage::buildEnd(FlowLayout* row, const QString& label, const QString& name) {
    const End end{dateField(), new KnownAtField(false, tr("%1 as known at").arg(name))};
    end.date->setAccessibleName(tr("%1 date").arg(name));
    auto* words = new TextLabel(label, TextRole::Body, Ink::Secondary);
    words->setBuddy(end.date);
    row->addWidget(words);
    row->addWidget(end.date);
    row->addWidget(end.known);
    connect(end.known, &KnownAtField::changed, this, [this] { ask(true); });
    return end;
}

QWidget* ComparePage::buildHeader() {
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    row->addWidget(new TextLabel(tr("Compare dates"), TextRole::Title));
    row->addWidget(new DraftChip);
    row->setRightFrom(2);
    m_from = buildEnd(row, tr("From"), tr("From:"));
    m_to = buildEnd(row, tr("to"), tr("To:"));
    // Another first day is read as known then; the load that was chosen for the day before would say little.
    connect(m_from.date, &QDateEdit::dateChanged, this, [this] { ask(false); });
    connect(m_to.date, &QDateEdit::dateChanged, this, [this] { ask(true); });
    m_year = new QComboBox;
    m_year->setAccessibleName(tr("Year group"));
    m_year->setToolTip(tr("Whose figures these are: pupils who are in it on each of the days"));
    m_year->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(m_year);
    connect(m_year, &QComboBox::currentIndexChanged, this, [this] { ask(true); });
    m_names = new QPushButton(tr("Reveal names…"));
    m_names->setToolTip(tr("Names are hidden; showing them needs a reason (Ctrl+Shift+N)"));
    row->addWidget(m_names);
    connect(m_names, &QPushButton::clicked, this, &ComparePage::namesToggled);
    return header;
}

void ComparePage::setComparison(std::shared_ptr<const CompareContent> content) {
    const ComparedLine* before = marked();
    const QString figure = m_wanted.isEmpty() && before != nullptr ? text(before->id) : m_wanted;
    m_content = std::move(content);
    m_filling = true;
    fillEnd(m_from, m_content->request.from, m_content->request.fromKnownAt);
    fillEnd(m_to, m_content->request.to, m_content->request.toKnownAt);
    fillYears();
    m_filling = false;
    m_names->setText(m_content->namesRevealed ? tr("Hide names") : tr("Reveal names…"));
    m_note->setText(
        tr("%1 · %2 · pupils, each counted once. The parts of a line add up to its difference. "
           "What is held is counted, also where the overview shows [x] or [c].")
            .arg(text(m_content->schoolName), m_content->isOfYearGroup()
                                                  ? tr("%1 on each day").arg(yearInWords(m_content->request.yearGroup))
                                                  : tr("all year groups")));
    m_figures->setContent(comparisonTable(*m_content));
    markFigure(figure);
    showFigure();
}

void ComparePage::fillEnd(const End& end, Date date, const std::optional<KnownAt>& knownAt) {
    end.date->setDate(toQDate(date));
    end.known->setChoice(m_content->loads, knownAt);
}

void ComparePage::fillYears() {
    m_year->clear();
    m_year->addItem(tr("All year groups"), QString());
    for (const std::string& year : m_content->yearGroups) {
        m_year->addItem(yearInWords(year), text(year));
    }
    m_year->setCurrentIndex(std::max(0, m_year->findData(text(m_content->request.yearGroup))));
}

void ComparePage::markFigure(const QString& figureId) {
    m_wanted = figureId;
    if (!m_content || figureId.isEmpty()) {
        return;
    }
    const auto found = std::ranges::find(m_content->figures, figureId.toStdString(), &ComparedLine::id);
    if (found != m_content->figures.end()) {
        m_figures->showRow(static_cast<int>(found - m_content->figures.begin()));
    }
    m_wanted.clear();
}

const ComparedLine* ComparePage::marked() const {
    const QVariant key = m_figures->currentKey();
    return m_content && key.isValid() && key.toULongLong() < m_content->figures.size()
               ? &m_content->figures[key.toULongLong()]
               : nullptr;
}

void ComparePage::showFigure() {
    const ComparedLine* figure = marked();
    m_why->setText(figure == nullptr ? QString()
                                     : tr("%1: %2").arg(text(figure->title), changeInWords(*m_content, *figure)));
    m_links->setText(figure == nullptr ? QString() : boundsInWords(figure->bounds));
    m_steps->setContent(figure == nullptr ? std::make_shared<const TableContent>()
                                          : stepTable(*figure, m_content->isOfYearGroup()));
    m_steps->setEmptyText(tr("The same pupils at both dates."));
    showStep();
}

void ComparePage::showStep() {
    const ComparedLine* figure = marked();
    const QVariant key = m_steps->currentKey();
    const auto steps = figure == nullptr ? std::vector<ChangeStep>() : stepsOf(*figure);
    const bool known = key.isValid() && key.toULongLong() < steps.size();
    m_who->setText(known ? tr("Pupils: %1").arg(stepInWords(steps[key.toULongLong()], m_content->isOfYearGroup()))
                         : tr("Pupils"));
    m_pupils->setContent(known ? stepPupilTable(*m_content, steps[key.toULongLong()])
                               : std::make_shared<const TableContent>());
}

void ComparePage::ask(bool withFirstKnownAt) {
    if (m_filling || !m_content) {
        return;
    }
    emit requested({m_content->request.school, fromQDate(m_from.date->date()), fromQDate(m_to.date->date()),
                    withFirstKnownAt ? m_from.known->choice() : std::nullopt, m_to.known->choice(),
                    m_year->currentData().toString().toStdString()});
}

void ComparePage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    constexpr int kNarrowest = 700;
    m_below->setDirection(width() >= scaled(kNarrowest) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_figures->setMinimumHeight(m_figures->heightForRows(6));
    for (DataTable* table : {m_steps, m_pupils}) {
        table->setMinimumHeight(table->heightForRows(3));
    }
}

QWidget* ComparePage::firstFocus() { return m_figures; }

std::vector<QWidget*> ComparePage::regions() { return {m_from.date, m_bar->findField(), m_figures, m_steps, m_pupils}; }

void ComparePage::focusDate() { m_from.date->setFocus(Qt::ShortcutFocusReason); }

}  // namespace fairlead::ui
