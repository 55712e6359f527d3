// RegisterPage: every indicator's definition in plain words: what counts, from which records, under which law, whose.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/indicator/definition.h"
#include "ui/style/page.h"

class QTextBrowser;

namespace fairlead::ui {

class DataTable;
class TableBar;

/// A version of a definition in the workspace's register.
struct RegisterLine {
    indicator::Definition definition;
    bool isNewest = true;  ///< False: a later version has taken its place.
    bool isReviewDue = false;
    std::int64_t fromLoad = 0;              ///< Counts for readings as known at this load and later.
    std::vector<std::string> usedIn = {};   ///< "overview", "family count".
    std::vector<std::string> gaps = {};     ///< Datasets and purposes that no gateway it names carries today.
    std::vector<std::string> changes = {};  ///< "30/06/2026: approved. The reason."
};

/// The register, and the words of the law it names.
struct RegisterContent {
    std::vector<RegisterLine> lines;              ///< In the order of groups, the newest version first.
    std::map<std::string, std::string> gateways;  ///< Citations by id.
};

/// A definition as plain text with a title on each part: for the screen, a clipboard, a printer.
QString definitionAsText(const RegisterContent& content, const RegisterLine& line);

/// The table of definitions and the text of the one that is marked.
class RegisterPage final : public Page {
    Q_OBJECT

public:
    explicit RegisterPage(QWidget* parent = nullptr);
    /// Shows these definitions.
    void setRegister(std::shared_ptr<const RegisterContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const RegisterContent* content() const { return m_content.get(); }
    /// Marks the definition with this id; a group's id marks its first.
    void showDefinition(const QString& id);
    /// The text that is shown.
    [[nodiscard]] QString text() const;

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("The indicators"); }

private:
    void follow();

    std::shared_ptr<const RegisterContent> m_content;
    DataTable* m_table;
    TableBar* m_bar;
    QTextBrowser* m_text;
};

}  // namespace fairlead::ui
