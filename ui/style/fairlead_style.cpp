#include "ui/style/fairlead_style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>
#include <algorithm>

#include "ui/style/look.h"

namespace fairlead::ui {

namespace {

constexpr double kRadius = 4;

void drawPanel(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border, double width = 1) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(border, width));
    painter.setBrush(fill);
    const double half = width / 2;
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), kRadius, kRadius);
    painter.restore();
}

bool isPrimary(const QWidget* widget) {
    return widget != nullptr && widget->property(FairleadStyle::kPrimaryProperty).toBool();
}

void drawButton(const QStyleOption& option, QPainter& painter, const QWidget* widget) {
    const Tokens& t = tokens();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool down = option.state.testFlag(QStyle::State_Sunken) || option.state.testFlag(QStyle::State_On);
    const bool over = option.state.testFlag(QStyle::State_MouseOver);
    if (isPrimary(widget) && enabled) {
        const QColor fill = down ? t.accent.darker(120) : over ? t.accent.lighter(112) : t.accent;
        drawPanel(painter, option.rect, fill, fill);
        return;
    }
    const QColor fill = enabled && (down || over) ? t.selectedRow : t.card;
    drawPanel(painter, option.rect, fill, enabled ? t.controlBorder : t.hairline);
}

void drawChevron(QPainter& painter, const QRect& rect, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double half = scaled(4);
    const QPointF centre = QRectF(rect).center();
    painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF(
        {centre + QPointF(-half, -half / 2), centre + QPointF(0, half / 2), centre + QPointF(half, -half / 2)}));
    painter.restore();
}

void drawProgress(const QStyleOption& option, QPainter& painter) {
    const Tokens& t = tokens();
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(&option);
    drawPanel(painter, option.rect, t.card, t.controlBorder);
    if (bar == nullptr) {
        return;
    }
    const QRect inner = option.rect.adjusted(2, 2, -2, -2);
    const int range = bar->maximum - bar->minimum;
    // Not knowing how much is left is shown as a quarter of the bar: nothing here moves by itself.
    const double share = range > 0 ? static_cast<double>(bar->progress - bar->minimum) / range : 0.25;
    QRect done = inner;
    done.setWidth(static_cast<int>(inner.width() * share));
    if (done.width() > 0) {
        painter.fillRect(done, t.accent);
    }
}

/// A ring, with a dot in it when it is chosen.
void drawRadio(QPainter& painter, const QRect& rect, bool isOn) {
    const Tokens& t = tokens();
    const double side = std::min(rect.width(), rect.height());
    QRectF ring(0, 0, side - 1, side - 1);
    ring.moveCenter(QRectF(rect).center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.controlBorder, 1));
    painter.setBrush(t.card);
    painter.drawEllipse(ring);
    if (isOn) {
        const double inset = side * 0.25;
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.accent);
        painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset));
    }
    painter.restore();
}

}  // namespace

void drawFocusRing(QPainter& painter, const QRectF& rect, double radius) {
    const Tokens& t = tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(t.focusOuter, 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.setPen(QPen(t.focusInner, 2));
    painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), radius - 1, radius - 1);
    painter.restore();
}

FairleadStyle::FairleadStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void FairleadStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const {
    const Tokens& t = tokens();
    switch (element) {
        case PE_PanelButtonCommand: drawButton(*option, *painter, widget); return;
        case PE_FrameDefaultButton: return;
        case PE_FrameFocusRect: drawFocusRing(*painter, option->rect); return;
        case PE_PanelLineEdit: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (frame != nullptr && frame->lineWidth > 0) {
                const bool focused = option->state.testFlag(State_HasFocus);
                drawPanel(*painter, option->rect, t.card, focused ? t.accent : t.controlBorder, focused ? 2 : 1);
            } else {
                painter->fillRect(option->rect, t.card);
            }
            return;
        }
        case PE_FrameLineEdit: return;
        case PE_IndicatorCheckBox: {
            drawPanel(*painter, option->rect, t.card, t.controlBorder);
            if (option->state.testFlag(State_On)) {
                painter->save();
                painter->setRenderHint(QPainter::Antialiasing);
                painter->setPen(QPen(t.accent, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                const QRectF box = QRectF(option->rect);
                const auto at = [&](double x, double y) {
                    return box.topLeft() + QPointF(box.width() * x, box.height() * y);
                };
                painter->drawPolyline(QPolygonF({at(0.22, 0.52), at(0.43, 0.74), at(0.8, 0.28)}));
                painter->restore();
            }
            return;
        }
        case PE_IndicatorRadioButton: drawRadio(*painter, option->rect, option->state.testFlag(State_On)); return;
        case PE_Frame: {
            drawPanel(*painter, option->rect, Qt::transparent, t.hairline);
            return;
        }
        default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FairleadStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    const Tokens& t = tokens();
    if (element == CE_PushButtonLabel) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button != nullptr && isPrimary(widget)) {
            QStyleOptionButton copy(*button);
            copy.palette.setColor(QPalette::Active, QPalette::ButtonText, t.onAccent);
            copy.palette.setColor(QPalette::Inactive, QPalette::ButtonText, t.onAccent);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea) {
        painter->fillRect(option->rect, t.card);
        painter->setPen(t.hairline);
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    }
    if (element == CE_ProgressBarGroove) {
        drawProgress(*option, *painter);
        return;
    }
    if (element == CE_ProgressBarContents) {
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FairleadStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                       const QWidget* widget) const {
    if (control == CC_ComboBox) {
        const Tokens& t = tokens();
        const bool enabled = option->state.testFlag(State_Enabled);
        const bool over = enabled && option->state.testFlag(State_MouseOver);
        const bool focused = option->state.testFlag(State_HasFocus);
        const QColor border = !enabled ? t.hairline : focused ? t.accent : t.controlBorder;
        drawPanel(*painter, option->rect, over ? t.selectedRow : t.card, border, focused ? 2 : 1);
        const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
        drawChevron(*painter, arrow, enabled ? t.text : t.controlBorder);
        return;
    }
    if (control == CC_ScrollBar) {
        const Tokens& t = tokens();
        painter->fillRect(option->rect, t.window);
        const QRectF slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.controlBorder);
        painter->drawRoundedRect(slider.adjusted(3, 3, -3, -3), 3, 3);
        painter->restore();
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int FairleadStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical: return 0;
        case PM_ScrollBarExtent: return scaled(12);
        case PM_HeaderMargin: return 8;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight: return scaled(16);
        default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FairleadStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* returnData) const {
    switch (hint) {
        // Enter and double click open; a single click only selects.
        case SH_ItemView_ActivateItemOnSingleClick: return 0;
        case SH_ComboBox_Popup: return 0;
        case SH_Widget_Animate:
        case SH_Widget_Animation_Duration: return 0;
        case SH_UnderlineShortcut: return 1;
        default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QRect FairleadStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(4, 0, -4, 0) : rect;
}

QSize FairleadStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                      const QWidget* widget) const {
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
        case CT_PushButton: size = QSize(contents.width() + scaled(24), scaled(28)); break;
        case CT_ComboBox: size = QSize(size.width() + scaled(8), scaled(28)); break;
        case CT_SpinBox: size = QSize(size.width() + scaled(16), scaled(28)); break;
        case CT_LineEdit: size.setHeight(scaled(28)); break;
        default: break;
    }
    return size;
}

}  // namespace fairlead::ui
