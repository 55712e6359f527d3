"""Every public type and function declared in a header of core or ui says what it is for.

A `///` comment above, or `///<` on its line. A comment covers the run of declarations directly
below it, without an empty line between. Not asked for: constructors, destructors, operators, what
is deleted, defaulted or overridden, friends, specialisations for std, plain accessors (`T name()
const`: name and type say it), and namespaces called detail.
"""

import re

from common import finding, line_of, main
from scopes import TYPE, declarations, is_initialised

NOT_ASKED = re.compile(
    r"^(friend|using|typedef|static_assert|extern|namespace)\b|\boperator\b|~\w+\s*\(|=\s*(default|delete|0)?\s*$|=\s*(default|delete)$"
    r"|\)\s*(const\s*)?(noexcept\s*)?(override|final)\b|\(\)\s*const\b|\bstruct\s+std::",
    re.DOTALL,
)


def name_of_type(scope):
    match = re.search(r"\b(?:class|struct|union)\s+(?:\[\[.*?\]\]\s*)?(\w+)", scope.head)
    return match.group(1) if match else ""


def is_public(declaration):
    """Whether a reader of the header may use it: not private, not in detail, not inside a function."""
    if declaration.access != "public":
        return False
    scope = declaration.scope
    while scope is not None:
        if scope.kind not in ("file", "namespace", "type"):
            return False
        if re.search(r"\bdetail\b", scope.head) and scope.kind == "namespace":
            return False
        if scope.parent is not None and scope.access_outside != "public":
            return False
        scope = scope.parent
    return True


def wants_comment(declaration):
    text = declaration.text
    if TYPE.match(text):
        return declaration.has_body and not NOT_ASKED.search(text)
    if "(" not in text or NOT_ASKED.search(text) or is_initialised(text):
        return False
    before = text.split("(")[0].split()
    if not before or (declaration.scope.kind == "type" and before[-1] == name_of_type(declaration.scope)):
        return False  # a constructor
    return re.search(r"\w\s*\($", text[: text.index("(") + 1]) is not None


def label(text):
    text = " ".join(text.split())
    return text if len(text) < 60 else text[:57] + "..."


def check_header(source):
    lines = source.text.split("\n")
    covered_until = -1  # the last line of the run that a comment covers
    for declaration in declarations(source.code):
        if declaration.scope.kind == "namespace" and re.match(r"(inline\s+)?namespace\b", declaration.text):
            continue
        first, last = line_of(source.code, declaration.start), line_of(source.code, declaration.end)
        own = declaration.text.count("\n") + first
        above = lines[first - 2].strip() if first > 1 else ""
        said = above.startswith("///") or any("///<" in line for line in lines[first - 1 : own])
        if said or first == covered_until + 1:
            covered_until = last
        elif is_public(declaration) and wants_comment(declaration):
            yield finding(source.path, first, f"say what it is for with ///: {label(declaration.text)}")


def check(tree):
    found = []
    for source in tree.cpp("core", "ui"):
        if source.path.endswith(".h"):
            found.extend(check_header(source))
    return found


def header(body):
    return {"core/base/a.h": "#pragma once\nnamespace fairlead {\n\n" + body + "\n}  // namespace fairlead\n"}


BAD = [
    ("a function", header("int f(int a);"), "int f(int a)"),
    ("a function with a body", header("inline int f(int a) { return a; }"), "inline int f"),
    ("a template", header("template <typename T>\nT f(T a);"), "T f(T a)"),
    ("a class", header("class A {\n};"), "class A"),
    ("an enumeration", header("enum class A { B };"), "enum class A"),
    ("a method", header("/// Said.\nclass A {\npublic:\n    int g(int a) const;\n};"), "int g(int a) const"),
    ("a signal", header("/// Said.\nclass A : public QObject {\n    Q_OBJECT\nsignals:\n    void gone();\n};"), "void gone()"),
    ("a method of a struct", header("/// Said.\nstruct A {\n    int g() { return 1; }\n};"), "int g()"),
    ("an ordinary comment", header("// Not for readers of the header.\nint f(int a);"), "int f(int a)"),
    ("an empty line ends a run", header("/// Said.\nint f(int a);\n\nint g(int a);"), "int g(int a)"),
    ("a header of ui", {"ui/table/a.h": "int f(int a);\n"}, "int f(int a)"),
]
GOOD = header(
    """/// Said.
int f(int a);
int f(double a);

int g();  ///< Said here.

class Forward;
using Number = int;
inline constexpr int kMany = f(3);

template <>
struct std::hash<Number> {
    size_t operator()(int a) const { return a; }
};

namespace detail {
int h(int a);
}

/// Said.
[[nodiscard]] inline std::optional<int> j(
    int a, int b);

/// Said.
template <typename T>
class A : public B {
    Q_OBJECT
public:
    explicit A(int a = 0) : m_a{a} {}
    ~A() override;
    A(const A&) = delete;
    A& operator=(const A&) = delete;
    int count() const override;
    [[nodiscard]] int size() const { return 1; }
    friend bool operator==(const A&, const A&) = default;

    /// Said.
    void k();
private:
    void secret();
    int m_a = 0;
    std::function<void(int)> m_done;
};
"""
)

if __name__ == "__main__":
    main(check, BAD, GOOD)
