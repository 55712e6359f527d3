// Navigation and MarkingBar: the two constant parts of the window.

#pragma once

#include <QListView>
#include <QStandardItemModel>

namespace fairlead::ui {

/// The list of pages in groups: one stop of the Tab key, type-ahead, as wide as its longest entry.
class Navigation final : public QListView {
    Q_OBJECT

public:
    explicit Navigation(QWidget* parent = nullptr);
    /// The pages by name. Nothing changes when they are those that are shown.
    void setPages(const QList<QStringList>& groups);
    /// The names of the pages, from the top.
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QModelIndex at(qsizetype row) const { return m_pages.index(static_cast<int>(row), 0); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QStandardItemModel m_pages;
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
