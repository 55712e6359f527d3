// Finding things on a page as a reader does: by what they are called.

#pragma once

#include <QPushButton>
#include <QStringList>

#include <catch2/catch_test_macros.hpp>

#include "ui/table/data_table.h"

namespace fairlead::ui::made_up {

/// A control by what a screen reader calls it, or by its text; null where there is none.
template <typename T>
T* child(QWidget& parent, const QString& name) {
    for (T* found : parent.findChildren<T*>()) {
        if (found->accessibleName() == name || (found->accessibleName().isEmpty() && found->property("text") == name)) {
            return found;
        }
    }
    return nullptr;
}

/// The texts of a column, in the order of the content.
inline QStringList column(const DataTable& table, int at) {
    QStringList cells;
    for (const TableRow& row : table.content().rows) {
        cells << row.cells[static_cast<std::size_t>(at)].text;
    }
    return cells;
}

/// Presses a button that is there and can be pressed.
inline void click(QWidget& parent, const QString& words) {
    auto* button = child<QPushButton>(parent, words);
    REQUIRE(button != nullptr);
    REQUIRE(button->isEnabled());
    button->click();
}

}  // namespace fairlead::ui::made_up
