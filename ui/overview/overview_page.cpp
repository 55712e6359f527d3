#include "ui/overview/overview_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateEdit>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>

#include "ui/overview/overview_tables.h"
#include "ui/style/clipboard.h"
#include "ui/style/date_field.h"
#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/tile/tile_grid.h"

namespace fairlead::ui {

namespace {

constexpr int kMargin = 14;
constexpr int kGap = 8;
constexpr std::size_t kGroupsShown = 3;  // Education is context: it stands in the drill-down, not among the figures.

/// A card with a title, a note beside it and a table.
Card* tableCard(const QString& title, TextLabel* note, DataTable* table) {
    auto* card = new Card;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(4);
    auto* top = new FlowLayout;
    top->addWidget(new TextLabel(title, TextRole::CardTitle));
    top->addWidget(note);
    top->setRightFrom(1);
    column->addLayout(top);
    column->addWidget(table, 1);
    return card;
}

}  // namespace

OverviewPage::OverviewPage(QWidget* parent) : Page(parent), m_grid(new TileGrid) {
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(kMargin, 8, kMargin, kGap);
    column->setSpacing(kGap);
    m_note = new TextLabel(QString(), TextRole::Note, Ink::Secondary);
    m_note->wrap();
    connect(m_grid, &TileGrid::opened, this, &OverviewPage::figureOpened);
    connect(m_grid, &TileGrid::filterRequested, this, &OverviewPage::setFigureFilter);
    connect(m_grid, &TileGrid::menuRequested, this, &OverviewPage::showMenu);
    column->addWidget(buildHeader());
    column->addWidget(m_note);
    column->addWidget(m_grid);
    column->addWidget(buildTables(), 1);
    m_scroll = showScrolled(body, tr("School overview"));
    connect(&lookChanges(), &LookChanges::changed, this, &OverviewPage::arrangeTables);
}

QWidget* OverviewPage::buildHeader() {
    auto* header = new QWidget;
    auto* row = new FlowLayout(header);
    m_title = new TextLabel(tr("Overview"), TextRole::Title);
    m_date = dateField();
    auto* dateLabel = new TextLabel(tr("As at"), TextRole::Body, Ink::Secondary);
    dateLabel->setBuddy(m_date);
    m_known = new KnownAtField(true, tr("As known at"));
    m_year = filterBox(tr("Year group"), tr("Whose figures and lists these are"));
    m_figure = filterBox(tr("Indicator of both lists"), tr("What the two lists show (Ctrl+click on a box)"));
    m_clear = new QPushButton(tr("Clear filters"));
    m_clear->setToolTip(tr("All year groups, all indicators (Esc)"));
    m_clear->hide();
    m_names = new QPushButton(tr("Reveal names…"));
    m_names->setToolTip(tr("Names are hidden; showing them needs a reason (Ctrl+Shift+N)"));
    m_briefing = new QPushButton(tr("Make DRAFT briefing…"));
    setPrimary(*m_briefing);
    row->addWidget(m_title);
    row->addWidget(new DraftChip);
    row->setRightFrom(2);
    row->addWidget(dateLabel);
    row->addWidget(m_date);
    row->addWidget(m_known);
    row->addWidget(m_year);
    row->addWidget(m_figure);
    row->addWidget(m_clear);
    row->addWidget(m_names);
    row->addWidget(m_briefing);
    connect(m_date, &QDateEdit::dateChanged, this, &OverviewPage::ask);
    connect(m_known, &KnownAtField::changed, this, &OverviewPage::ask);
    connect(m_year, &QComboBox::currentIndexChanged, this, &OverviewPage::ask);
    connect(m_figure, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling && m_content) {
            followFilter();
            emit filterChanged();
        }
    });
    connect(m_clear, &QPushButton::clicked, this, &OverviewPage::clearFilters);
    connect(m_names, &QPushButton::clicked, this, &OverviewPage::namesToggled);
    connect(m_briefing, &QPushButton::clicked, this, &OverviewPage::briefingRequested);
    return header;
}

QComboBox* OverviewPage::filterBox(const QString& name, const QString& hint) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(plainToolTip(hint));
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

QWidget* OverviewPage::buildTables() {
    m_new = new DataTable(tr("New indicators in the last month"));
    m_newNote = new TextLabel(QString(), TextRole::Note, Ink::Secondary);
    m_families = new DataTable(tr("2+ new indicators in the pupil's family"));
    m_familiesNote = new TextLabel(QString(), TextRole::Note, Ink::Secondary);
    auto* tables = new QWidget;
    m_tables = new QBoxLayout(QBoxLayout::LeftToRight, tables);
    m_tables->setContentsMargins(0, 0, 0, 0);
    m_tables->setSpacing(kGap);
    m_tables->addWidget(tableCard(tr("New indicators in the last month"), m_newNote, m_new), 5);
    m_tables->addWidget(tableCard(tr("2+ new indicators in the pupil's family"), m_familiesNote, m_families), 3);
    for (DataTable* table : {m_new, m_families}) {
        connect(table, &DataTable::opened, this,
                [this](const QVariant& key) { emit pupilOpened(record::PersonKey{key.toLongLong()}); });
        connect(table, &DataTable::rowsChanged, this, &OverviewPage::fillNotes);
    }
    return tables;
}

void OverviewPage::setOverview(std::shared_ptr<const OverviewContent> content) {
    const bool sameSchool = m_content && content && m_content->overview.school == content->overview.school;
    m_content = std::move(content);
    m_notes.clear();
    m_filling = true;
    fillHeader();
    fillTiles();
    m_filling = false;
    followFilter();
    if (!sameSchool) {
        m_scroll->ensureVisible(0, 0);
    }
}

void OverviewPage::fillHeader() {
    const indicator::Overview& overview = m_content->overview;
    m_title->setText(text(m_content->schoolName));
    m_date->setDate(toQDate(overview.asAt));
    m_year->clear();
    m_year->addItem(tr("All year groups"), QString());
    for (const std::string& year : m_content->yearGroups) {
        m_year->addItem(yearInWords(year), text(year));
    }
    m_year->setCurrentIndex(std::max(0, m_year->findData(text(overview.filters.yearGroup))));
    m_names->setText(m_content->namesRevealed ? tr("Hide names") : tr("Reveal names…"));
    m_note->setText(overviewNote(*m_content));
    m_known->setChoice(m_content->loads, m_content->knownAt);
    fillFigures();
}

void OverviewPage::fillFigures() {
    const QString chosen = figureFilter();
    m_figure->clear();
    m_figure->addItem(tr("All indicators"), QString());
    for (std::size_t g = 0; g < std::min(kGroupsShown, m_content->overview.groups.size()); ++g) {
        const indicator::GroupFigure& group = m_content->overview.groups[g];
        m_figure->addItem(text(group.title), text(group.id));
        for (const indicator::IndicatorFigure& part : group.indicators) {
            m_figure->addItem(text(part.title), text(part.id));
        }
    }
    m_figure->setCurrentIndex(std::max(0, m_figure->findData(chosen)));
}

QString OverviewPage::figureFilter() const { return m_figure->currentData().toString(); }

void OverviewPage::setFigureFilter(const QString& figureId) {
    m_figure->setCurrentIndex(std::max(0, m_figure->findData(figureId)));
}

void OverviewPage::clearFilters() {
    m_figure->setCurrentIndex(0);
    m_year->setCurrentIndex(0);
}

void OverviewPage::followFilter() {
    m_clear->setVisible(m_figure->currentIndex() > 0 || m_year->currentIndex() > 0);
    fillTables();
    arrangeTables();
}

void OverviewPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_clear->isVisible()) {
        clearFilters();
        return;
    }
    Page::keyPressEvent(event);
}

void OverviewPage::showMenu(TileWidget* tile, const QPoint& at) {
    const QString id = tile->content().figureId;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show its pupils"), this, [this, id] { emit figureOpened(id); });
    menu->addAction(tr("Filter both lists by it"), this, [this, id] { setFigureFilter(id); });
    menu->addAction(tr("Why did it change?"), this, [this, id] { emit changeRequested(id); });
    menu->addAction(tr("Its definition"), this, [this, id] { emit definitionRequested(id); });
    const QString sentence =
        tr("%1, %2: %3.").arg(m_title->text(), dateInWords(m_content->overview.asAt), tile->accessibleName());
    menu->addAction(tr("Copy it as a sentence"), this, [sentence] { copyText(sentence); });
    menu->popup(at);
}

void OverviewPage::setFigureNotes(std::map<QString, QString> notes) {
    m_notes = std::move(notes);
    fillTiles();
}

void OverviewPage::fillTiles() {
    const indicator::Overview& overview = m_content->overview;
    const auto noteOf = [this](const std::string& id) {
        const auto found = m_notes.find(text(id));
        return found == m_notes.end() ? QString() : found->second;
    };
    std::vector<std::vector<TileContent>> groups;
    for (std::size_t g = 0; g < std::min(kGroupsShown, overview.groups.size()); ++g) {
        const indicator::GroupFigure& group = overview.groups[g];
        std::vector<TileContent> tiles{
            {text(group.id), text(group.title), group.figure, true, overview.onRoll, noteOf(group.id)}};
        for (const indicator::IndicatorFigure& part : group.indicators) {
            const QString old = part.stale ? tr("its data are old") : QString();
            const QString note = noteOf(part.id);
            tiles.push_back({text(part.id), text(part.title), part.figure, false, 0, note.isEmpty() ? old : note});
        }
        groups.push_back(std::move(tiles));
    }
    m_grid->setGroups(groups);
}

void OverviewPage::fillTables() {
    const Interval& window = m_content->overview.window;
    const std::string figure = figureFilter().toStdString();
    m_new->setContent(newIndicatorTable(*m_content, figure));
    m_new->setEmptyText(
        tr("Nothing shown here was new from %1 to %2.").arg(dateInWords(window.from), dateInWords(window.until - 1)));
    m_families->setContent(familyTable(*m_content, figure));
    m_families->setEmptyText(
        figure.empty()
            ? tr("No pupil's family has two or more new indicators in the last month.")
            : tr("None of the pupils behind %1 has a family with two or more new indicators in the last month.")
                  .arg(m_figure->currentText()));
    fillNotes();
}

void OverviewPage::fillNotes() {
    if (!m_content) {
        return;
    }
    // A filter is said where the number is: "12 of 41 shown".
    const auto count = [this](const DataTable& table) {
        const QString rows = table.filter().isEmpty() ? number(table.allRows())
                                                      : tr("%1 (%2)").arg(table.countInWords(), table.filtersInWords());
        return m_figure->currentIndex() > 0 ? tr("%1 of %2").arg(rows, m_figure->currentText()) : rows;
    };
    const Interval& window = m_content->overview.window;
    m_newNote->setText(tr("%1 · %2 to %3").arg(count(*m_new), dateInWords(window.from), dateInWords(window.until - 1)));
    m_familiesNote->setText(tr("%1 · a count of records").arg(count(*m_families)));
}

void OverviewPage::ask() {
    if (m_filling || !m_content) {
        return;
    }
    emit requested({m_content->overview.school, fromQDate(m_date->date()),
                    m_year->currentData().toString().toStdString(), m_known->choice()});
}

void OverviewPage::arrangeTables() {
    if (m_tables == nullptr) {
        return;
    }
    // Beside each other while both show all their columns, below each other otherwise.
    constexpr int kCardFrame = 24;
    const int left = m_new->contentWidth() + kCardFrame;
    const int right = m_families->contentWidth() + kCardFrame;
    const int room = width() - 2 * kMargin - kGap;
    const bool beside = left + right <= room;
    m_tables->setStretch(0, left);
    m_tables->setStretch(1, right);
    m_tables->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    constexpr int kRowsStacked = 8;
    constexpr int kRowsBeside = 4;
    for (DataTable* table : {m_new, m_families}) {
        table->setMinimumHeight(table->heightForRows(beside ? kRowsBeside : kRowsStacked));
    }
}

void OverviewPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrangeTables();
}

QWidget* OverviewPage::firstFocus() {
    const auto tiles = m_grid->tiles();
    return tiles.empty() ? static_cast<QWidget*>(m_date) : tiles.front();
}

std::vector<QWidget*> OverviewPage::regions() { return {m_date, firstFocus(), m_new, m_families}; }

void OverviewPage::focusDate() { m_date->setFocus(Qt::ShortcutFocusReason); }

}  // namespace fairlead::ui
