// LearnPage: the learning modules with their tasks, and what of them has been done. The record holds numbers of tasks
// and nothing else: whose it is, is not written down.

#pragma once

#include <QStringList>
#include <vector>

#include "ui/style/page.h"

class QCheckBox;
class QListView;
class QPushButton;
class QStringListModel;
class QTextBrowser;
class QVBoxLayout;

namespace fairlead::ui {

class TextLabel;

/// A module: its text, and what is to be done.
struct Module {
    QString title;      ///< "Module 1: Reading the overview".
    QString lead;       ///< "Do this:".
    QString rest;       ///< Markdown: questions and answers.
    QStringList tasks;  ///< The steps below it, plain text.
};

/// The chapters of a document that have steps; for tests as well.
std::vector<Module> modulesOf(const QString& markdown);
/// The modules that ship with the program.
const std::vector<Module>& modules();

/// Modules at the left; text and tasks of the one that is marked at the right.
class LearnPage final : public Page {
    Q_OBJECT

public:
    explicit LearnPage(QWidget* parent = nullptr);
    /// Ticks the tasks of a record: "2.1" is the first task of the second module. What is no task is passed over.
    void setDone(const QStringList& done);
    /// The record, in the order of the tasks.
    [[nodiscard]] QStringList done() const;
    /// Shows a module, counted from 0.
    void showModule(int module);
    /// The record in words, to be copied: modules, tasks done, the version of the program.
    [[nodiscard]] QString record() const;

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Learning with"); }

signals:
    /// A task was ticked or unticked.
    void doneChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitText();
    void follow();
    void fillTitles();
    void tick(int task, bool done);

    QStringList m_done;
    QPushButton* m_copy;
    TextLabel* m_progress;
    QStringListModel* m_titles;
    QListView* m_list;
    TextLabel* m_module;
    TextLabel* m_lead;
    QTextBrowser* m_text;
    QVBoxLayout* m_tasks;
    std::vector<QCheckBox*> m_boxes;
};

}  // namespace fairlead::ui
