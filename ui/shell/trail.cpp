#include "ui/shell/trail.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

#include "ui/style/flow_layout.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

namespace {

constexpr qsizetype kLongestCrumb = 48;

QString shortened(const QString& words) {
    return words.size() <= kLongestCrumb ? words : words.left(kLongestCrumb - 1) + QChar(0x2026);
}

}  // namespace

Trail::Trail(QWidget* parent)
    : QWidget(parent),
      m_back(new QPushButton(QStringLiteral("\u2039"))),
      m_forward(new QPushButton(QStringLiteral("\u203A"))),
      m_steps(new QWidget),
      m_row(new FlowLayout(m_steps, 6)) {
    m_back->setAccessibleName(tr("Back"));
    m_back->setToolTip(tr("Back (Alt+Left)"));
    m_forward->setAccessibleName(tr("Forward"));
    m_forward->setToolTip(tr("Forward (Alt+Right)"));
    connect(m_back, &QPushButton::clicked, this, &Trail::backRequested);
    connect(m_forward, &QPushButton::clicked, this, &Trail::forwardRequested);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 4, 14, 4);
    row->setSpacing(6);
    row->addWidget(m_back, 0, Qt::AlignTop);
    row->addWidget(m_forward, 0, Qt::AlignTop);
    row->addWidget(m_steps, 1, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Trail::setCrumbs(std::vector<Crumb> crumbs) {
    // A step that was just pressed may still be on the stack: it goes when its event is over.
    while (QLayoutItem* item = m_row->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_crumbs = std::move(crumbs);
    for (std::size_t i = 0; i < m_crumbs.size(); ++i) {
        const Crumb& crumb = m_crumbs[i];
        if (i > 0) {
            m_row->addWidget(new TextLabel(QStringLiteral("\u203A"), TextRole::Body, Ink::Secondary));
        }
        if (!crumb.open || i + 1 == m_crumbs.size()) {
            auto* last = new TextLabel(shortened(crumb.words), TextRole::BodyStrong);
            last->setContentsMargins(8, 0, 8, 0);
            m_row->addWidget(last);
            continue;
        }
        auto* step = new QPushButton(shortened(crumb.words));
        step->setFlat(true);
        step->setAccessibleName(tr("Go to %1").arg(crumb.words));
        connect(step, &QPushButton::clicked, this, [this, i] { m_crumbs[i].open(); });
        m_row->addWidget(step);
    }
    updateGeometry();
}

void Trail::setWays(bool back, bool forward) {
    m_back->setEnabled(back);
    m_forward->setEnabled(forward);
}

void Trail::up() {
    if (m_crumbs.size() > 1) {
        m_crumbs[m_crumbs.size() - 2].open();
    }
}

QString Trail::words() const {
    QStringList words;
    for (const Crumb& crumb : m_crumbs) {
        words << crumb.words;
    }
    return words.join(QStringLiteral(" › "));
}

void Trail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(tokens().hairline);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

}  // namespace fairlead::ui
