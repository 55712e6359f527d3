// What the Desk writes: tables and DRAFT briefings.

#include <QBuffer>
#include <QFileDialog>

#include "ui/chart/chart_picture.h"
#include "ui/chart/chart_view.h"
#include "ui/overview/overview_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/notice_bar.h"
#include "ui/style/clipboard.h"
#include "ui/style/look.h"
#include "ui/style/path_choice.h"
#include "ui/style/words.h"
#include "ui/table/sheet_workbook.h"

namespace fairlead::ui {

namespace {

constexpr QLatin1String kWorkbookSuffix("xlsx");

}  // namespace

void Desk::chooseTableFile(const TableSheet& sheet) {
    if (sheet.holdsNames) {
        m_notice->say(tr("Names are shown. Hide them first (Ctrl+Shift+N): a file holds pseudonyms and counts only."),
                      true);
        return;
    }
    auto* dialog = new QFileDialog(this, tr("Export the table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString workbook = tr("Workbook (*.xlsx)");
    const QString commas = tr("Text with commas (*.csv)");
    dialog->setNameFilters({workbook, commas});
    dialog->setDefaultSuffix(kWorkbookSuffix);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, commas](const QString& chosen) {
        dialog->setDefaultSuffix(chosen == commas ? QLatin1String("csv") : kWorkbookSuffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, sheet](const QString& name) { writeTable(sheet, pathOf(name)); });
    dialog->open();
}

QStringList Desk::fileHead() const {
    const bool ofSchool = isOfSchool();
    QStringList head{
        tr("OFFICIAL-SENSITIVE · PERSONAL DATA (CHILDREN) · DRAFT · Handling: named safeguarding lead only")};
    if (ofSchool && hasOverview()) {
        head << text(m_overview->content()->schoolName);
    }
    if (!m_governance->owns(page())) {
        head << tr("As at %1").arg(dateInWords(ofSchool ? m_request.asAt : m_asAt));
    }
    return head;
}

void Desk::copyPicture(ChartView& chart) {
    ui::copyPicture(chartPicture(chart, fileHead()));
    m_notice->say(tr("The picture is on the clipboard, with its marking and day."), false);
}

void Desk::choosePictureFile(ChartView& chart) {
    chooseNew(&chart, {tr("Save the picture"), tr("Picture (*.png)"), QStringLiteral("png")},
              [this, &chart](const std::filesystem::path& file) { writePicture(chart, file); });
}

void Desk::writePicture(ChartView& chart, const std::filesystem::path& file) {
    QByteArray png;
    QBuffer into(&png);
    chartPicture(chart, fileHead()).save(&into, "PNG");
    TableFile made{file, chart.content().title.toStdString(), "png", png.toStdString(),
                   static_cast<std::int64_t>(chart.content().points.size())};
    writeFile([made = std::move(made)] { return made; },
              tr("The picture was written to %1. The disclosure is in the audit log."));
}

void Desk::writeTable(const TableSheet& sheet, const std::filesystem::path& file) {
    const bool workbook = text(file.extension().string()).mid(1).compare(kWorkbookSuffix, Qt::CaseInsensitive) == 0;
    const auto rows = static_cast<std::int64_t>(sheet.rows.size());
    // Tens of thousands of rows take their time: they are put into the file's form off the screen.
    writeFile(
        [sheet, file, rows, workbook, head = fileHead()] {
            return TableFile{file, sheet.title.toStdString(), workbook ? "xlsx" : "csv",
                             workbook ? sheetAsWorkbook(sheet, head) : sheetAsCsv(sheet, head), rows};
        },
        tr("%1 rows written to %2. The disclosure is in the audit log.").arg(number(rows)));
}

void Desk::writeFile(const std::function<TableFile()>& make, const QString& said) {
    m_tableRunner.start<std::filesystem::path>(
        [session = m_session, make](TaskContext& task) { return session->writeTable(make(), task); },
        [this, said](Result<std::filesystem::path> result) {
            if (!result) {
                tell(result.error());
                return;
            }
            m_notice->say(said.arg(text(result->string())), false);
        });
}

void Desk::chooseBriefing() {
    if (!hasOverview()) {
        return;
    }
    // The school's number and the date, no name of a child and no name of a school.
    chooseNew(this,
              {tr("Make DRAFT briefing"), tr("PDF document (*.pdf)"), QStringLiteral("pdf"),
               QStringLiteral("DRAFT-briefing-%1-%2.pdf").arg(m_request.school.value).arg(text(m_request.asAt.iso()))},
              [this](const std::filesystem::path& file) { writeBriefing(file); });
}

void Desk::writeBriefing(const std::filesystem::path& file) {
    m_briefingRunner.start<BriefingOutcome>(
        [session = m_session, request = m_request, file](TaskContext& task) {
            return session->writeBriefing(request, file, task);
        },
        [this](Result<BriefingOutcome> result) {
            if (!result) {
                tell(result.error());
                return;
            }
            m_notice->say(tr("DRAFT briefing %1 written to %2. The disclosure is in the audit log. Read every line "
                             "before anybody else does.")
                              .arg(text(result->reference), text(result->file.string())),
                          false);
        });
}

}  // namespace fairlead::ui
