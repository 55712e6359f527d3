// FieldPanel: a card of labels and values; values can be selected and copied, and are never markup.

#pragma once

#include <vector>

#include "ui/style/text_label.h"

class QGridLayout;

namespace fairlead::ui {

/// A label and a value.
struct LabelledValue {
    QString label;
    QString value;
};

/// A titled card of label and value lines.
class FieldPanel final : public Card {
    Q_OBJECT

public:
    explicit FieldPanel(const QString& title, QWidget* parent = nullptr);
    /// Shows other lines.
    void setFields(const std::vector<LabelledValue>& fields);

private:
    QString m_title;
    QGridLayout* m_grid;
    std::vector<TextLabel*> m_labels;
    std::vector<TextLabel*> m_values;
};

}  // namespace fairlead::ui
