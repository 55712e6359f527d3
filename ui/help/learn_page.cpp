#include "ui/help/learn_page.h"

#include <QCheckBox>
#include <QFile>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/help/chapters.h"
#include "ui/style/clipboard.h"
#include "ui/style/entry_delegate.h"
#include "ui/style/flow_layout.h"
#include "ui/style/look.h"
#include "ui/style/no_drag.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

QString idOf(std::size_t module, qsizetype task) { return QStringLiteral("%1.%2").arg(module + 1).arg(task + 1); }

std::int64_t doneOf(const QStringList& done, std::size_t module) {
    const QString prefix = QString::number(module + 1) + QLatin1Char('.');
    return std::ranges::count_if(done, [&](const QString& id) { return id.startsWith(prefix); });
}

/// The text that a check box shows: marks of emphasis and code are for the document.
QString plain(QString text) { return text.remove(QLatin1Char('*')).remove(QLatin1Char('`')); }

}  // namespace

std::vector<Module> modulesOf(const QString& markdown) {
    static const QRegularExpression step(QStringLiteral("^[0-9]+\\. +(.*)"));
    std::vector<Module> found;
    for (const Chapter& chapter : chaptersOf(QString(), markdown)) {
        Module module{chapter.title, {}, {}, {}};
        bool inSteps = false;
        for (const QString& line : chapter.markdown.split(QLatin1Char('\n')).mid(1)) {
            const QRegularExpressionMatch match = step.match(line);
            if (line.startsWith(QLatin1String("Do this"))) {
                inSteps = true;
                module.lead = line;
                continue;
            }
            inSteps = inSteps && !line.startsWith(QLatin1String("Questions"));
            if (!inSteps) {
                module.rest += line + QLatin1Char('\n');
            } else if (match.hasMatch()) {
                module.tasks << plain(match.captured(1));
            } else if (!module.tasks.isEmpty() && !line.isEmpty()) {
                module.tasks.back() += QLatin1Char(' ') + plain(line.trimmed());
            }
        }
        if (!module.tasks.isEmpty()) {
            found.push_back(std::move(module));
        }
    }
    return found;
}

const std::vector<Module>& modules() {
    static const std::vector<Module> all = [] {
        QString markdown;
        for (const Chapter& chapter : chapters()) {
            if (chapter.document == QLatin1String("learning.md")) {
                markdown += chapter.markdown;
            }
        }
        return modulesOf(markdown);
    }();
    return all;
}

LearnPage::LearnPage(QWidget* parent)
    : Page(parent),
      m_copy(new QPushButton(tr("Copy my record"))),
      m_progress(new TextLabel(QString(), TextRole::Body, Ink::Secondary)),
      m_titles(new QStringListModel(this)),
      m_list(new QListView),
      m_module(new TextLabel(QString(), TextRole::Title)),
      m_lead(new TextLabel(QString(), TextRole::Body)),
      m_text(new QTextBrowser),
      m_tasks(new QVBoxLayout) {
    m_list->setModel(m_titles);
    m_list->setAccessibleName(tr("Modules"));
    showEntries(*m_list);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setAccessibleName(tr("Text of the module"));
    m_text->setOpenLinks(false);
    keepFromDragging(*m_text);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    auto* header = new QWidget;
    auto* top = new FlowLayout(header);
    top->addWidget(new TextLabel(tr("Learn"), TextRole::Title));
    top->addWidget(m_progress);
    top->addWidget(m_copy);
    top->setRightFrom(2);
    auto* left = cardOf({m_list});
    auto* right = new Card;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(12, 8, 12, 8);
    m_module->wrap();
    m_lead->wrap();
    rightColumn->addWidget(m_module);
    rightColumn->addWidget(m_lead);
    rightColumn->addLayout(m_tasks);
    rightColumn->addWidget(m_text);
    rightColumn->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(left, 1);
    row->addWidget(right, 3);
    auto* body = new QWidget;
    auto* column = pageColumn(body);
    column->addWidget(header);
    column->addLayout(row, 1);
    showScrolled(body, tr("Learn"));
    fillTitles();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &LearnPage::follow);
    connect(&lookChanges(), &LookChanges::changed, this, &LearnPage::follow);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyText(record()); });
    showModule(0);
}

void LearnPage::setDone(const QStringList& done) {
    m_done.clear();
    for (std::size_t module = 0; module < modules().size(); ++module) {
        for (qsizetype task = 0; task < modules()[module].tasks.size(); ++task) {
            if (done.contains(idOf(module, task))) {
                m_done << idOf(module, task);
            }
        }
    }
    fillTitles();
    follow();
}

QStringList LearnPage::done() const { return m_done; }

void LearnPage::showModule(int module) { m_list->setCurrentIndex(m_titles->index(module)); }

QString LearnPage::record() const {
    QStringList lines{tr("Fairlead %1, learning modules").arg(QCoreApplication::applicationVersion())};
    for (std::size_t module = 0; module < modules().size(); ++module) {
        lines << tr("%1: %2 of %3 steps done")
                     .arg(modules()[module].title, number(doneOf(m_done, module)),
                          number(modules()[module].tasks.size()));
    }
    return lines.join(QLatin1Char('\n'));
}

void LearnPage::fillTitles() {
    std::int64_t finished = 0;
    QStringList titles;
    for (std::size_t module = 0; module < modules().size(); ++module) {
        const std::int64_t done = doneOf(m_done, module);
        const std::int64_t all = modules()[module].tasks.size();
        finished += done == all ? 1 : 0;
        titles << tr("%1 (%2 of %3)").arg(modules()[module].title, number(done), number(all));
    }
    if (m_titles->rowCount() != titles.size()) {
        m_titles->setStringList(titles);
    }
    for (int row = 0; row < titles.size(); ++row) {
        m_titles->setData(m_titles->index(row), titles[row]);
    }
    m_progress->setText(
        tr("%1 of %2 modules finished").arg(number(finished), number(static_cast<std::int64_t>(modules().size()))));
}

void LearnPage::follow() {
    m_text->document()->setDefaultFont(ui::font(TextRole::Body));
    for (QCheckBox* box : m_boxes) {
        delete box->parentWidget();
    }
    m_boxes.clear();
    const auto module = static_cast<std::size_t>(std::max(m_list->currentIndex().row(), 0));
    if (module >= modules().size()) {
        return;
    }
    const Module& shown = modules()[module];
    m_module->setText(shown.title);
    m_lead->setText(shown.lead);
    m_text->document()->setMarkdown(shown.rest);
    fitText();
    for (qsizetype task = 0; task < shown.tasks.size(); ++task) {
        auto* line = new QWidget;
        auto* box = new QCheckBox;
        auto* words = new TextLabel(shown.tasks[task], TextRole::Body);
        words->wrap();
        words->setBuddy(box);
        box->setAccessibleName(tr("Done: %1").arg(shown.tasks[task]));
        box->setChecked(m_done.contains(idOf(module, task)));
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(box, 0, Qt::AlignTop);
        row->addWidget(words, 1);
        m_tasks->addWidget(line);
        m_boxes.push_back(box);
        connect(box, &QCheckBox::toggled, this, [this, task](bool done) { tick(static_cast<int>(task), done); });
    }
}

void LearnPage::fitText() {
    // The page scrolls as a whole, so that the tasks stand right below the text.
    m_text->document()->setTextWidth(m_text->viewport()->width());
    m_text->setFixedHeight(static_cast<int>(std::ceil(m_text->document()->size().height())) + 4);
}

void LearnPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // The layout has given the text its width by then.
    QMetaObject::invokeMethod(this, &LearnPage::fitText, Qt::QueuedConnection);
}

void LearnPage::tick(int task, bool done) {
    const QString id = idOf(static_cast<std::size_t>(std::max(m_list->currentIndex().row(), 0)), task);
    QStringList now = m_done;
    now.removeAll(id);
    if (done) {
        now << id;
    }
    now.sort();
    m_done = now;
    fillTitles();
    emit doneChanged();
}

QWidget* LearnPage::firstFocus() { return m_list; }

std::vector<QWidget*> LearnPage::regions() {
    std::vector<QWidget*> regions{m_list, m_text, m_copy};
    if (!m_boxes.empty()) {
        regions.insert(regions.begin() + 1, m_boxes.front());
    }
    return regions;
}

}  // namespace fairlead::ui
