// LoadPage: what chosen files would bring, before anything of them is taken in.

#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "ui/sources/sources_content.h"
#include "ui/style/page.h"

class QBoxLayout;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class FieldPanel;
class TextLabel;

/// The files of a load, each with its law, its retention, its checks and how it differs from the delivery before.
class LoadPage final : public Page {
    Q_OBJECT

public:
    explicit LoadPage(QWidget* parent = nullptr);

    /// Shows what these files would bring.
    void setPreview(std::shared_ptr<const PreviewContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const PreviewContent* content() const { return m_content.get(); }

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Loading extracts"); }

signals:
    /// The files that are shown are to be loaded.
    void accepted(const std::vector<std::filesystem::path>& files);
    /// They are not.
    void declined();
    /// Other files were dropped on the page, to be looked at instead.
    void filesDropped(const std::vector<std::filesystem::path>& files);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitTable();
    void showFile();

    std::shared_ptr<const PreviewContent> m_content;
    QPushButton* m_load;
    QPushButton* m_decline;
    TextLabel* m_note;
    DataTable* m_table;
    QBoxLayout* m_panels;
    FieldPanel* m_holds;
    FieldPanel* m_why;
    FieldPanel* m_checks;
};

}  // namespace fairlead::ui
