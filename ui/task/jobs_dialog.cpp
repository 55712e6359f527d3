#include "ui/task/jobs_dialog.h"

#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/task/task_strip.h"

namespace fairlead::ui {

namespace {

QString endInWords(TaskEnd how) {
    switch (how) {
        case TaskEnd::Done: return JobsDialog::tr("done");
        case TaskEnd::Failed: return JobsDialog::tr("not done; the reason was said");
        case TaskEnd::Stopped: return JobsDialog::tr("stopped; nothing is left half done");
        case TaskEnd::Replaced: return JobsDialog::tr("replaced by a newer request");
    }
    return {};
}

QString durationInWords(qint64 milliseconds) {
    constexpr qint64 kTenth = 100;
    constexpr qint64 kTenthsInMinute = 600;
    const qint64 tenths = std::max<qint64>(1, (milliseconds + kTenth / 2) / kTenth);
    if (tenths < kTenthsInMinute) {
        return JobsDialog::tr("%1.%2 s").arg(number(tenths / 10), number(tenths % 10));
    }
    return JobsDialog::tr("%1 min %2 s").arg(number(tenths / kTenthsInMinute), number(tenths % kTenthsInMinute / 10));
}

}  // namespace

JobsDialog::JobsDialog(QWidget* parent)
    : QDialog(parent), m_lines(new QVBoxLayout), m_table(new DataTable(tr("Jobs of this sitting"))) {
    setWindowTitle(tr("Jobs of this sitting"));
    auto* close = new QPushButton(tr("Close"));
    auto* card = cardOf({m_table});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    column->addLayout(m_lines);
    column->addWidget(card, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    m_table->setEmptyText(
        tr("Nothing has been loaded, linked or written, and nothing took long, since the workspace "
           "was opened."));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(&m_jobs, &JobList::changed, this, [this] {
        fill();
        emit changed();
    });
    fill();
}

void JobsDialog::follow(TaskRunner& runner, bool always) {
    m_jobs.follow(runner, always);
    m_lines->addWidget(new TaskStrip(runner));
}

void JobsDialog::toggle() {
    if (isVisible()) {
        close();
        return;
    }
    constexpr int kWidth = 640;
    constexpr int kHeight = 320;
    const QSize room = parentWidget() == nullptr ? QSize(kWidth, kHeight) : parentWidget()->size();
    resize(std::min(scaled(kWidth), room.width()), std::min(scaled(kHeight), room.height()));
    show();
    m_table->setFocus(Qt::OtherFocusReason);
}

QString JobsDialog::inWords() const {
    if (const int running = m_jobs.running(); running > 0) {
        return tr("Jobs: %1 running").arg(number(running));
    }
    const auto ended = static_cast<std::int64_t>(m_jobs.ended().size());
    return ended == 0 ? tr("Jobs: none") : tr("Jobs: %1 ended").arg(number(ended));
}

void JobsDialog::fill() {
    auto content = std::make_shared<TableContent>();
    content->columns = {{.title = tr("Ended")},
                        {.title = tr("Work"), .stretches = true},
                        {.title = tr("How it ended")},
                        {.title = tr("Took"), .isNumber = true}};
    for (const EndedJob& job : m_jobs.ended()) {
        content->rows.push_back({{{job.at.toString(QStringLiteral("HH:mm:ss")), job.at},
                                  {job.title},
                                  {endInWords(job.how)},
                                  {durationInWords(job.milliseconds), job.milliseconds}}});
    }
    m_table->setContent(std::move(content));
}

}  // namespace fairlead::ui
