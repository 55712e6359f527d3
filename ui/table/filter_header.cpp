#include "ui/table/filter_header.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>

#include "ui/style/look.h"

namespace fairlead::ui {

FilterHeader::FilterHeader(const QString& tableName, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_tableName(tableName) {
    setHighlightSections(false);
    setSectionsClickable(true);
    setSectionsMovable(true);
    setSortIndicatorClearable(true);
    setAccessibleName(tr("Columns of %1").arg(tableName));
    setSortIndicator(-1, Qt::AscendingOrder);
    connect(this, &QHeaderView::sectionResized, this, &FilterHeader::place);
    connect(this, &QHeaderView::sectionMoved, this, &FilterHeader::place);
}

void FilterHeader::setColumns(const QStringList& titles) {
    const bool same = static_cast<qsizetype>(m_fields.size()) == titles.size();
    if (!same) {
        for (QLineEdit* field : m_fields) {
            delete field;
        }
        m_fields.clear();
    }
    for (int column = 0; column < titles.size(); ++column) {
        if (!same) {
            auto* field = new QLineEdit(this);
            field->setVisible(m_shown);
            field->setClearButtonEnabled(true);
            field->installEventFilter(this);
            connect(field, &QLineEdit::textChanged, this,
                    [this, column](const QString& text) { emit typed(column, text); });
            m_fields.push_back(field);
        }
        QLineEdit* field = m_fields[static_cast<std::size_t>(column)];
        field->setAccessibleName(tr("Filter %1 of %2").arg(titles[column], m_tableName));
        field->setPlaceholderText(tr("Filter"));
        field->setToolTip(tr("A part of the text, or = and the whole of it"));
    }
    place();
}

void FilterHeader::setFieldsShown(bool shown) {
    m_shown = shown;
    for (QLineEdit* field : m_fields) {
        field->setVisible(shown);
    }
    updateGeometry();
    updateGeometries();
    emit geometriesChanged();
}

QLineEdit* FilterHeader::field(int column) const {
    return column < 0 || column >= static_cast<int>(m_fields.size()) ? nullptr
                                                                     : m_fields[static_cast<std::size_t>(column)];
}

void FilterHeader::setFieldText(int column, const QString& text) const {
    if (QLineEdit* edit = field(column); edit != nullptr && edit->text() != text) {
        const QSignalBlocker quiet(edit);
        edit->setText(text);
    }
}

int FilterHeader::fieldHeight() const { return QFontMetrics(ui::font(TextRole::Table)).height() + scaled(8); }

QSize FilterHeader::sizeHint() const {
    const QSize titles = QHeaderView::sizeHint();
    return {titles.width(), titles.height() + (m_shown ? fieldHeight() + 2 : 0)};
}

void FilterHeader::updateGeometries() {
    setViewportMargins(0, 0, 0, m_shown ? fieldHeight() + 2 : 0);
    QHeaderView::updateGeometries();
    place();
}

void FilterHeader::place() {
    const int top = QHeaderView::sizeHint().height();
    for (int column = 0; column < static_cast<int>(m_fields.size()) && column < count(); ++column) {
        QLineEdit* edit = m_fields[static_cast<std::size_t>(column)];
        edit->setFont(ui::font(TextRole::Table));
        edit->setVisible(m_shown && !isSectionHidden(column));
        edit->setGeometry(sectionViewportPosition(column) + 2, top, sectionSize(column) - 4, fieldHeight());
    }
}

void FilterHeader::keyPressEvent(QKeyEvent* event) { event->ignore(); }

bool FilterHeader::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            emit left();
            return true;
        }
        if (auto* edit = qobject_cast<QLineEdit*>(watched); key == Qt::Key_Escape && edit != nullptr) {
            edit->clear();
            emit left();
            return true;
        }
    }
    return QHeaderView::eventFilter(watched, event);
}

}  // namespace fairlead::ui
