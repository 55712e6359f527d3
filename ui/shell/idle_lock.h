// IdleLock: notices that nobody has touched keyboard or mouse for a while.

#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>

namespace fairlead::ui {

/// Watches the whole application and says once that it has been left alone. Time in which the computer sleeps counts.
class IdleLock final : public QObject {
    Q_OBJECT

public:
    /// Unless somebody chooses otherwise, and the longest that can be chosen.
    static constexpr std::chrono::minutes kUsual{5}, kLongest{15};

    /// How long the computer has been on; tests have a clock of their own.
    using Clock = std::function<std::chrono::milliseconds()>;

    explicit IdleLock(Clock clock = {}, QObject* parent = nullptr);

    /// Whether a workspace is open: the key or click that comes after the limit then does nothing but lock.
    void setGuarding(bool guards);
    /// From one minute to the longest; what is outside is taken as the nearer of both.
    void setLimit(std::chrono::minutes limit);
    [[nodiscard]] std::chrono::minutes limit() const { return m_limit; }
    /// Looks at the clock, as it does by itself every few seconds.
    void look();

signals:
    /// The limit has passed without a key or a click.
    void expired();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isOver() const { return m_clock() - m_lastUse >= m_limit; }
    void expireSoon();

    Clock m_clock;
    std::chrono::minutes m_limit = kUsual;
    std::chrono::milliseconds m_lastUse{};
    bool m_guards = false;
    bool m_isExpiring = false;
    QTimer m_timer;
};

}  // namespace fairlead::ui
