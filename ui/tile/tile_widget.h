// TileWidget: one figure of the overview: name, number, unit, change in words, twelve months as a line.

#pragma once

#include <QAbstractButton>

#include "core/indicator/overview.h"

namespace fairlead::ui {

/// What a tile shows.
struct TileContent {
    QString figureId;  ///< Of the indicator or group; what a press opens.
    QString name;
    indicator::Figure figure;
    bool isGroup = false;  ///< Larger number, accent bar, share of the roll.
    int onRoll = 0;        ///< For a group's share; 0 = none shown.
    QString note;          ///< A second line such as "source 5 days late"; may be empty.
};

/// A button that is a figure. Enter, Space or a click opens it; F6 and Tab reach it; it reads itself out.
class TileWidget final : public QAbstractButton {
    Q_OBJECT

public:
    explicit TileWidget(TileContent content, QWidget* parent = nullptr);

    /// What it shows.
    [[nodiscard]] const TileContent& content() const { return m_content; }
    /// Replaces what it shows.
    void setContent(TileContent content);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The figure was opened.
    void opened(const QString& figureId);
    /// The lists are to be filtered by the figure (Ctrl+click).
    void filterRequested(const QString& figureId);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] QString spoken() const;
    TileContent m_content;
    bool m_keyboardFocus = false;
};

}  // namespace fairlead::ui
