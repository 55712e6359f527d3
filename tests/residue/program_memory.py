"""The memory of another process, as the administrator (or its parent, where it allows that) can read it."""

import re
from dataclasses import dataclass

REGION = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$")
PAGE = 4096
MOST_BYTES_AT_ONCE = 64 << 20
ZEROS_BEFORE, GUARD = 16, 16
KEY = 32


@dataclass
class Region:
    start: int
    end: int
    rights: str
    name: str
    flags: frozenset

    @property
    def what(self):
        return self.name or "memory without a name"


def regions(process):
    found = []
    with open(f"/proc/{process}/smaps", encoding="utf-8") as file:
        for line in file:
            match = REGION.match(line)
            if match:
                start, end, rights, name = match.groups()
                found.append(Region(int(start, 16), int(end, 16), rights, name, frozenset()))
            elif line.startswith("VmFlags:"):
                found[-1].flags = frozenset(line.split()[1:])
    return found


def contents(process, wanted):
    """(region, offset, bytes) of the regions for which `wanted` holds. A part overlaps the next by a page."""
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        for region in regions(process):
            if not wanted(region):
                continue
            for start in range(region.start, region.end, MOST_BYTES_AT_ONCE):
                try:
                    memory.seek(start)
                    content = memory.read(min(MOST_BYTES_AT_ONCE + PAGE, region.end - start))
                except (OSError, ValueError, OverflowError):
                    continue  # Gone meanwhile, or a device's.
                yield region, start - region.start, content


def writable(region):
    return "w" in region.rights and not region.name.startswith(("[vvar", "[vsyscall"))


def guarded(region):
    """As libsodium keeps secrets: locked, and left out of dumps."""
    return {"lo", "dd"} <= region.flags


def meant_as_guarded(region):
    """Left out of dumps and written to, but not locked: a lock that was refused."""
    return "dd" in region.flags and "lo" not in region.flags and "w" in region.rights


def secrets_of(process):
    """The keys that a process keeps in guarded memory: {where: their first 32 bytes}. libsodium puts a secret at the
    end of a page, after a guard of sixteen bytes. Only of a signing key is the rest no secret: the public key."""
    found = {}
    for region, _, content in contents(process, guarded):
        secret = content.rpartition(b"\0" * ZEROS_BEFORE)[2].lstrip(b"\0")[GUARD:]
        if len(secret) >= KEY:
            found[f"a key at {region.start:x}"] = secret[:KEY]
    return found
