"""A simple reading of C++ braces: declarations, and the scope that each stands in.

No parser: it knows namespaces, types, functions and everything else in braces, which is enough for
code that clang-format has laid out.
"""

import re

from common import blank

TYPE = re.compile(r"^(?:template\s*<.*>\s*)?(?:requires\b.*\s)?(?:typedef\s+)?(class|struct|union|enum)\b(?!.*\)\s*(?:const|noexcept|override|->.*)*$)", re.DOTALL)
NAMESPACE = re.compile(r"^(?:inline\s+)?namespace\b|^extern\s*\"")
ACCESS = re.compile(r"^\s*(public|protected|private|signals|Q_SIGNALS)(?:\s+(?:slots|Q_SLOTS))?\s*:(?!:)")


class Scope:
    """Something in braces. `kind` is file, namespace, type, function or other; `access` is that of
    the place being read, `access_outside` that of the scope itself."""

    def __init__(self, kind, head, start, parent, access):
        self.kind = kind
        self.head = head
        self.start = start  # offset of the first character of the head
        self.parent = parent
        self.access = access
        self.access_outside = parent.access if parent else "public"


class Declaration:
    """A statement or a head with braces: `text` up to its `;` or `{`."""

    def __init__(self, text, start, scope, has_body):
        self.text = text
        self.start = start
        self.scope = scope
        self.has_body = has_body
        self.access = scope.access
        self.end = start  # offset of its last character: `;` or `}`


DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
MACRO_LINE = re.compile(r"^[ \t]*[A-Z][A-Z0-9_]{3,}(?:\([^()\n]*\))?;?[ \t]*$", re.MULTILINE)


def without_macros(code):
    """Directives (with their continued lines) and lines such as Q_OBJECT as spaces."""
    code = DIRECTIVE.sub(lambda match: blank(match.group(0)), code)
    return MACRO_LINE.sub(lambda match: blank(match.group(0)), code)


def is_initialised(head):
    """Whether an = stands outside every bracket: a variable with its value, not a function."""
    head = re.sub(r"^template\s*<[^{]*?>\s*(?=[\w\[])", "", head)
    previous = None
    while head != previous:
        previous, head = head, re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", head)
    return "operator" not in head and re.search(r"(?<![=!<>])=(?!=)", head) is not None


def kind_of(head, scope):
    if scope.kind in ("function", "other"):
        return "other"
    if NAMESPACE.match(head):
        return "namespace"
    if TYPE.match(head):
        return "type"
    return "function" if "(" in head and not is_initialised(head) else "other"


def declarations(code):
    """Every declaration outside function bodies, in order. `code` as Source.code gives it."""
    code = without_macros(code)
    scope = Scope("file", "", 0, None, "public")
    start = 0  # where the statement that is being read begins
    rounds = 0  # depth of ( and [
    open_ones = []  # declarations whose braces are open
    found = []
    for offset, character in enumerate(code):
        inside = scope.kind in ("function", "other")
        if character in "([":
            rounds += 1
        elif character in ")]":
            rounds -= 1
        elif character == "{":
            head = code[start:offset]
            text, begin = trimmed(head, start)
            kind = "other" if rounds > 0 else kind_of(text, scope)
            declaration = Declaration(text, begin, scope, True)
            if not inside and rounds == 0 and kind != "other":
                found.append(declaration)
            open_ones.append((declaration, start if kind in ("function", "other") else None, rounds))
            access = "private" if kind == "type" and re.search(r"\bclass\b", text) and not re.search(r"\benum\b", text) else "public"
            scope = Scope(kind, text, begin, scope, access)
            start, rounds = offset + 1, 0
        elif character == "}" and scope.parent is not None:
            declaration, again, rounds = open_ones.pop()
            declaration.end = offset
            scope = scope.parent
            # `Name(int a) : m_a{a}, m_b{0} { ... }`, `int a{0};`: the head goes on behind the braces.
            following = code[offset + 1 :].lstrip()[:1]
            goes_on = again is not None and (rounds > 0 or following in (",", "{", ";", ")"))
            if goes_on and found and found[-1] is declaration:
                found.pop()
            start = again if goes_on else offset + 1
        elif character == ";" and rounds == 0:
            if not inside:
                text, begin = trimmed(code[start:offset], start)
                if text and not (found and found[-1].start == begin):
                    declaration = Declaration(text, begin, scope, False)
                    declaration.end = offset
                    found.append(declaration)
            start = offset + 1
        elif character == ":" and scope.kind == "type" and rounds == 0:
            match = ACCESS.match(code[start : offset + 2])
            if match:
                scope.access = {"signals": "public", "Q_SIGNALS": "public"}.get(match.group(1), match.group(1))
                start = offset + 1
    return found


def trimmed(head, start):
    text = head.strip()
    return text, start + (len(head) - len(head.lstrip()))


def functions(code):
    """(offset of the head, offset of the closing brace, head) of each function with a body."""
    return [
        (declaration.start, declaration.end, declaration.text)
        for declaration in declarations(code)
        if declaration.has_body and kind_of(declaration.text, declaration.scope) == "function"
    ]


def function_name(head):
    """"int a::b(int c) const" -> "a::b"."""
    match = re.search(r"(operator\s*[^\s(]+|operator\s*\(\)|~?[\w:~]+)\s*\(", head)
    return match.group(1) if match else head[:40]
