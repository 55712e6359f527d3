#include "ui/governance/sheet_fields.h"

#include <QCheckBox>
#include <QGridLayout>

#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"

namespace fairlead::ui {

SheetFields::SheetFields(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    auto* shown = new QCheckBox(tr("Show what is typed"));
    for (int sheet = 0; sheet < kSheets; ++sheet) {
        grid->addWidget(new TextLabel(tr("Sheet %1").arg(sheet + 1), TextRole::BodyStrong), 0, 2 * sheet + 1);
        grid->setColumnStretch(2 * sheet + 1, 1);
        for (int line = 0; line < kLines; ++line) {
            auto* field = new PassphraseEdit(tr("Sheet %1, line %2").arg(sheet + 1).arg(line + 1));
            grid->addWidget(new TextLabel(QString::number(line + 1), TextRole::Body, Ink::Secondary), line + 1,
                            2 * sheet);
            grid->addWidget(field, line + 1, 2 * sheet + 1);
            connect(shown, &QCheckBox::toggled, field, &PassphraseEdit::setShown);
            m_lines.at(static_cast<std::size_t>(sheet)).at(static_cast<std::size_t>(line)) = field;
        }
    }
    grid->addWidget(shown, kLines + 1, 1, 1, 2 * kSheets - 1);
}

QString SheetFields::missing() const {
    for (const auto& sheet : m_lines) {
        for (const PassphraseEdit* field : sheet) {
            if (field->text().trimmed().isEmpty()) {
                return tr("%1 is empty.").arg(field->accessibleName());
            }
        }
    }
    return {};
}

PassphraseInHand SheetFields::sheet(int which) const {
    std::string all;
    int number = 0;
    for (const PassphraseEdit* field : m_lines.at(static_cast<std::size_t>(which))) {
        std::string line = field->text().toStdString();
        all += std::to_string(++number) + " " + line + "\n";
        crypto::wipe(line);
    }
    auto secret = std::make_shared<const crypto::Secret>(crypto::Secret::copyOf(all));
    crypto::wipe(all);
    return secret;
}

SheetsTyped SheetFields::typed() const { return {sheet(0), sheet(1)}; }

void SheetFields::forget() {
    for (const auto& sheet : m_lines) {
        for (PassphraseEdit* field : sheet) {
            field->forget();
        }
    }
}

void SheetFields::begin() { m_lines.front().front()->setFocus(Qt::OtherFocusReason); }

}  // namespace fairlead::ui
