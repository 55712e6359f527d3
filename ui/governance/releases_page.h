// ReleasesPage: who is involved with which child, and the names released for it.

#pragma once

#include <memory>

#include "ui/governance/act_dialog.h"
#include "ui/governance/releases_content.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

/// Releases and involvements. Who may release makes and withdraws both here; everybody else sees their own.
class ReleasesPage final : public PartsPage {
    Q_OBJECT

public:
    explicit ReleasesPage(QWidget* parent = nullptr);
    /// Shows what stands now.
    void setReleases(std::shared_ptr<const ReleasesContent> content);
    /// The act that was asked for is done: its form closes.
    void closeForm() { m_form.close(); }
    /// The act that was asked for was refused: as ActForm::showError().
    bool showError(const Error& error) { return m_form.showError(error); }

    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// Something is to be done.
    void actRequested(const fairlead::ui::ReleaseAct& act);

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void ask(ReleaseAct::Kind kind);
    void follow();
    [[nodiscard]] const release::ReleaseEntry* currentRelease() const;
    [[nodiscard]] const release::Involvement* currentInvolvement() const;

    std::shared_ptr<const ReleasesContent> m_content;
    ActForm m_form;
    QPushButton* m_involve;
    QPushButton* m_release;
    QPushButton* m_withdraw;
};

}  // namespace fairlead::ui
