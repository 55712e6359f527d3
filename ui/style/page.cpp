#include "ui/style/page.h"

namespace fairlead::ui {

QVBoxLayout* pageColumn(QWidget* whole) {
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(14, 8, 14, 8);
    column->setSpacing(8);
    return column;
}

QScrollArea* Page::showScrolled(QWidget* body, const QString& name) {
    auto* scroll = new QScrollArea;
    scroll->setWidget(body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(name);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    return scroll;
}

}  // namespace fairlead::ui
