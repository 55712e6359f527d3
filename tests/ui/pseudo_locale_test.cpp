// A language that does not exist: every text that goes through tr() comes back longer and in brackets. What has none
// was written into a page past the translator, and what is cut off would be cut off in a real language too.

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

#include "tests/ui/every_page.h"
#include "tests/ui/opened.h"
#include "ui/style/text_label.h"
#include "ui/table/data_table.h"
#include "ui/task/task_runner.h"

using namespace fairlead;
using namespace fairlead::ui;

namespace {

class PseudoLocale final : public QTranslator {
public:
    PseudoLocale() { QCoreApplication::installTranslator(this); }
    ~PseudoLocale() override { QCoreApplication::removeTranslator(this); }
    PseudoLocale(const PseudoLocale&) = delete;
    PseudoLocale& operator=(const PseudoLocale&) = delete;

    [[nodiscard]] bool isEmpty() const override { return false; }
    /// Vowels with marks and a third more letters, as German and Polish have; %1 and & stay.
    [[nodiscard]] QString translate(const char*, const char* source, const char*, int) const override {
        QString text = QString::fromUtf8(source);
        const auto length = text.size();
        const QString plain = QStringLiteral("aeiouAEIOU"), marked = QStringLiteral("áéíóúÁÉÍÓÚ");
        for (QChar& letter : text) {
            if (const auto at = plain.indexOf(letter); at >= 0) {
                letter = marked[at];
            }
        }
        // Further words, so that sentences wrap as they do.
        for (qsizetype more = 0; more < length / 3; more += 4) {
            text += QStringLiteral(" lon");
        }
        return QLatin1Char('[') + text + QLatin1Char(']');
    }
};

/// Names of indicators and their groups, letters of pupils, schools, months and files are data.
bool isData(const QString& text) {
    if (std::ranges::any_of(made_up::glance().groups,
                            [&](const std::string& group) { return text == ui::text(group); })) {
        return true;
    }
    // What the made-up records, files and laws say.
    static const QStringList records = {"made-up.fairlead",
                                        "new.fairlead",
                                        "education_2026-06-20.fxt",
                                        "police_6.fxt",
                                        "ISA-04",
                                        "NEET checklist review",
                                        "Education Act",
                                        "Crime and Dis",
                                        "Bristol Secondary School",
                                        "Risk of NEET",
                                        "A school's car",
                                        "safeguarding review",
                                        "person",
                                        "fact"};
    if (std::ranges::any_of(records, [&](const QString& said) { return text.startsWith(said); })) {
        return true;
    }
    static const QRegularExpression letters(QStringLiteral("[A-Za-z]{2}"));
    static const QRegularExpression month(QStringLiteral("^[A-Z][a-z]{2,8} \\d{2,4}$"));
    return !letters.match(text).hasMatch() || month.match(text).hasMatch();
}

bool isTranslated(const QString& text) { return text.contains(QLatin1Char('[')) || isData(text); }

/// The texts of a page: labels, buttons, titles of columns, names for screen readers, hints.
QStringList fixedTexts(QWidget& page) {
    QStringList texts;
    for (const QAbstractButton* button : page.findChildren<QAbstractButton*>()) {
        texts << button->text() << button->toolTip();
    }
    for (const TextLabel* label : page.findChildren<TextLabel*>()) {
        texts << label->text();
    }
    for (const QLineEdit* field : page.findChildren<QLineEdit*>()) {
        texts << field->placeholderText() << field->accessibleName();
    }
    for (const QComboBox* box : page.findChildren<QComboBox*>()) {
        texts << box->accessibleName();
    }
    for (const DataTable* table : page.findChildren<DataTable*>()) {
        texts << table->accessibleName() << table->emptyText();
        for (const TableColumn& column : table->content().columns) {
            texts << column.title;
        }
    }
    texts.removeAll(QString());
    return texts;
}

}  // namespace

TEST_CASE("every label, button, column, hint and name goes through tr()", "[ui][pseudo]") {
    const PseudoLocale locale;
    TaskRunner runner;
    int seen = 0;
    for (const made_up::NamedPage& page : made_up::everyPage(runner)) {
        const std::string_view name = page.name;
        if (name == "trail" || name == "palette" || name == "learn") {
            continue;  // They show what they are given: crumbs, entries, a document.
        }
        const QStringList fixed = fixedTexts(*page.widget);
        for (const QString& text : fixed) {
            INFO(page.name << ": " << text.toStdString());
            CHECK(isTranslated(text));
            ++seen;
        }
    }
    CHECK(seen > 500);
}

TEST_CASE("every menu goes through tr()", "[ui][pseudo]") {
    const PseudoLocale locale;
    made_up::Opened opened;
    int seen = 0;
    for (const QAction* action : opened.window.findChildren<QAction*>()) {
        INFO(action->text().toStdString());
        CHECK((action->text().isEmpty() || isTranslated(action->text())));
        ++seen;
    }
    CHECK(seen > 50);
}

TEST_CASE("in a longer language nothing is cut off at 1366 pixels", "[ui][pseudo]") {
    const PseudoLocale locale;
    TaskRunner runner;
    for (const made_up::NamedPage& page : made_up::everyPage(runner)) {
        page.widget->resize(1366 - 303, 640);
        page.widget->show();
        QTest::qWait(20);
        for (QWidget* widget : page.widget->findChildren<QWidget*>()) {
            const auto* label = qobject_cast<TextLabel*>(widget);
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            if ((label == nullptr && button == nullptr) || !widget->isVisibleTo(page.widget.get()) ||
                widget->objectName().startsWith("qt_") || qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr) {
                continue;
            }
            const QSize needed = label != nullptr && label->wordWrap() ? QSize(0, label->heightForWidth(label->width()))
                                                                       : widget->minimumSizeHint();
            INFO(page.name << ": " << (label != nullptr ? label->text() : button->text()).toStdString());
            CHECK(widget->width() >= needed.width());
            CHECK(widget->height() >= needed.height());
            CHECK(widget->mapTo(page.widget.get(), QPoint(widget->width(), 0)).x() <= page.widget->width());
        }
    }
}
