#include "ui/style/labelled_field.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/text_label.h"

namespace fairlead::ui {

QWidget* labelledField(const QString& label, QWidget* field, QPushButton* beside) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    auto* words = new TextLabel(label, TextRole::BodyStrong);
    words->setBuddy(field);
    column->addWidget(words);
    auto* row = new QHBoxLayout;
    row->addWidget(field, 1);
    if (beside != nullptr) {
        row->addWidget(beside);
    }
    column->addLayout(row);
    return box;
}

}  // namespace fairlead::ui
