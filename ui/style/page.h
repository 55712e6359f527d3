// Page: what the shell knows about every page.

#pragma once

#include <QScrollArea>
#include <QVBoxLayout>
#include <QWidget>
#include <vector>

namespace fairlead::ui {

/// The column of what stands one below the other on a page, with a page's margins.
QVBoxLayout* pageColumn(QWidget* whole);

/// A page of the main window. It holds what is on the screen and asks for everything else through its signals.
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// The control that has the focus when the page opens.
    [[nodiscard]] virtual QWidget* firstFocus() = 0;
    /// The parts that F6 goes through, in reading order.
    [[nodiscard]] virtual std::vector<QWidget*> regions() = 0;
    /// Ctrl+T: charts to tables and back. Pages without charts do nothing.
    virtual void toggleCharts() {}
    /// F1: a part of the title of the handbook's chapter about it.
    [[nodiscard]] virtual QString helpChapter() const { return QStringLiteral("First steps"); }
    /// Ctrl+D: the as-at date. Pages without one do nothing.
    virtual void focusDate() {}

protected:
    /// Makes `body` the whole page; what does not fit is scrolled from top to bottom, never sideways.
    QScrollArea* showScrolled(QWidget* body, const QString& name);
};

}  // namespace fairlead::ui
