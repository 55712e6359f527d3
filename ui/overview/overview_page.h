// OverviewPage: one school as at a day: three groups of figures, what is new, and new records in families.

#pragma once

#include <map>
#include <memory>

#include "ui/overview/overview_content.h"
#include "ui/style/page.h"

class QBoxLayout;
class QComboBox;
class QDateEdit;
class QPushButton;
class QScrollArea;

namespace fairlead::ui {

class DataTable;
class TextLabel;
class TileGrid;
class TileWidget;

/// The school overview. It shows values and says what the reader asked for; it never reads a workspace itself.
class OverviewPage final : public Page {
    Q_OBJECT

public:
    explicit OverviewPage(QWidget* parent = nullptr);

    /// Shows another overview. Focus and scroll stay where they are when the school is the same.
    void setOverview(std::shared_ptr<const OverviewContent> content);
    /// Says below figures, by their id, how far waiting links could move them; taken away by the next overview.
    void setFigureNotes(std::map<QString, QString> notes);
    /// Both lists show what belongs to this figure; an empty id: everything.
    void setFigureFilter(const QString& figureId);
    /// The figure that the lists are filtered by; empty when they show everything.
    [[nodiscard]] QString figureFilter() const;
    /// Takes the figure's and the year group's filter away.
    void clearFilters();
    /// What is shown; null before the first.
    [[nodiscard]] const OverviewContent* content() const { return m_content.get(); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Reading a figure"); }
    void focusDate() override;

signals:
    /// Another date or year group was chosen.
    void requested(const fairlead::ui::OverviewRequest& request);
    /// A tile was opened.
    void figureOpened(const QString& figureId);
    /// Why a figure changed is wanted.
    void changeRequested(const QString& figureId);
    /// The definition of a figure is wanted.
    void definitionRequested(const QString& figureId);
    /// The figure that the lists are filtered by is another one.
    void filterChanged();
    /// A row with a pupil was opened.
    void pupilOpened(fairlead::record::PersonKey pupil);
    /// Names are to be shown (a reason is asked for) or hidden again.
    void namesToggled();
    /// A DRAFT briefing is to be made.
    void briefingRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildHeader();
    QWidget* buildTables();
    void fillHeader();
    void fillFigures();
    [[nodiscard]] QComboBox* filterBox(const QString& name, const QString& hint);
    void followFilter();
    void showMenu(TileWidget* tile, const QPoint& at);
    void fillTiles();
    void fillTables();
    void fillNotes();
    void arrangeTables();
    void ask();

    std::shared_ptr<const OverviewContent> m_content;
    std::map<QString, QString> m_notes;
    bool m_filling = false;
    TextLabel* m_title = nullptr;
    QDateEdit* m_date = nullptr;
    KnownAtField* m_known = nullptr;
    QComboBox* m_year = nullptr;
    QComboBox* m_figure = nullptr;
    QPushButton* m_clear = nullptr;
    QPushButton* m_names = nullptr;
    QPushButton* m_briefing = nullptr;
    TextLabel* m_note = nullptr;
    TileGrid* m_grid = nullptr;
    QBoxLayout* m_tables = nullptr;
    DataTable* m_new = nullptr;
    TextLabel* m_newNote = nullptr;
    DataTable* m_families = nullptr;
    TextLabel* m_familiesNote = nullptr;
    QScrollArea* m_scroll = nullptr;
};

}  // namespace fairlead::ui
