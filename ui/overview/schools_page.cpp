#include "ui/overview/schools_page.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

/// "all_through" as "All through".
QString phaseOfSchool(const std::string& phase) {
    QString words = text(phase).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (words == QLatin1String("pru")) {
        return SchoolsPage::tr("Pupil referral unit");
    }
    if (!words.isEmpty()) {
        words[0] = words[0].toUpper();
    }
    return words;
}

}  // namespace

SchoolsPage::SchoolsPage(QWidget* parent)
    : Page(parent),
      m_content(std::make_shared<const SchoolsContent>()),
      m_find(new QLineEdit),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_table(new DataTable(tr("Schools"))) {
    m_find->setPlaceholderText(tr("Type part of a name or URN"));
    m_find->setAccessibleName(tr("Find a school"));
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_table->setEmptyText(
        tr("No school matches what was typed. Delete a few letters, or load the school roll under Data sources."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 8, 14, 8);
    column->setSpacing(8);
    column->addWidget(new TextLabel(tr("Schools"), TextRole::Title));
    column->addWidget(m_find);
    column->addWidget(m_note);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(8, 8, 8, 8);
    inside->addWidget(m_table);
    column->addWidget(card, 1);
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_table->setFilterText(typed);
        fillNote();
    });
    connect(m_table, &DataTable::opened, this,
            [this](const QVariant& key) { emit schoolOpened(record::SchoolUrn{key.toLongLong()}); });
}

void SchoolsPage::setSchools(std::shared_ptr<const SchoolsContent> content) {
    m_content = std::move(content);
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("School"), .stretches = true},
                      {.title = tr("Phase")},
                      {.title = tr("URN")},
                      {.title = tr("Pupils on roll"), .isNumber = true}};
    for (const SchoolLine& school : m_content->schools) {
        const QString urn = QString::number(school.urn.value);
        table->rows.push_back(
            {{{text(school.name)}, {phaseOfSchool(school.phase)}, {urn}, {number(school.onRoll), school.onRoll}},
             QVariant::fromValue<qlonglong>(school.urn.value)});
    }
    m_table->setContent(std::move(table));
    fillNote();
}

void SchoolsPage::fillNote() {
    const auto all = static_cast<std::int64_t>(m_content->schools.size());
    m_note->setText(tr("%1 of %2 schools · pupils on roll as at %3 · Enter opens the overview")
                        .arg(number(m_table->visibleRows()), number(all),
                             all == 0 ? QStringLiteral("–") : dateInWords(m_content->asAt)));
}

bool SchoolsPage::eventFilter(QObject* watched, QEvent* event) {
    // While typing, the arrows and Enter belong to the list below.
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            m_table->setFocus(Qt::OtherFocusReason);
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_table->currentIndex().isValid()) {
            emit schoolOpened(record::SchoolUrn{m_table->currentIndex().data(TableModel::kKeyRole).toLongLong()});
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

QWidget* SchoolsPage::firstFocus() { return m_find; }

std::vector<QWidget*> SchoolsPage::regions() { return {m_find, m_table}; }

}  // namespace fairlead::ui
