// PupilListPage: a page that is one table of pupils as at a day, with everything a table can do.

#pragma once

#include <memory>

#include "core/base/date.h"
#include "core/record/ids.h"
#include "ui/style/known_at_field.h"
#include "ui/style/page.h"
#include "ui/table/table_content.h"

class QDateEdit;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class TableBar;
class TextLabel;

/// Title, as at, as known at, names, a note, and the table with its bar. What stands in it and what is asked for is the
/// page's own.
class PupilListPage : public Page {
    Q_OBJECT

public:
    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Reading a figure"); }
    void focusDate() override;
    /// What the page is called.
    [[nodiscard]] const QString& title() const { return m_title; }

signals:
    /// Another date was chosen, or what must have been known by when.
    void readingChosen(fairlead::Date asAt, const std::optional<fairlead::ui::KnownAt>& knownAt);
    /// A row was opened.
    void pupilOpened(fairlead::record::PersonKey pupil);
    /// Names are to be shown (a reason is asked for) or hidden again.
    void namesToggled();

protected:
    explicit PupilListPage(const QString& title, QWidget* parent = nullptr);

    /// What a page shows.
    struct Shown {
        Date asAt;
        std::vector<LoadLine> loads;  ///< That "as known at" offers.
        std::optional<KnownAt> knownAt;
        bool namesRevealed = false;
        QString note;
        std::shared_ptr<const TableContent> table;  ///< Key of a row = the pupil.
        QString nobody;                             ///< Said where there is no row.
    };
    /// Shows another list; filters stay.
    void fill(Shown shown);

private:
    QString m_title;
    bool m_filling = false;
    QDateEdit* m_date;
    KnownAtField* m_known;
    QPushButton* m_names;
    TextLabel* m_note;
    DataTable* m_table;
    TableBar* m_bar;
};

}  // namespace fairlead::ui
