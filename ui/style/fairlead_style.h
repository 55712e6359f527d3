// FairleadStyle: Fusion made flat and calm with the tokens. No style sheets: they cost accessibility and bevels.

#pragma once

#include <QProxyStyle>

namespace fairlead::ui {

/// The style of every control. Draws with tokens(), so a change of theme needs no new style.
class FairleadStyle final : public QProxyStyle {
    Q_OBJECT

public:
    /// Dynamic property of the one main button of a page.
    static constexpr const char* kPrimaryProperty = "fairleadPrimary";

    FairleadStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
};

/// The focus ring: 2 px dark inside 2 px yellow, just inside `rect`. Visible on every ground.
void drawFocusRing(QPainter& painter, const QRectF& rect, double radius = 4);

}  // namespace fairlead::ui
