#include "ui/governance/posture_page.h"

#include <QPushButton>
#include <algorithm>

#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"
#include "ui/text/posture_words.h"

namespace fairlead::ui {

namespace {

enum PosturePart { AsksForALook, Everything };

/// The words of ui/text in the reader's language.
std::string translated(const char* english) { return QCoreApplication::translate("posture", english).toStdString(); }

QString standingInWords(posture::Standing standing) { return text(text::word(standing, translated)); }

std::int64_t countOf(const PosturePage::Findings& findings, posture::Standing standing) {
    return std::ranges::count(findings, standing, &posture::Finding::standing);
}

}  // namespace

PosturePage::PosturePage(QWidget* parent)
    : PartsPage(tr("Protection"), {tr("Asks for a look"), tr("Everything")}, parent),
      m_name(new TextLabel(QString(), TextRole::CardTitle)),
      m_sentence(new TextLabel(QString(), TextRole::Body)) {
    connect(addAction(tr("Look again")), &QPushButton::clicked, this, &PosturePage::readRequested);
    m_name->wrap();
    m_sentence->wrap();
    addBelow(cardOf({m_name, m_sentence}), 1);
    connect(&table(), &DataTable::currentRowChanged, this, &PosturePage::follow);
    connect(&table(), &DataTable::rowsChanged, this, &PosturePage::follow);
    showPart(AsksForALook);
    follow();
}

void PosturePage::setFindings(std::shared_ptr<const Findings> findings) {
    m_findings = std::move(findings);
    standing().setText(tr("%1 things were looked at. Protected: %2. Weak: %3. Open: %4. Not known: %5.")
                           .arg(number(static_cast<std::int64_t>(m_findings->size())),
                                number(countOf(*m_findings, posture::Standing::Protected)),
                                number(countOf(*m_findings, posture::Standing::Weak)),
                                number(countOf(*m_findings, posture::Standing::Open)),
                                number(countOf(*m_findings, posture::Standing::Unknown))));
    refill();
    follow();
}

QString PosturePage::explained() const { return m_sentence->text(); }

PartsPage::Part PosturePage::partNow(int part) const {
    auto lines = std::make_shared<TableContent>();
    lines->columns = {{.title = tr("Standing"), .sample = tr("protected, or not")},
                      {.title = tr("What"), .sample = tr("Lock of the screen")},
                      {.title = tr("Measured"), .sample = tr("Landlock yes, seccomp yes, and more")},
                      {.title = tr("What it means"), .stretches = true}};
    const std::size_t count = m_findings ? m_findings->size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const posture::Finding& finding = (*m_findings)[i];
        if (part == AsksForALook && finding.standing == posture::Standing::Protected) {
            continue;
        }
        lines->rows.push_back({{{standingInWords(finding.standing), static_cast<int>(finding.standing)},
                                {text(text::title(finding.topic, translated))},
                                {text(finding.measured)},
                                {text(text::sentence(finding, translated))}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return {part == AsksForALook
                ? tr("What does not protect this sitting, or only in part, on this computer and now.")
                : tr("Measured on this computer, now. What runs as administrator on it can see and change everything."),
            std::move(lines),
            m_findings ? tr("Everything that was looked at protects.") : tr("Nothing has been looked at yet.")};
}

void PosturePage::follow() {
    const QVariant key = table().currentKey();
    const bool chosen = m_findings && key.isValid();
    const posture::Finding finding = chosen ? (*m_findings)[key.toULongLong()] : posture::Finding();
    m_name->setText(
        chosen ? tr("%1: %2").arg(text(text::title(finding.topic, translated)), standingInWords(finding.standing))
               : QString());
    m_sentence->setText(chosen ? text(text::sentence(finding, translated))
                               : tr("Choose a line to read what it means."));
}

}  // namespace fairlead::ui
