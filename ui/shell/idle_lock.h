// IdleLock: notices that nobody has touched keyboard or mouse for a while.

#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

namespace fairlead::ui {

/// Watches the whole application and says once that it has been left alone.
class IdleLock final : public QObject {
    Q_OBJECT

public:
    explicit IdleLock(std::chrono::milliseconds limit, QObject* parent = nullptr);

signals:
    /// The limit has passed without a key or a click.
    void expired();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer m_timer;
};

}  // namespace fairlead::ui
