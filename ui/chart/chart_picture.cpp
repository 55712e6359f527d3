#include "ui/chart/chart_picture.h"

#include <QPainter>

#include "ui/chart/chart_view.h"
#include "ui/chart/plot_view.h"
#include "ui/style/look.h"

namespace fairlead::ui {

namespace {

constexpr int kMargin = 16;
constexpr qreal kSharpness = 2.0;

/// Writes wrapped words and gives the place below them; without a painter it only measures.
int written(QPainter* painter, const QFont& font, const QString& words, const QRect& room) {
    const QRect needed = QFontMetrics(font).boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, words);
    if (painter != nullptr) {
        painter->setFont(font);
        painter->drawText(room, Qt::AlignLeft | Qt::TextWordWrap, words);
    }
    return room.top() + needed.height() + kMargin / 2;
}

/// Lays everything out from the top; gives the height that it takes.
int drawn(QPainter* painter, const QImage& plot, const ChartView& chart, const QStringList& head, int width) {
    const auto room = [&](int top) { return QRect(kMargin, top, width - 2 * kMargin, 10'000); };
    int top = kMargin;
    top = written(painter, font(TextRole::NoteStrong), head.value(0), room(top));
    top = written(painter, font(TextRole::CardTitle), chart.content().title, room(top));
    if (head.size() > 1) {
        top = written(painter, font(TextRole::Note), head.mid(1).join(QStringLiteral(" · ")), room(top));
    }
    const QSize size = plot.size() / plot.devicePixelRatio();
    if (painter != nullptr) {
        painter->drawImage(QPoint(kMargin, top), plot);
    }
    top += size.height() + kMargin / 2;
    return written(painter, font(TextRole::Note), chart.summary(), room(top)) + kMargin / 2;
}

}  // namespace

QImage chartPicture(ChartView& chart, const QStringList& head) {
    PlotView& view = chart.plot();
    QImage plot(view.size() * kSharpness, QImage::Format_RGB32);
    plot.setDevicePixelRatio(kSharpness);
    plot.fill(tokens().card);
    view.QWidget::render(&plot);
    const int width = view.width() + 2 * kMargin;
    QImage picture(QSize(width, drawn(nullptr, plot, chart, head, width)) * kSharpness, QImage::Format_RGB32);
    picture.setDevicePixelRatio(kSharpness);
    picture.fill(tokens().card);
    QPainter painter(&picture);
    painter.setPen(tokens().text);
    drawn(&painter, plot, chart, head, width);
    return picture;
}

}  // namespace fairlead::ui
