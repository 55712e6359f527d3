#!/usr/bin/env python3
"""T-L2: the desktop closes its workspace when the session is locked, switched away or put to sleep.

    session_signals.py UI_TESTS --inside-the-session|--outside-the-session

Two private buses: the session's, and one in place of the system's with a made-up logind on it, which says what the real
one says.
"""

import os
import shutil
import subprocess
import sys
import threading

SESSION = "/org/freedesktop/login1/session/made_2dup"
USER = "/org/freedesktop/login1/user/_31000"
OTHER = "/org/freedesktop/login1/session/somebody_27s"
LOGIND = """
<node>
  <interface name="org.freedesktop.login1.Manager">
    <method name="GetSessionByPID"><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
    <method name="GetUserByPID"><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
    <method name="Inhibit">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="h" direction="out"/>
    </method>
    <signal name="PrepareForSleep"><arg type="b"/></signal>
  </interface>
  <interface name="org.freedesktop.login1.User"><property name="Display" type="(so)" access="read"/></interface>
</node>
"""


def check(holds, what):
    if not holds:
        sys.exit(f"failed: {what}")


def with_buses():
    """Starts this script again below a session bus, and one more that stands for the system's."""
    if shutil.which("dbus-run-session") is None:
        sys.exit("dbus-run-session is not installed")
    inner = ["dbus-run-session", "--", "sh", "-c", 'DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec dbus-run-session -- "$@"', "sh"]
    environment = dict(os.environ, FAIRLEAD_SIGNALS="1", QT_QPA_PLATFORM="offscreen")
    sys.exit(subprocess.run([*inner, sys.executable, "-B", __file__, *sys.argv[1:]], env=environment, check=False).returncode)


class MadeUpLogind:
    """Answers as logind does, and says what a session says."""

    def __init__(self, gio, glib, knows_processes):
        self.gio, self.glib = gio, glib
        self.knows_processes = knows_processes  # False: programs are started outside their session, as by systemd.
        self.delays = []  # Reading ends; the program holds the writing ends.
        flags = gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        address = os.environ["DBUS_SYSTEM_BUS_ADDRESS"]
        self.system = gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.session = gio.DBusConnection.new_for_address_sync(os.environ["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
        manager, user = gio.DBusNodeInfo.new_for_xml(LOGIND).interfaces
        self.system.register_object("/org/freedesktop/login1", manager, self.answer, None, None)
        self.system.register_object(USER, user, None, self.display, None)
        gio.bus_own_name_on_connection(self.system, "org.freedesktop.login1", gio.BusNameOwnerFlags.NONE, None, None)

    def answer(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        if method == "GetSessionByPID" and not self.knows_processes:
            invocation.return_dbus_error("org.freedesktop.login1.NoSessionForPID", "no session")
            return
        if method == "GetUserByPID":
            invocation.return_value(self.glib.Variant("(o)", (USER,)))
            return
        if method == "GetSessionByPID":
            invocation.return_value(self.glib.Variant("(o)", (SESSION,)))
            return
        check(arguments.unpack()[0] == "sleep" and arguments.unpack()[3] == "delay", f"asked for {arguments.unpack()}")
        reading, writing = os.pipe()
        self.delays.append(reading)
        handles = self.gio.UnixFDList.new_from_array([writing])
        invocation.return_value_with_unix_fd_list(self.glib.Variant("(h)", (0,)), handles)

    def display(self, *_):
        return self.glib.Variant("(so)", ("made-up", SESSION))

    def say(self, bus, path, interface, name, value):
        bus.emit_signal(None, path, interface, name, value)
        bus.flush_sync(None)


def main(program, knows_processes):
    try:
        import gi

        gi.require_version("Gio", "2.0")
        from gi.repository import Gio, GLib
    except (ImportError, ValueError) as missing:
        sys.exit(f"python3-gi is not installed ({missing})")
    logind = MadeUpLogind(Gio, GLib, knows_processes)
    threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    tested = subprocess.Popen([program, "[.session_signals]"], **piped)
    for line in tested.stdout:
        if line.strip() == "listening":
            break
    else:
        sys.exit("the program did not come to listen")

    def asked(words):
        tested.stdin.write(words + "\n")
        tested.stdin.flush()
        return tested.stdout.readline().strip()

    manager, session, properties = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session", "org.freedesktop.DBus.Properties"

    def changed(**values):
        return GLib.Variant("(sa{sv}as)", (session, {name: GLib.Variant("b", value) for name, value in values.items()}, []))

    def boolean(value):
        return GLib.Variant("(b)", (value,))

    nothing = GLib.Variant("()", ())
    locked = "Locked with the screen. Enter the passphrase to go on."
    closes = [
        (logind.system, SESSION, session, "Lock", nothing, locked),
        (logind.system, SESSION, properties, "PropertiesChanged", changed(LockedHint=True), locked),
        (logind.system, SESSION, properties, "PropertiesChanged", changed(Active=False), "Locked because somebody else used the screen. Enter the passphrase to go on."),
        (logind.session, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", boolean(True), locked),
        (logind.session, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", boolean(True), locked),
        (logind.system, "/org/freedesktop/login1", manager, "PrepareForSleep", boolean(True), "Locked because the computer went to sleep. Enter the passphrase to go on."),
    ]
    leaves = [
        (logind.system, OTHER, session, "Lock", nothing),
        (logind.system, SESSION, properties, "PropertiesChanged", changed(Active=True, LockedHint=False)),
        (logind.session, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", boolean(False)),
    ]
    for bus, path, interface, name, value in leaves:
        logind.say(bus, path, interface, name, value)
        check(asked("open?") == "open", f"{name} of {path} closed the workspace")
    check(len(logind.delays) == 1, "sleep is not held back")
    for bus, path, interface, name, value, words in closes:
        logind.say(bus, path, interface, name, value)
        said = asked("closed?")
        check(said == words, f"{interface}.{name}: '{said}'")
    # Closed, and only then let go: the reading end of the delay is at its end.
    check(os.read(logind.delays[0], 1) == b"", "the delay is still held")
    logind.say(logind.system, "/org/freedesktop/login1", manager, "PrepareForSleep", boolean(False))
    check(asked("open?") == "open", "waking up closed the workspace")
    check(len(logind.delays) == 2, "sleep is not held back a second time")
    tested.stdin.close()
    check(tested.wait(60) == 0, f"the program ended with {tested.returncode}")
    print(f"{len(closes)} ways of leaving close the workspace, {len(leaves) + 1} signals do not")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if os.environ.get("FAIRLEAD_SIGNALS") != "1":
        with_buses()
    main(sys.argv[1], "--outside-the-session" not in sys.argv)
