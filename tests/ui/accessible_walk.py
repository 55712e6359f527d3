#!/usr/bin/env python3
"""Walks over every page as a screen reader does: another process, over the accessibility bus, under a display of its own.

    accessible_walk.py UI_TESTS

Each object is asked for its name, role, states and place; tables for cells and headers, texts for their characters,
values for their range. Whatever can take the focus must have a name. The program must still be there at the end.
Ends with 77 where a part is missing (Xvfb, D-Bus, the bindings): the line that it prints says which.
"""

import os
import shutil
import subprocess
import sys
import time
import warnings

SKIPPED = 77
MOST_CHILDREN = 40  # Of a table of a hundred schools the first rows are enough.


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def with_display_and_bus():
    """Starts this script again below a display and a session bus of its own."""
    for program in ("xvfb-run", "dbus-run-session"):
        if shutil.which(program) is None:
            skip(f"{program} is not installed")
    environment = dict(os.environ, FAIRLEAD_WALK="1", QT_QPA_PLATFORM="xcb", FAIRLEAD_TEST_DISPLAY="1")
    environment.update(QT_ACCESSIBILITY="1", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", NO_AT_BRIDGE="0")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--", sys.executable, "-B", __file__]
    sys.exit(subprocess.run(command + sys.argv[1:], env=environment, check=False).returncode)


class Walk:
    """One page at a time."""

    def __init__(self, bindings, application):
        self.a11y = bindings
        self.application = application
        self.unnamed = []
        self.seen = 0
        self.stops = 0  # Objects that must have a name.
        self.pages = 0

    def page(self, name):
        self.seen = self.stops = 0
        self.pages += 1
        before = len(self.unnamed)
        for index in range(self.application.get_child_count()):
            window = self.application.get_child_at_index(index)
            if window is not None:
                self.visit(window, [name])
        print(f"{name}: {self.seen} objects, {self.stops} stops, {len(self.unnamed) - before} without a name", flush=True)
        return self.stops

    def visit(self, node, path):
        self.seen += 1
        role = node.get_role()
        states = node.get_state_set()
        name = node.get_name() or ""
        here = path + [f"{node.get_role_name()} '{name}'"]
        node.get_description()
        node.get_index_in_parent()
        if states.contains(self.a11y.StateType.FOCUSABLE) and self.counts(role, states):
            self.stops += 1
            if not name:
                self.unnamed.append(" > ".join(here))
        self.ask(node)
        # What is hidden has its turn when it is shown; the menus are the same on every page.
        if not states.contains(self.a11y.StateType.VISIBLE) or (role == self.a11y.Role.MENU_BAR and self.pages > 1):
            return
        for index in range(min(node.get_child_count(), MOST_CHILDREN)):
            child = node.get_child_at_index(index)
            if child is not None:
                self.visit(child, here)

    def counts(self, role, states):
        """An empty cell has no words, and the scroll area around a page is not a stop."""
        kinds = self.a11y.Role
        return role not in (kinds.TABLE_CELL, kinds.LIST_ITEM, kinds.FILLER, kinds.PANEL) and states.contains(
            self.a11y.StateType.SHOWING
        )

    def ask(self, node):
        """What a reader asks of an object that can do more than be named."""
        component = node.get_component_iface()
        if component is not None:
            component.get_extents(self.a11y.CoordType.SCREEN)
        table = node.get_table_iface()
        if table is not None:
            self.ask_table(table)
        text = node.get_text_iface()
        if text is not None:
            count = text.get_character_count()
            text.get_text(0, min(count, 200))
            text.get_caret_offset()
        value = node.get_value_iface()
        if value is not None:
            value.get_current_value()
            value.get_maximum_value()
        action = node.get_action_iface()
        if action is not None:
            for index in range(action.get_n_actions()):
                action.get_action_name(index)

    @staticmethod
    def ask_table(table):
        rows, columns = table.get_n_rows(), table.get_n_columns()
        for column in range(columns):
            table.get_column_header(column)
        for row in (0, rows - 1):
            for column in range(columns):
                if row >= 0:
                    cell = table.get_accessible_at(row, column)
                    if cell is not None:
                        cell.get_name()


def application_named(bindings, name, process):
    desktop = bindings.get_desktop(0)
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"the program ended with {process.returncode} before it was on the bus")
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and (child.get_name() or "") == name:
                return child
        time.sleep(0.1)
    return skip("the program did not come onto the accessibility bus within a minute")


def main(program):
    try:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
    except (ImportError, ValueError) as missing:
        skip(f"python3-gi or gir1.2-atspi-2.0 is not installed ({missing})")
    # The bindings call their own way of asking for an interface old and have no other.
    warnings.simplefilter("ignore", DeprecationWarning)
    process = subprocess.Popen(
        [program, "[.accessible]"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    walk, ended = None, False
    for line in process.stdout:
        line = line.rstrip("\n")
        if line.startswith("page "):
            if walk is None:
                walk = Walk(Atspi, application_named(Atspi, os.path.basename(program), process))
            if walk.page(line[5:]) < 3:
                sys.exit(f"{line[5:]}: the walk found next to nothing that takes the focus")
            process.stdin.write("next\n")
            process.stdin.flush()
        elif line == "end":
            ended = True
    process.stdin.close()
    if process.wait(120) != 0 or not ended:
        sys.exit(f"the program did not live to the end: {process.returncode}")
    for path in walk.unnamed:
        print(f"no name: {path}")
    if walk.unnamed:
        sys.exit(1)
    print(f"{walk.pages} pages walked over")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if os.environ.get("FAIRLEAD_WALK") != "1":
        with_display_and_bus()
    main(sys.argv[1])
