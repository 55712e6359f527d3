// PosturePage: what protects this sitting and what does not.

#pragma once

#include <memory>
#include <vector>

#include "core/posture/posture.h"
#include "ui/table/parts_page.h"

namespace fairlead::ui {

class TextLabel;

/// Everything that was measured, each with how it stands; the row that is chosen has its sentence below.
class PosturePage final : public PartsPage {
    Q_OBJECT

public:
    using Findings = std::vector<posture::Finding>;

    explicit PosturePage(QWidget* parent = nullptr);
    /// Shows another measurement.
    void setFindings(std::shared_ptr<const Findings> findings);
    /// Null before the first.
    [[nodiscard]] const Findings* findings() const { return m_findings.get(); }
    /// What stands below the table, for tests.
    [[nodiscard]] QString explained() const;
    [[nodiscard]] QString helpChapter() const override { return QStringLiteral("Who may open a workspace"); }

signals:
    /// It is to be measured again.
    void readRequested();

protected:
    [[nodiscard]] Part partNow(int part) const override;

private:
    void follow();

    std::shared_ptr<const Findings> m_findings;
    TextLabel* m_name;
    TextLabel* m_sentence;
};

}  // namespace fairlead::ui
