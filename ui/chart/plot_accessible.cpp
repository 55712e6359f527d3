#include "ui/chart/plot_accessible.h"

#include <QAccessibleWidget>
#include <map>

#include "ui/chart/plot_view.h"

namespace fairlead::ui {

namespace {

/// One point of a chart.
class PointAccessible final : public QAccessibleInterface {
public:
    PointAccessible(PlotView* plot, int point) : m_plot(plot), m_point(point) {}

    bool isValid() const override {
        return m_plot != nullptr && m_point < static_cast<int>(m_plot->content().points.size());
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_plot); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? m_plot->spoken(m_point) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        const QRect own = isValid() ? m_plot->pointRect(m_point) : QRect();
        return {m_plot->viewport()->mapToGlobal(own.topLeft()), own.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.focused = isValid() && m_plot->hasFocus() && m_plot->currentPoint() == m_point;
        state.invalid = !isValid();
        return state;
    }

private:
    PlotView* m_plot;
    int m_point;
};

/// The chart itself.
class PlotAccessible final : public QAccessibleWidget {
public:
    explicit PlotAccessible(PlotView* plot) : QAccessibleWidget(plot, QAccessible::Chart), m_plot(plot) {}
    ~PlotAccessible() override {
        for (const auto& [point, id] : m_points) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    int childCount() const override { return static_cast<int>(m_plot->content().points.size()); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        const auto found = m_points.find(index);
        if (found != m_points.end()) {
            return QAccessible::accessibleInterface(found->second);
        }
        auto* made = new PointAccessible(m_plot, index);
        m_points.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override {
        for (const auto& [point, id] : m_points) {
            if (QAccessible::accessibleInterface(id) == wanted) {
                return point;
            }
        }
        return -1;
    }
    QAccessibleInterface* focusChild() const override {
        return m_plot->hasFocus() ? child(m_plot->currentPoint()) : nullptr;
    }

private:
    PlotView* m_plot;
    mutable std::map<int, QAccessible::Id> m_points;
};

QAccessibleInterface* makePlotAccessible(const QString&, QObject* object) {
    auto* plot = qobject_cast<PlotView*>(object);
    return plot == nullptr ? nullptr : new PlotAccessible(plot);
}

}  // namespace

void installPlotAccessible() {
    static const bool once = [] {
        QAccessible::installFactory(makePlotAccessible);
        return true;
    }();
    static_cast<void>(once);
}

}  // namespace fairlead::ui
