#!/usr/bin/env python3
"""Another program of the same screen: it reads what is there to be pasted or dropped, each time a line comes.

Answers with a line of JSON: {selection: {target: bytes in hex}}; a selection that nobody offers is left out.
"""

import ctypes
import json
import select
import sys
import time

SELECTIONS = ("CLIPBOARD", "PRIMARY", "SECONDARY", "XdndSelection")
NO_CONTENT = ("TARGETS", "TIMESTAMP", "MULTIPLE", "SAVE_TARGETS", "DELETE")
SELECTION_NOTIFY = 31
PATIENCE = 10
MOST_WORDS = 1 << 22

Long, Window, Pointer = ctypes.c_long, ctypes.c_ulong, ctypes.c_void_p


class SelectionEvent(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", Window),
        ("send_event", ctypes.c_int),
        ("display", Pointer),
        ("requestor", Window),
        ("selection", Window),
        ("target", Window),
        ("property", Window),
        ("time", Window),
    ]


class Event(ctypes.Union):
    _fields_ = [("selection", SelectionEvent), ("pad", Long * 24)]


class Screen:
    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        for name, answer in (("XOpenDisplay", Pointer), ("XInternAtom", Window), ("XGetSelectionOwner", Window), ("XDefaultRootWindow", Window), ("XCreateSimpleWindow", Window), ("XGetAtomName", Pointer)):
            getattr(self.x, name).restype = answer
        self.display = Pointer(self.x.XOpenDisplay(None))
        if not self.display:
            sys.exit("no display")
        root = Window(self.x.XDefaultRootWindow(self.display))
        self.window = Window(self.x.XCreateSimpleWindow(self.display, root, 0, 0, 1, 1, 0, Window(0), Window(0)))
        self.put = self.atom("FAIRLEAD_TEST")

    def atom(self, name):
        return Window(self.x.XInternAtom(self.display, name.encode(), 0))

    def name(self, atom):
        text = self.x.XGetAtomName(self.display, Window(atom))
        found = ctypes.string_at(text).decode()
        self.x.XFree(Pointer(text))
        return found

    def is_offered(self, selection):
        return self.x.XGetSelectionOwner(self.display, self.atom(selection)) != 0

    def content(self):
        """(bits an item, bytes) of the property that was put on our window."""
        kind, bits, items, left, data = Window(), ctypes.c_int(), Window(), Window(), Pointer()
        whole = (self.display, self.window, self.put, Long(0), Long(MOST_WORDS), 1, Window(0))
        self.x.XGetWindowProperty(*whole, ctypes.byref(kind), ctypes.byref(bits), ctypes.byref(items), ctypes.byref(left), ctypes.byref(data))
        if left.value or (kind.value and self.name(kind.value) == "INCR"):
            sys.exit("more than is expected of a selection")
        # Items of 32 bits come as longs.
        size = items.value * (ctypes.sizeof(Long) if bits.value == 32 else bits.value // 8)
        found = ctypes.string_at(data, size) if data else b""
        if data:
            self.x.XFree(data)
        return found

    def convert(self, selection, target):
        """What the owner gives as this target; nothing when it refuses."""
        self.x.XConvertSelection(self.display, self.atom(selection), target, self.put, self.window, Window(0))
        self.x.XFlush(self.display)
        event, until = Event(), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.x.XPending(self.display):
                self.x.XNextEvent(self.display, ctypes.byref(event))
                if event.selection.type == SELECTION_NOTIFY and event.selection.target == target.value:
                    return self.content() if event.selection.property else None
            else:
                select.select([self.x.XConnectionNumber(self.display)], [], [], 0.1)
        sys.exit(f"{selection}: its owner does not answer")

    def read(self):
        found = {}
        for selection in SELECTIONS:
            if not self.is_offered(selection):
                continue
            offered = self.convert(selection, self.atom("TARGETS")) or b""
            size = ctypes.sizeof(Long)
            atoms = [int.from_bytes(offered[at : at + size], sys.byteorder) for at in range(0, len(offered), size)]
            names = {self.name(atom): atom for atom in atoms}
            contents = {name: self.convert(selection, Window(atom)) for name, atom in names.items() if name not in NO_CONTENT}
            found[selection] = {name: content.hex() for name, content in contents.items() if content is not None}
        return found


def main():
    screen = Screen()
    for _ in sys.stdin:
        print(json.dumps(screen.read()), flush=True)


if __name__ == "__main__":
    main()
