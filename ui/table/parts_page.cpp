#include "ui/table/parts_page.h"

#include <QButtonGroup>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/flow_layout.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"
#include "ui/table/table_bar.h"

namespace fairlead::ui {

PartsPage::PartsPage(const QString& title, const QStringList& parts, QWidget* parent)
    : Page(parent),
      m_title(title),
      m_names(parts),
      m_standing(new TextLabel(QString(), TextRole::Body)),
      m_parts(new QButtonGroup(this)),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(title)),
      m_bar(new TableBar(m_table, tr("Find in this list"))) {
    m_standing->wrap();
    m_standing->hide();
    m_note->wrap();
    auto* header = new QWidget;
    m_header = new FlowLayout(header);
    m_header->addWidget(new TextLabel(title, TextRole::Title));
    m_header->setRightFrom(1);
    auto* chooser = new QWidget;
    auto* choices = new FlowLayout(chooser);
    for (int part = 0; part < parts.size(); ++part) {
        auto* button = new QPushButton(parts[part]);
        button->setCheckable(true);
        button->setChecked(part == m_part);
        m_parts->addButton(button, part);
        choices->addWidget(button);
    }
    auto* card = cardOf({m_table});
    auto* body = new QWidget;
    m_column = pageColumn(body);
    for (QWidget* line : std::initializer_list<QWidget*>{header, m_standing, chooser, m_note, m_bar}) {
        m_column->addWidget(line);
    }
    m_column->addWidget(card, 3);
    showScrolled(body, title);
    connect(m_parts, &QButtonGroup::idClicked, this, &PartsPage::showPart);
    connect(m_table, &DataTable::opened, this, &PartsPage::rowOpened);
}

void PartsPage::showPart(int part) {
    m_part = part;
    m_parts->button(part)->setChecked(true);
    refill();
    emit partShown();
}

void PartsPage::refill() {
    const Part now = partNow(m_part);
    m_note->setText(now.note);
    m_table->setAccessibleName(tr("%1: %2").arg(m_title, m_names[m_part]));
    m_table->setContent(now.table);
    m_table->setEmptyText(m_table->allRows() > 0 ? tr("No row passes the filters.") : now.nothing);
    m_standing->setVisible(!m_standing->text().isEmpty());
}

void PartsPage::addBelow(QWidget* card, int share) { m_column->addWidget(card, share); }

QPushButton* PartsPage::addAction(const QString& words) {
    auto* button = new QPushButton(words);
    m_header->addWidget(button);
    return button;
}

void PartsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    m_table->setMinimumHeight(m_table->heightForRows(6));
}

QWidget* PartsPage::firstFocus() { return m_table; }

std::vector<QWidget*> PartsPage::regions() { return {m_parts->checkedButton(), m_bar->findField(), m_table}; }

}  // namespace fairlead::ui
