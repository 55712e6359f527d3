#include "ui/task/task_strip.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

TaskStrip::TaskStrip(TaskRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_runner(runner),
      m_phase(new TextLabel(QString(), TextRole::Body)),
      m_bar(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel"))) {
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(10);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_phase);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    hide();
    connect(&runner, &TaskRunner::slow, this, [this] {
        m_cancel->setEnabled(true);
        m_bar->setAccessibleName(tr("Progress: %1").arg(m_runner.title()));
        m_cancel->setAccessibleName(tr("Cancel: %1").arg(m_runner.title()));
        show();
    });
    connect(&runner, &TaskRunner::progressed, this, &TaskStrip::showProgress);
    connect(&runner, &TaskRunner::ended, this, &QWidget::hide);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_phase->setText(tr("Stopping; nothing is left half done"));
        m_runner.cancel();
    });
}

void TaskStrip::showProgress(const TaskProgress& progress) {
    if (!m_cancel->isEnabled()) {
        return;
    }
    const QString phase = phaseInWords(progress.phase);
    m_phase->setText(m_runner.title().isEmpty() ? phase : tr("%1: %2").arg(m_runner.title(), phase));
    constexpr std::uint64_t kSteps = 1000;
    if (progress.total == 0) {
        m_bar->setRange(0, 0);
        return;
    }
    m_bar->setRange(0, static_cast<int>(kSteps));
    const std::uint64_t done = std::min(progress.done, progress.total);
    m_bar->setValue(static_cast<int>(static_cast<double>(done) / static_cast<double>(progress.total) * kSteps));
}

}  // namespace fairlead::ui
