// Workbooks, read back by a program that shares no code with the writer.

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>

#include <catch2/catch_test_macros.hpp>

#include "core/base/file.h"
#include "tests/support/temp_folder.h"
#include "ui/table/sheet_workbook.h"
#include "ui/table/zip_bytes.h"

using namespace fairlead;
using namespace fairlead::ui;

namespace {

/// What tests/ui/read_workbook.py prints; its complaint when it refuses the file.
QString readBack(const std::string& workbook) {
    const QString python = QStandardPaths::findExecutable("python3");
    REQUIRE_FALSE(python.isEmpty());  // installer/dependencies.sh installs it
    const test::TempFolder folder;
    test::writeBytes(folder / "table.xlsx", workbook);
    QProcess reader;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PYTHONIOENCODING", "utf-8");
    reader.setProcessEnvironment(environment);
    reader.start(python, {"-B", QStringLiteral(FAIRLEAD_SOURCE_DIR "/tests/ui/read_workbook.py"),
                          QString::fromStdString((folder / "table.xlsx").string())});
    REQUIRE(reader.waitForFinished(60'000));
    return QString::fromUtf8(reader.exitCode() == 0 ? reader.readAllStandardOutput() : reader.readAllStandardError());
}

TableSheet pupils() {
    TableSheet sheet;
    sheet.title = "Pupils & indicators";
    sheet.filters = "Year is 9";
    sheet.columns = {"Date", "Pupil", "Records"};
    sheet.isNumber = {false, false, true};
    sheet.rows = {{"21/06/2026", "Pupil A", "1,204"}, {"31/02/2026", "Pupil 7", "[c]"}, {"–", "Pupil C", "0"}};
    sheet.allRows = 41;
    return sheet;
}

}  // namespace

TEST_CASE("a workbook holds the lines and cells of the table, days and whole numbers as such",
          "[ui][table][workbook]") {
    CHECK(readBack(sheetAsWorkbook(pupils(), {"MARKED & DRAFT", "As at 22/06/2026"})) ==
          "1\tMARKED & DRAFT\n2\tAs at 22/06/2026\n3\tPupils & indicators\n4\t3 of 41 rows shown\n"
          "5\tFilters: Year is 9\n7\tDate\tPupil\tRecords\n8\t@2026-06-21\tPupil A\t#1204\n"
          "9\t31/02/2026\tPupil 7\t[c]\n10\t–\tPupil C\t#0\n12\tMARKED & DRAFT\n"
          "titles 'Table'!$7:$7\nfilter A7:C10\nstays 7\nheader &CMARKED && DRAFT\nfooter &CMARKED && DRAFT\n");
}

TEST_CASE("no cell of a workbook is run, refused or read as another character", "[ui][table][workbook][T-I3]") {
    TableSheet sheet = pupils();
    sheet.columns = {"=1+1"};
    sheet.isNumber = {true};
    sheet.rows = {{"=HYPERLINK(\"x\")"},
                  {" @SUM(1)"},
                  {"_x0041_ and _x00"},
                  {QString("a\x01") + QChar(0xfffe) + "b<&>\""},
                  {"12,34"},
                  {"1e5"},
                  {"-5"},
                  {QString(40'000, 'x')}};
    const QString read = readBack(sheetAsWorkbook(sheet, {"=MARKED"}));
    INFO(read.left(2000).toStdString());
    CHECK(read.startsWith("1\t'=MARKED\n"));
    CHECK(read.contains("\t'=1+1\n"));
    CHECK(read.contains("\t'=HYPERLINK(\"x\")\n"));
    CHECK(read.contains("\t' @SUM(1)\n"));
    CHECK(read.contains("\t_x0041_ and _x00\n"));
    CHECK(read.contains(QStringLiteral("\ta\uFFFD\uFFFDb<&>\"\n")));
    CHECK(read.contains("\t12,34\n"));
    CHECK(read.contains("\t1e5\n"));
    CHECK(read.contains("\t'-5\n"));
    CHECK(read.contains(QLatin1Char('\t') + QString(32'767, 'x') + QLatin1Char('\n')));
}

TEST_CASE("the same table gives the same workbook, byte for byte, and no name of who made it",
          "[ui][table][workbook]") {
    const std::string first = sheetAsWorkbook(pupils(), {"MARKED"});
    CHECK(sheetAsWorkbook(pupils(), {"MARKED"}) == first);
    CHECK(first.find("docProps") == std::string::npos);
    CHECK(sheetAsWorkbook(pupils(), {"OTHER"}) != first);
}

TEST_CASE("a workbook of columns beyond Z names its cells as spreadsheets do", "[ui][table][workbook]") {
    TableSheet sheet = pupils();
    sheet.columns.clear();
    sheet.rows = {{}};
    for (int column = 0; column < 705; ++column) {
        sheet.columns << QStringLiteral("c%1").arg(column);
        sheet.rows.front() << "x";
    }
    CHECK(readBack(sheetAsWorkbook(sheet, {"MARKED"})).contains("filter A6:AAC7\n"));
}

TEST_CASE("an archive of nothing and of an empty file can be read", "[ui][table][workbook]") {
    CHECK(zipOf({}) == QByteArray("PK\x05\x06", 4) + QByteArray(18, '\0'));
    const QByteArray one = zipOf({{"empty", {}}});
    CHECK(one.startsWith("PK\x03\x04"));
    CHECK(one.count("empty") == 2);
}

TEST_CASE("50,000 rows become a workbook that can be read", "[ui][table][workbook][.slow]") {
    TableSheet sheet = pupils();
    sheet.rows.assign(50'000, {"21/06/2026", "Pupil A", "1,204"});
    QElapsedTimer timer;
    timer.start();
    const std::string workbook = sheetAsWorkbook(sheet, {"MARKED"});
    WARN("50,000 rows: " << timer.elapsed() << " ms, " << workbook.size() << " bytes");
    CHECK(readBack(workbook).contains("\nfilter A6:C50006\n"));
}
