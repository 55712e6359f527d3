"""A display and a session bus for one person, both gone at the end."""

import os
import secrets
import struct
import subprocess


class Display:
    """Xvfb, with a cookie that this person alone may read."""

    def __init__(self, person, folder):
        self.cookie = folder / "cookie"
        family_wild, name = 0xFFFF, b"MIT-MAGIC-COOKIE-1"
        entry = struct.pack(">HHHH", family_wild, 0, 0, len(name)) + name + struct.pack(">H", 16) + secrets.token_bytes(16)
        self.cookie.write_bytes(entry)
        self.cookie.chmod(0o600)
        person.give(self.cookie)
        reading, writing = os.pipe()
        words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-auth", str(self.cookie)]
        self.server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as said:
            self.name = f":{said.readline().strip()}"
        if self.name == ":":
            raise SystemExit("the display did not start")

    def environment(self):
        return {"DISPLAY": self.name, "XAUTHORITY": str(self.cookie)}

    def end(self):
        self.server.terminate()
        self.server.wait()


class Bus:
    """The session's bus, as this person's program; the daemon serves nobody else."""

    def __init__(self, person, folder):
        folder.mkdir(mode=0o700)
        person.give(folder)
        address = f"unix:path={folder / 'socket'}"
        words = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}", "--print-address=1"]
        self.daemon = person.start(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.address = self.daemon.stdout.readline().decode().strip()
        if not self.address:
            raise SystemExit("the bus did not start")

    def environment(self):
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def end(self):
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon.stdout.close()
