// Navigation and MarkingBar: the two constant parts of the window.

#pragma once

#include <QListView>

namespace fairlead::ui {

/// The list of pages: one stop of the Tab key, type-ahead, as wide as its longest entry.
class Navigation final : public QListView {
    Q_OBJECT

public:
    explicit Navigation(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

/// The navigation on its ground, with the name of the workspace below.
class NavigationPanel final : public QWidget {
    Q_OBJECT

public:
    NavigationPanel(Navigation* list, const QString& workspace, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// The protective marking above every page.
class MarkingBar final : public QWidget {
    Q_OBJECT

public:
    explicit MarkingBar(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace fairlead::ui
