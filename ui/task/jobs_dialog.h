// JobsDialog: the jobs of this sitting beside the page: what runs, with progress and Cancel, and what has ended.

#pragma once

#include <QDialog>

#include "ui/task/job_list.h"

class QVBoxLayout;

namespace fairlead::ui {

class DataTable;

/// A window of its own that stands beside the pages, so that work can be watched while the program is used.
class JobsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit JobsDialog(QWidget* parent = nullptr);

    /// Follows a runner that outlives the dialog; `always` as in JobList::follow.
    void follow(TaskRunner& runner, bool always);
    /// Shows it with the focus in the list, or closes it.
    void toggle();
    /// "Jobs: none", "Jobs: 2 running", "Jobs: 5 ended".
    [[nodiscard]] QString inWords() const;
    /// What has ended.
    [[nodiscard]] DataTable* table() const { return m_table; }

signals:
    /// inWords() is another text.
    void changed();

private:
    void fill();

    JobList m_jobs;
    QVBoxLayout* m_lines;
    DataTable* m_table;
};

}  // namespace fairlead::ui
