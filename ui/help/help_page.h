// HelpPage: the handbook in the program, with search. Nothing is fetched from anywhere.

#pragma once

#include "ui/style/page.h"

class QLineEdit;
class QListView;
class QStringListModel;
class QTextBrowser;

namespace fairlead::ui {

class TextLabel;

/// Chapters at the left, the one that is marked at the right. Typing keeps the chapters that hold every word.
class HelpPage final : public Page {
    Q_OBJECT

public:
    explicit HelpPage(QWidget* parent = nullptr);
    /// Opens the first chapter whose title holds `words`; the first of all when there is none. Clears the search.
    void openChapter(const QString& words);
    /// The title of the chapter that is shown; empty when no chapter holds what was typed.
    [[nodiscard]] QString chapter() const;
    /// How many chapters hold what was typed.
    [[nodiscard]] int found() const { return static_cast<int>(m_shown.size()); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;

private:
    void search(const QString& typed);
    void follow();

    std::vector<std::size_t> m_shown;  ///< Of chapters().
    QLineEdit* m_find;
    TextLabel* m_note;
    QStringListModel* m_titles;
    QListView* m_list;
    QTextBrowser* m_text;
};

}  // namespace fairlead::ui
