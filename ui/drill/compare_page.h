// ComparePage: every figure of a school at two dates, what moved each, and the pupils whom it concerned.

#pragma once

#include <memory>

#include "ui/drill/change_content.h"
#include "ui/style/page.h"

class QBoxLayout;
class QComboBox;
class QDateEdit;
class QPushButton;

namespace fairlead::ui {

class DataTable;
class FlowLayout;
class TableBar;
class TextLabel;
class KnownAtField;

/// Two readings side by side; the parts of each difference add up to it.
class ComparePage final : public Page {
    Q_OBJECT

public:
    explicit ComparePage(QWidget* parent = nullptr);

    /// Shows another comparison; the figure that was marked stays marked.
    void setComparison(std::shared_ptr<const CompareContent> content);
    /// What is shown; null before the first.
    [[nodiscard]] const CompareContent* content() const { return m_content.get(); }
    /// Marks a figure.
    void markFigure(const QString& figureId);

    [[nodiscard]] QWidget* firstFocus() override;
    [[nodiscard]] std::vector<QWidget*> regions() override;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Comparing dates"); }
    void focusDate() override;

signals:
    /// Other dates, readings or another year group were chosen.
    void requested(const fairlead::ui::CompareRequest& request);
    /// A pupil was opened.
    void pupilOpened(fairlead::record::PersonKey pupil);
    /// Names are to be shown (a reason is asked for) or hidden again.
    void namesToggled();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// The two controls of one reading.
    struct End {
        QDateEdit* date = nullptr;
        KnownAtField* known = nullptr;
    };

    End buildEnd(FlowLayout* row, const QString& label, const QString& name);
    QWidget* buildHeader();
    void fillEnd(const End& end, Date date, const std::optional<KnownAt>& knownAt);
    void fillYears();
    void showFigure();
    void showStep();
    void ask(bool withFirstKnownAt);
    [[nodiscard]] const ComparedLine* marked() const;

    std::shared_ptr<const CompareContent> m_content;
    bool m_filling = false;
    QString m_wanted;  ///< A figure to be marked once there is content.
    End m_from;
    End m_to;
    QComboBox* m_year = nullptr;
    QPushButton* m_names = nullptr;
    TextLabel* m_note;
    DataTable* m_figures;
    TableBar* m_bar;
    TextLabel* m_why;
    TextLabel* m_links;
    DataTable* m_steps;
    TextLabel* m_who;
    DataTable* m_pupils;
    QBoxLayout* m_below;
};

}  // namespace fairlead::ui
