#include "ui/help/help_page.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QListView>
#include <QStringListModel>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/help/chapters.h"
#include "ui/style/entry_delegate.h"
#include "ui/style/look.h"
#include "ui/style/no_drag.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

bool holds(const Chapter& chapter, const QStringList& words) {
    return std::ranges::all_of(
        words, [&](const QString& word) { return chapter.markdown.contains(word, Qt::CaseInsensitive); });
}

}  // namespace

HelpPage::HelpPage(QWidget* parent)
    : Page(parent),
      m_find(new QLineEdit),
      m_note(new TextLabel(QString(), TextRole::Note, Ink::Secondary)),
      m_titles(new QStringListModel(this)),
      m_list(new QListView),
      m_text(new QTextBrowser) {
    m_find->setPlaceholderText(tr("Find in the handbook"));
    m_find->setAccessibleName(tr("Find in the handbook"));
    m_find->setClearButtonEnabled(true);
    m_list->setModel(m_titles);
    m_list->setAccessibleName(tr("Chapters"));
    showEntries(*m_list);
    m_text->setAccessibleName(tr("Text of the chapter"));
    m_text->setOpenLinks(false);
    keepFromDragging(*m_text);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    auto* chapters = new Card;
    auto* left = new QVBoxLayout(chapters);
    left->setContentsMargins(8, 8, 8, 8);
    left->addWidget(m_find);
    left->addWidget(m_note);
    left->addWidget(m_list, 1);
    auto* text = new Card;
    auto* right = new QVBoxLayout(text);
    right->setContentsMargins(12, 8, 12, 8);
    right->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(chapters, 1);
    row->addWidget(text, 3);
    auto* column = pageColumn(this);
    column->addWidget(new TextLabel(tr("Handbook"), TextRole::Title));
    column->addLayout(row, 1);
    connect(m_find, &QLineEdit::textChanged, this, &HelpPage::search);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &HelpPage::follow);
    connect(&lookChanges(), &LookChanges::changed, this, &HelpPage::follow);
    // A link leads to another document of the program, or nowhere.
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const auto& all = ui::chapters();
        const auto found = std::ranges::find(all, link.path(), &Chapter::document);
        if (found != all.end()) {
            openChapter(found->title);
        }
    });
    search({});
}

void HelpPage::search(const QString& typed) {
    const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_shown.clear();
    QStringList titles;
    const auto& all = chapters();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (holds(all[i], words)) {
            m_shown.push_back(i);
            titles << all[i].title;
        }
    }
    m_titles->setStringList(titles);
    m_note->setText(tr("%1 of %2 chapters").arg(number(found()), number(static_cast<int>(all.size()))));
    m_list->setCurrentIndex(m_titles->index(0, 0));
    follow();
}

void HelpPage::openChapter(const QString& words) {
    m_find->clear();
    const auto& all = chapters();
    const auto found = std::ranges::find_if(
        all, [&](const Chapter& chapter) { return chapter.title.contains(words, Qt::CaseInsensitive); });
    m_list->setCurrentIndex(m_titles->index(found == all.end() ? 0 : static_cast<int>(found - all.begin()), 0));
}

QString HelpPage::chapter() const { return m_list->currentIndex().data().toString(); }

void HelpPage::follow() {
    m_text->document()->setDefaultFont(ui::font(TextRole::Body));
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= found()) {
        m_text->setPlainText(tr("No chapter holds these words. Type fewer of them."));
        return;
    }
    m_text->document()->setMarkdown(chapters()[m_shown[static_cast<std::size_t>(row)]].markdown);
    m_text->moveCursor(QTextCursor::Start);  // Reading text in leaves it at the end.
    const QStringList words = m_find->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (!words.isEmpty()) {
        m_text->find(words.front());
    }
}

QWidget* HelpPage::firstFocus() { return m_list; }

std::vector<QWidget*> HelpPage::regions() { return {m_find, m_list, m_text}; }

}  // namespace fairlead::ui
