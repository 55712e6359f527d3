// Trail: where the reader is, and the way back: "Schools › Bristol Secondary School › Risk of NEET".

#pragma once

#include <QWidget>
#include <functional>
#include <vector>

class QPushButton;

namespace fairlead::ui {

class FlowLayout;

/// A step of the trail.
struct Crumb {
    QString words;
    std::function<void()> open;  ///< Empty: the page that is shown.
};

/// Back, forward and the steps; every step but the last opens its page.
class Trail final : public QWidget {
    Q_OBJECT

public:
    explicit Trail(QWidget* parent = nullptr);
    /// Shows other steps.
    void setCrumbs(std::vector<Crumb> crumbs);
    /// Whether there is a page to go back and forward to.
    void setWays(bool back, bool forward);
    /// Opens the step before the last.
    void up();
    /// "Schools › Bristol Secondary School".
    [[nodiscard]] QString words() const;

signals:
    void backRequested();     ///< To the page before.
    void forwardRequested();  ///< To the page that was left with back.

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Crumb> m_crumbs;
    QPushButton* m_back;
    QPushButton* m_forward;
    QWidget* m_steps;
    FlowLayout* m_row;
};

}  // namespace fairlead::ui
