// TaskStrip: one line with what is done, phase, bar and Cancel, shown while slow work runs.

#pragma once

#include <QWidget>

#include "ui/task/task_runner.h"

class QProgressBar;
class QPushButton;

namespace fairlead::ui {

class TextLabel;

/// Follows one TaskRunner; hidden unless its work has taken 400 ms.
class TaskStrip final : public QWidget {
    Q_OBJECT

public:
    explicit TaskStrip(TaskRunner& runner, QWidget* parent = nullptr);

private:
    void showProgress(const TaskProgress& progress);

    TaskRunner& m_runner;
    TextLabel* m_phase;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

}  // namespace fairlead::ui
