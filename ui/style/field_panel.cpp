#include "ui/style/field_panel.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/style/no_drag.h"

namespace fairlead::ui {

FieldPanel::FieldPanel(const QString& title, QWidget* parent) : Card(parent), m_title(title), m_grid(new QGridLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->setSpacing(6);
    column->addWidget(new TextLabel(title, TextRole::CardTitle));
    column->addLayout(m_grid);
    column->addStretch(1);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
}

void FieldPanel::setFields(const std::vector<LabelledValue>& fields) {
    while (m_labels.size() < fields.size()) {
        const int row = static_cast<int>(m_labels.size());
        auto* label = new TextLabel(QString(), TextRole::Note, Ink::Secondary);
        auto* value = new TextLabel(QString(), TextRole::Table);
        value->wrap();
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        keepFromDragging(*value);
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
        m_grid->addWidget(value, row, 1);
        m_labels.push_back(label);
        m_values.push_back(value);
    }
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const bool used = i < fields.size();
        m_labels[i]->setVisible(used);
        m_values[i]->setVisible(used);
        if (used) {
            m_labels[i]->setText(fields[i].label);
            m_values[i]->setText(fields[i].value);
            m_values[i]->setAccessibleName(m_title + QStringLiteral(", ") + fields[i].label + QStringLiteral(": ") +
                                           fields[i].value);
        }
    }
}

}  // namespace fairlead::ui
