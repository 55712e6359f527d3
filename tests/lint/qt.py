"""Words on the screen can be translated, nothing but the handbook is markup, tables are our own, nothing typed is logged."""

import re

from common import finding, line_of, main

SETTERS = (
    "setText setWindowTitle setTitle setToolTip setStatusTip setWhatsThis setPlaceholderText setPrefix setSuffix "
    "setAccessibleName setAccessibleDescription setLabelText setInformativeText setDetailedText setHeaderLabels "
    "addAction addMenu addTab addItem addRow insertTab showMessage"
)
WIDGETS = "QLabel QPushButton QToolButton QCheckBox QRadioButton QGroupBox QAction QDockWidget QTableWidgetItem QMessageBox"
CALL = r"\b(?:" + "|".join((SETTERS + " " + WIDGETS).split()) + r")(?:::\w+)?(?:\s+\w+)?\s*[({]\s*"
WRAPPED = r"(?:(?:QStringLiteral|QString|QLatin1String|QLatin1StringView|QStringList|QString::fromUtf8)\s*[({]\s*\{?\s*)?u?8?"
BARE = re.compile(CALL + WRAPPED + r'"((?:\\.|[^"\\\n])*)"')
RAW_TABLE = re.compile(r"\bQTable(?:View|Widget)\b")
MARKUP = re.compile(r"\b(?:setHtml|insertHtml|appendHtml|setMarkdown|insertMarkdown)\(|\bQt::(?:RichText|AutoText|MarkdownText)\b")
TOOL_TIP = re.compile(r"\bsetToolTip\(([^;]*)\)\s*;")
CLIPBOARD = re.compile(r"\bclipboard\(\)")
LOGGED = re.compile(r"\b(?:qDebug|qInfo|qWarning|qCritical|qCDebug|qCInfo|qCWarning|fmt::print|printf|std::(?:cout|cerr|clog))\b[^;]*?(?:\.|->)(?:text|toPlainText|currentText|displayText)\(\)")


def problems(source):
    for match in BARE.finditer(source.spoken):
        if re.search(r"[A-Za-z]{2}", match.group(1)):
            yield match.start(), f'"{match.group(1)}" is shown to people: put it through tr() or ui/text'
    if not source.path.startswith("ui/table/"):
        for match in RAW_TABLE.finditer(source.code):
            yield match.start(), f"{match.group(0)}: use the table of ui/table (units, marks, keys, accessibility)"
    if not source.path.startswith("ui/help/"):
        for match in MARKUP.finditer(source.code):
            yield match.start(), f"{match.group(0)}: only our own handbook is read as markup"
    for match in TOOL_TIP.finditer(source.code):
        if not re.search(r"\b(?:tr|translate|plainToolTip)\(", match.group(1)):
            yield match.start(), "a tool tip is read as markup when it looks like it: tr() or plainToolTip()"
    if source.path != "ui/style/clipboard.cpp":
        for match in CLIPBOARD.finditer(source.code):
            yield match.start(), "copy through ui/style/clipboard.h: out of histories, and gone at the lock"
    for match in LOGGED.finditer(source.code):
        yield match.start(), "what somebody typed must not reach a log"


def check(tree):
    found = []
    for source in tree.cpp("ui", "app"):
        for offset, message in problems(source):
            found.append(finding(source.path, line_of(source.text, offset), message))
    return found


def source(line):
    return {"ui/people/page.cpp": f"void f() {{\n    {line}\n}}\n"}


BAD = [
    ("a bare text", source('label->setText("Hello");'), "tr()"),
    ("a wrapped text", source('setWindowTitle(QStringLiteral("Hello"));'), "tr()"),
    ("a new label", source('auto* a = new QLabel("Hello", this);'), "tr()"),
    ("a label on the stack", source('QLabel label{u"Hello"};'), "tr()"),
    ("an action", source('menu->addAction(\n        "Open");'), "tr()"),
    ("an accessible name", source('view->setAccessibleName("Chart");'), "tr()"),
    ("a raw table", source("auto* a = new QTableView(this);"), "ui/table"),
    ("a page of markup", source("m_text->setHtml(name);"), "our own handbook"),
    ("a label that guesses", source("setTextFormat(Qt::AutoText);"), "our own handbook"),
    ("a tool tip", source("box->setToolTip(name);"), "plainToolTip"),
    ("a copy", source("QApplication::clipboard()->setText(name);"), "clipboard.h"),
    ("a logged field", source("qDebug() << m_passphrase->text();"), "log"),
]
GOOD = {
    "ui/people/page.cpp": 'void f() {\n    // setText("Hello")\n    label->setText(tr("Hello"));\n    label->setText("");\n'
    '    label->setText("-");\n    label->setObjectName("total");\n    auto* a = new QLabel(QCoreApplication::translate("A", "Hello"));\n'
    '    m_field->text();\n    qWarning() << "font missing";\n    box->setToolTip(plainToolTip(name));\n    box->setToolTip(some ? tr("Hello") : QString());\n}\n',
    "ui/help/page.cpp": "void f() {\n    m_text->document()->setMarkdown(chapter);\n}\n",
    "ui/table/view.cpp": "class View : public QTableView {};\n",
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
