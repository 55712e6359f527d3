// SourcesPage: what has been supplied, under which law, until when it may be kept; loading and linking.

#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "ui/sources/sources_content.h"
#include "ui/style/page.h"

class QPushButton;

namespace fairlead {
struct Error;
}

namespace fairlead::ui {

class DataTable;
class TaskRunner;
class TaskStrip;
class TextLabel;

/// The deliveries of the workspace. Starts loading and linking through its signals and tells their results in words.
class SourcesPage final : public Page {
    Q_OBJECT

public:
    /// `runner` is the one whose progress the page shows.
    explicit SourcesPage(TaskRunner& runner, QWidget* parent = nullptr);

    /// Shows these deliveries.
    void setSources(std::shared_ptr<const SourcesContent> content);
    /// Says what a load brought.
    void showLoaded(const LoadOutcome& outcome);
    /// Says what a linkage run found.
    void showLinked(const LinkOutcome& outcome);
    /// Says why something could not be done.
    void showError(const Error& error);
    /// While work runs, neither loading nor linking can be started.
    void setBusy(bool busy);

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Loading extracts"); }

signals:
    /// Extract files are to be chosen and loaded.
    void loadRequested();
    /// Extract files were dropped on the page.
    void filesDropped(const std::vector<std::filesystem::path>& files);
    /// Records are to be linked.
    void linkRequested();

private:
    void showGateways();

    QPushButton* m_load;
    QPushButton* m_link;
    TaskStrip* m_strip;
    TextLabel* m_outcome;
    TextLabel* m_note;
    DataTable* m_table;
    TextLabel* m_gateways;
    std::shared_ptr<const SourcesContent> m_content;
    bool m_hasDeliveries = false;
    bool m_busy = false;
};

}  // namespace fairlead::ui
