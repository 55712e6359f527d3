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

/// The definitions in force, in the order of groups.
struct RegisterContent {
    std::vector<indicator::Definition> definitions;
    std::map<std::string, std::string> gateways;  ///< Citations by id.
};

/// A definition as plain text with a title on each part: for the screen, a clipboard, a printer.
QString definitionAsText(const RegisterContent& content, const indicator::Definition& definition);

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
