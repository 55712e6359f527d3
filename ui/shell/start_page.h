// StartPage: where the program begins: open, new, or the synthetic workspace. Recent files are not kept.

#pragma once

#include "ui/style/page.h"

class QPushButton;

namespace fairlead::ui {

class TextLabel;

/// Three ways in.
class StartPage final : public Page {
    Q_OBJECT

public:
    explicit StartPage(bool hasSynthetic, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;

signals:
    void openRequested();       ///< A workspace is to be chosen.
    void restoreRequested();    ///< A backup is to become a workspace.
    void newRequested();        ///< A workspace is to be made.
    void syntheticRequested();  ///< The synthetic workspace is to be opened.

private:
    QPushButton* m_open;
    QPushButton* m_restore;
    QPushButton* m_new;
    QPushButton* m_synthetic;
};

}  // namespace fairlead::ui
