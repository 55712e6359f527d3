#include "ui/table/sheet_workbook.h"

#include <QCoreApplication>
#include <QDate>
#include <QRegularExpression>
#include <QXmlStreamWriter>
#include <algorithm>
#include <optional>

#include "core/base/csv.h"
#include "ui/style/look.h"
#include "ui/table/zip_bytes.h"

namespace fairlead::ui {

namespace {

constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr const char* kPackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr const char* kContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

// Of xl/styles.xml below.
constexpr int kTitleStyle = 1;
constexpr int kNumberStyle = 2;
constexpr int kDayStyle = 3;

constexpr qsizetype kLongestCell = 32'767;

QString tr(const char* english) { return QCoreApplication::translate("table", english); }

/// "A", "Z", "AA": the letters of a column.
QString lettersOf(qsizetype column) {
    constexpr qsizetype kLetters = 26;
    QString letters;
    for (qsizetype left = column + 1; left > 0; left = (left - 1) / kLetters) {
        letters.prepend(QChar(static_cast<char16_t>('A' + (left - 1) % kLetters)));
    }
    return letters;
}

QString cellName(qsizetype column, qsizetype row) { return lettersOf(column) + QString::number(row); }

/// What a cell of text may hold: no formula, no character that XML refuses, no "_x0041_", which spreadsheets read as a
/// character.
QString cellText(const QString& typed) {
    static const QRegularExpression escape(QStringLiteral("_(?=x[0-9A-Fa-f]{4}_)"));
    QString cell = text(csvCellForPeople(typed.toStdString()));
    cell.replace(escape, QStringLiteral("_x005F_"));
    for (QChar& letter : cell) {
        const char16_t code = letter.unicode();
        if ((code < 0x20 && code != '\t' && code != '\n') || code >= 0xfffe) {
            letter = QChar::ReplacementCharacter;
        }
    }
    return cell.left(kLongestCell);
}

/// "1,204" as a number; nothing for every other text.
std::optional<qlonglong> wholeNumber(const QString& cell) {
    static const QRegularExpression whole(QStringLiteral("^[0-9]{1,3}(,[0-9]{3}){0,4}$"));
    return whole.match(cell).hasMatch() ? std::optional(QString(cell).remove(QLatin1Char(',')).toLongLong())
                                        : std::nullopt;
}

/// "22/06/2026" as the day's number in spreadsheets; nothing for other texts and for days before March 1900, where
/// spreadsheets disagree.
std::optional<qlonglong> dayNumber(const QString& cell) {
    static const QDate first(1900, 3, 1);
    static const QDate origin(1899, 12, 30);
    const QDate day = QDate::fromString(cell, QStringLiteral("dd/MM/yyyy"));
    return day.isValid() && day >= first ? std::optional(origin.daysTo(day)) : std::nullopt;
}

/// Writes the rows of the sheet from the top.
class RowWriter {
public:
    explicit RowWriter(QXmlStreamWriter& xml) : m_xml(xml) {}

    /// The number of the row that comes next.
    [[nodiscard]] qsizetype next() const { return m_row; }

    void skip() { ++m_row; }

    void writeTexts(const QStringList& cells, int style) {
        open();
        for (qsizetype column = 0; column < cells.size(); ++column) {
            writeText(column, cells[column], style);
        }
        close();
    }

    void writeCells(const QStringList& cells, const std::vector<bool>& isNumber) {
        open();
        for (qsizetype column = 0; column < cells.size(); ++column) {
            const auto at = static_cast<std::size_t>(column);
            const auto whole = at < isNumber.size() && isNumber[at] ? wholeNumber(cells[column]) : std::nullopt;
            const auto day = dayNumber(cells[column]);
            if (whole || day) {
                writeNumber(column, whole ? *whole : *day, whole ? kNumberStyle : kDayStyle);
            } else {
                writeText(column, cells[column], 0);
            }
        }
        close();
    }

private:
    void open() {
        m_xml.writeStartElement(QStringLiteral("row"));
        m_xml.writeAttribute(QStringLiteral("r"), QString::number(m_row));
    }

    void close() {
        m_xml.writeEndElement();
        ++m_row;
    }

    void startCell(qsizetype column, int style) {
        m_xml.writeStartElement(QStringLiteral("c"));
        m_xml.writeAttribute(QStringLiteral("r"), cellName(column, m_row));
        m_xml.writeAttribute(QStringLiteral("s"), QString::number(style));
    }

    void writeText(qsizetype column, const QString& cell, int style) {
        startCell(column, style);
        m_xml.writeAttribute(QStringLiteral("t"), QStringLiteral("inlineStr"));
        m_xml.writeStartElement(QStringLiteral("is"));
        m_xml.writeStartElement(QStringLiteral("t"));
        m_xml.writeAttribute(QStringLiteral("xml:space"), QStringLiteral("preserve"));
        m_xml.writeCharacters(cellText(cell));
        m_xml.writeEndElement();
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void writeNumber(qsizetype column, qlonglong value, int style) {
        startCell(column, style);
        m_xml.writeTextElement(QStringLiteral("v"), QString::number(value));
        m_xml.writeEndElement();
    }

    QXmlStreamWriter& m_xml;
    qsizetype m_row = 1;
};

void writeColumns(QXmlStreamWriter& xml, const TableSheet& sheet) {
    constexpr std::size_t kLooked = 500;
    constexpr qsizetype kNarrowest = 8;
    constexpr qsizetype kWidest = 60;
    xml.writeStartElement(QStringLiteral("cols"));
    for (qsizetype column = 0; column < sheet.columns.size(); ++column) {
        qsizetype widest = sheet.columns[column].size();
        for (std::size_t row = 0; row < std::min(sheet.rows.size(), kLooked); ++row) {
            widest = std::max(widest, sheet.rows[row][column].size());
        }
        xml.writeEmptyElement(QStringLiteral("col"));
        xml.writeAttribute(QStringLiteral("min"), QString::number(column + 1));
        xml.writeAttribute(QStringLiteral("max"), QString::number(column + 1));
        xml.writeAttribute(QStringLiteral("width"), QString::number(std::clamp(widest + 3, kNarrowest, kWidest)));
        xml.writeAttribute(QStringLiteral("customWidth"), QStringLiteral("1"));
    }
    xml.writeEndElement();
}

/// The titles stay in sight while the rows below `titles` are scrolled.
void writeView(QXmlStreamWriter& xml, qsizetype titles) {
    xml.writeStartElement(QStringLiteral("sheetViews"));
    xml.writeStartElement(QStringLiteral("sheetView"));
    xml.writeAttribute(QStringLiteral("workbookViewId"), QStringLiteral("0"));
    xml.writeEmptyElement(QStringLiteral("pane"));
    xml.writeAttribute(QStringLiteral("ySplit"), QString::number(titles));
    xml.writeAttribute(QStringLiteral("topLeftCell"), cellName(0, titles + 1));
    xml.writeAttribute(QStringLiteral("activePane"), QStringLiteral("bottomLeft"));
    xml.writeAttribute(QStringLiteral("state"), QStringLiteral("frozen"));
    xml.writeEndElement();
    xml.writeEndElement();
}

void writePrinting(QXmlStreamWriter& xml, const QString& marking) {
    xml.writeEmptyElement(QStringLiteral("pageSetup"));
    xml.writeAttribute(QStringLiteral("paperSize"), QStringLiteral("9"));  // A4.
    xml.writeAttribute(QStringLiteral("orientation"), QStringLiteral("landscape"));
    xml.writeAttribute(QStringLiteral("fitToHeight"), QStringLiteral("0"));
    xml.writeStartElement(QStringLiteral("headerFooter"));
    const QString centred = QStringLiteral("&C") + QString(marking).replace(QLatin1Char('&'), QStringLiteral("&&"));
    xml.writeTextElement(QStringLiteral("oddHeader"), centred);
    xml.writeTextElement(QStringLiteral("oddFooter"), centred);
    xml.writeEndElement();
}

/// The lines above the titles.
QStringList linesAbove(const TableSheet& sheet, const QStringList& head) {
    QStringList lines = head;
    lines << sheet.title << rowsInWords(sheet);
    if (!sheet.filters.isEmpty()) {
        lines << filtersInWords(sheet);
    }
    return lines;
}

QByteArray sheetPart(const TableSheet& sheet, const QStringList& head) {
    const QStringList above = linesAbove(sheet, head);
    const qsizetype titles = above.size() + 2;  // An empty line between.
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartDocument(QStringLiteral("1.0"), true);
    xml.writeDefaultNamespace(QLatin1String(kMain));
    xml.writeStartElement(QLatin1String(kMain), QStringLiteral("worksheet"));
    xml.writeStartElement(QStringLiteral("sheetPr"));
    xml.writeEmptyElement(QStringLiteral("pageSetUpPr"));
    xml.writeAttribute(QStringLiteral("fitToPage"), QStringLiteral("1"));
    xml.writeEndElement();
    writeView(xml, titles);
    writeColumns(xml, sheet);
    xml.writeStartElement(QStringLiteral("sheetData"));
    RowWriter rows(xml);
    for (const QString& line : above) {
        rows.writeTexts({line}, rows.next() == 1 ? kTitleStyle : 0);
    }
    rows.skip();
    rows.writeTexts(sheet.columns, kTitleStyle);
    for (const QStringList& row : sheet.rows) {
        rows.writeCells(row, sheet.isNumber);
    }
    const QString last = cellName(sheet.columns.size() - 1, rows.next() - 1);
    rows.skip();
    rows.writeTexts({head.value(0)}, kTitleStyle);
    xml.writeEndElement();
    xml.writeEmptyElement(QStringLiteral("autoFilter"));
    xml.writeAttribute(QStringLiteral("ref"), cellName(0, titles) + QLatin1Char(':') + last);
    writePrinting(xml, head.value(0));
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

QByteArray workbookPart(qsizetype titles) {
    const QString name = tr("Table");
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartDocument(QStringLiteral("1.0"), true);
    xml.writeDefaultNamespace(QLatin1String(kMain));
    xml.writeStartElement(QLatin1String(kMain), QStringLiteral("workbook"));
    xml.writeNamespace(QLatin1String(kRelations), QStringLiteral("r"));
    xml.writeStartElement(QStringLiteral("sheets"));
    xml.writeEmptyElement(QStringLiteral("sheet"));
    xml.writeAttribute(QStringLiteral("name"), name);
    xml.writeAttribute(QStringLiteral("sheetId"), QStringLiteral("1"));
    xml.writeAttribute(QLatin1String(kRelations), QStringLiteral("id"), QStringLiteral("rId1"));
    xml.writeEndElement();
    xml.writeStartElement(QStringLiteral("definedNames"));
    xml.writeStartElement(QStringLiteral("definedName"));
    xml.writeAttribute(QStringLiteral("name"), QStringLiteral("_xlnm.Print_Titles"));
    xml.writeAttribute(QStringLiteral("localSheetId"), QStringLiteral("0"));
    xml.writeCharacters(QStringLiteral("'%1'!$%2:$%2").arg(name).arg(titles));
    xml.writeEndDocument();
    return bytes;
}

QByteArray stylesPart() {
    // 0 as it comes, 1 strong, 2 a whole number with commas (format 3), 3 a day.
    return QByteArrayLiteral(R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                             R"(<styleSheet xmlns=")") +
           kMain +
           QByteArrayLiteral(
               R"("><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>)"
               R"(<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>)"
               R"(<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>)"
               R"(<fills count="2"><fill><patternFill patternType="none"/></fill>)"
               R"(<fill><patternFill patternType="gray125"/></fill></fills>)"
               R"(<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>)"
               R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
               R"(<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
               R"(<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>)"
               R"(<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
               R"(<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>)"
               R"(<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>)");
}

/// One entry of a list of relationships: what it is and where.
struct Relation {
    const char* kind;
    const char* target;
};

QByteArray relationsPart(const std::vector<Relation>& relations) {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartDocument(QStringLiteral("1.0"), true);
    xml.writeDefaultNamespace(QLatin1String(kPackageRelations));
    xml.writeStartElement(QLatin1String(kPackageRelations), QStringLiteral("Relationships"));
    for (std::size_t i = 0; i < relations.size(); ++i) {
        xml.writeEmptyElement(QStringLiteral("Relationship"));
        xml.writeAttribute(QStringLiteral("Id"), QStringLiteral("rId%1").arg(i + 1));
        xml.writeAttribute(QStringLiteral("Type"),
                           QLatin1String(kRelations) + QLatin1Char('/') + QLatin1String(relations[i].kind));
        xml.writeAttribute(QStringLiteral("Target"), QLatin1String(relations[i].target));
    }
    xml.writeEndDocument();
    return bytes;
}

QByteArray contentTypesPart() {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartDocument(QStringLiteral("1.0"), true);
    xml.writeDefaultNamespace(QLatin1String(kContentTypes));
    xml.writeStartElement(QLatin1String(kContentTypes), QStringLiteral("Types"));
    xml.writeEmptyElement(QStringLiteral("Default"));
    xml.writeAttribute(QStringLiteral("Extension"), QStringLiteral("rels"));
    xml.writeAttribute(QStringLiteral("ContentType"),
                       QStringLiteral("application/vnd.openxmlformats-package.relationships+xml"));
    const std::pair<const char*, const char*> parts[] = {
        {"/xl/workbook.xml", "sheet.main"}, {"/xl/worksheets/sheet1.xml", "worksheet"}, {"/xl/styles.xml", "styles"}};
    for (const auto& [part, kind] : parts) {
        xml.writeEmptyElement(QStringLiteral("Override"));
        xml.writeAttribute(QStringLiteral("PartName"), QLatin1String(part));
        xml.writeAttribute(QStringLiteral("ContentType"),
                           QStringLiteral("application/vnd.openxmlformats-officedocument.spreadsheetml.%1+xml")
                               .arg(QLatin1String(kind)));
    }
    xml.writeEndDocument();
    return bytes;
}

}  // namespace

std::string sheetAsWorkbook(const TableSheet& sheet, const QStringList& head) {
    return zipOf({{"[Content_Types].xml", contentTypesPart()},
                  {"_rels/.rels", relationsPart({{"officeDocument", "xl/workbook.xml"}})},
                  {"xl/workbook.xml", workbookPart(linesAbove(sheet, head).size() + 2)},
                  {"xl/_rels/workbook.xml.rels",
                   relationsPart({{"worksheet", "worksheets/sheet1.xml"}, {"styles", "styles.xml"}})},
                  {"xl/styles.xml", stylesPart()},
                  {"xl/worksheets/sheet1.xml", sheetPart(sheet, head)}})
        .toStdString();
}

}  // namespace fairlead::ui
