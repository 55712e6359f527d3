"""Reads an XLSX workbook with nothing of ours: every part well formed, named and reachable; prints the sheet's cells.

One line a row: its number and the cells, tabs between. Text as it is, a number after "#", a day after "@".
"""

import datetime
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORIGIN = datetime.date(1899, 12, 30)


def letters(column):
    text = ""
    while column:
        column, left = divmod(column - 1, 26)
        text = chr(ord("A") + left) + text
    return text


def unescaped(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def reachable(archive, parts):
    """The parts to which relationships lead, from the package on."""
    found, ahead = set(), ["_rels/.rels"]
    while ahead:
        name = ahead.pop()
        folder = name.split("_rels/")[0]
        found.add(name)
        for link in parts[name].iter(LINKS + "Relationship"):
            target = folder + link.get("Target")
            assert target in parts, f"{name} leads to {target}, which is not there"
            found.add(target)
            own = "/_rels/".join(target.rsplit("/", 1)) + ".rels"
            if own in parts:
                ahead.append(own)
    return found


def cell_text(cell, formats):
    if cell.get("t") == "inlineStr":
        return unescaped(cell.find(f"{MAIN}is/{MAIN}t").text or "")
    value = int(cell.find(MAIN + "v").text)
    if formats[int(cell.get("s"))] == "164":
        return "@" + (ORIGIN + datetime.timedelta(days=value)).isoformat()
    return f"#{value}"


def main(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, "a checksum is wrong"
        parts = {name: tree.fromstring(archive.read(name)) for name in archive.namelist()}
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist()), "a time stamp"
    types = parts.pop("[Content_Types].xml")
    named = {entry.get("PartName")[1:] for entry in types.iter(TYPES + "Override")}
    endings = tuple("." + entry.get("Extension") for entry in types.iter(TYPES + "Default"))
    assert all(name in named or name.endswith(endings) for name in parts), "a part without a type"
    assert reachable(None, parts) == set(parts), "a part that nothing leads to"
    styles = parts["xl/styles.xml"]
    formats = [style.get("numFmtId") for style in styles.iter(MAIN + "cellXfs").__next__()]
    book = parts["xl/workbook.xml"]
    sheets = list(book.iter(MAIN + "sheet"))
    assert [sheet.get(TYPED + "id") for sheet in sheets] == ["rId1"]
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert not list(sheet.iter(MAIN + "f")), "a formula"
    for row in sheet.iter(MAIN + "row"):
        cells = list(row)
        assert [cell.get("r") for cell in cells] == [letters(i + 1) + row.get("r") for i in range(len(cells))]
        print("\t".join([row.get("r")] + [cell_text(cell, formats) for cell in cells]))
    print("titles", book.find(f"{MAIN}definedNames/{MAIN}definedName").text)
    print("filter", sheet.find(MAIN + "autoFilter").get("ref"))
    print("stays", sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane").get("ySplit"))
    print("header", sheet.find(f"{MAIN}headerFooter/{MAIN}oddHeader").text)
    print("footer", sheet.find(f"{MAIN}headerFooter/{MAIN}oddFooter").text)


if __name__ == "__main__":
    main(sys.argv[1])
