"""A second verifier of the audit log, written from resources/docs/audit.md and sharing nothing with the program.

verify_audit.py AUDIT_FOLDER [--against FILE|"SIZE ROOT"]...
verify_audit.py --proof PROOF_FILE --older "SIZE ROOT"

Prints the verdict as JSON. Exit code 0 intact, 1 not. Python's standard library is all it needs.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

MAGIC = b"fairlead-audit 3\n"
MOST_ENTRY = 1 << 20
VERBS, STATES = 11, 4
KEY_CHANGE, INTENT, DONE, FAILED, NOTE = 11, 1, 2, 3, 4
DASH = "— "
ORIGIN = "fairlead.local/"


class Bad(Exception):
    """The log is not as it should be; the text says in what."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# ---- Ed25519, RFC 8032 section 5.1, on extended coordinates

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    result = IDENTITY
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point_of(text):
    """None where the 32 bytes are no point in the one way of writing it."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def bytes_of(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_public_key(key):
    point = point_of(key)
    return point is not None and not same(point, IDENTITY) and same(times(L, point), IDENTITY)


def is_signed(message, signature, key):
    point = point_of(key)
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    return bytes_of(add(times(scalar, BASE), times(challenge, minus))) == signature[:32]


# ---- Entries: deterministic CBOR

def cbor_head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for power, limit in enumerate((8, 16, 32, 64)):
        if value < 1 << limit:
            return bytes([major << 5 | 24 + power]) + value.to_bytes(1 << power, "big")
    raise Bad("a number too large")


def cbor_item(text, at):
    """(value, where the next item begins) of a number, byte string or text."""
    if at >= len(text):
        raise Bad("ends too early")
    major, argument = text[at] >> 5, text[at] & 31
    at += 1
    if argument > 27 or major not in (0, 2, 3, 5):
        raise Bad("an item of another kind")
    if argument >= 24:
        size = 1 << argument - 24
        if at + size > len(text):
            raise Bad("ends too early")
        argument, at = int.from_bytes(text[at:at + size], "big"), at + size
    if major in (0, 5):
        return (major, argument), at
    if at + argument > len(text):
        raise Bad("ends too early")
    return (major, text[at:at + argument]), at + argument


KINDS = dict(zip(range(1, 19), (0, 0, 0, 0, 2, 3, 3, 3, 0, 2, 0, 2, 2, 0, 2, 2, 2, 2)))


def entry_of(text):
    """The fields by number. Whatever an encoder following the rules would not write is refused."""
    (major, pairs), at = cbor_item(text, 0)
    if (major, pairs) != (5, len(KINDS)):
        raise Bad("not a map of 18")
    fields, again = {}, cbor_head(5, pairs)
    for number, kind in KINDS.items():
        key, at = cbor_item(text, at)
        (major, value), at = cbor_item(text, at)
        if key != (0, number) or major != kind:
            raise Bad(f"field {number} is not as it should be")
        fields[number] = value
        again += cbor_head(0, number) + (cbor_head(0, value) if kind == 0 else cbor_head(kind, len(value)) + value)
    if again != text:
        raise Bad("not in its one form")
    for number in (6, 7, 8):
        try:
            fields[number].decode("utf-8")
        except UnicodeDecodeError:
            raise Bad("not UTF-8") from None
    return fields


def check_fields(fields):
    verb, state = divmod(fields[9], 16)
    is_change = verb == KEY_CHANGE
    rules = (
        fields[1] == 3, 1 <= verb <= VERBS, 1 <= state <= STATES, fields[3] < 1 << 63, fields[3] <= fields[4] < 1 << 63,
        len(fields[5]) == 16, all(len(fields[n]) in (0, 32) for n in (10, 12, 13)), len(fields[16]) == 32,
        len(fields[17]) == (96 if is_change else 0), not is_change or (state == NOTE and fields[14] == 0),
    )
    if not all(rules):
        raise Bad("a field that cannot be")
    return verb, state


# ---- The tree of RFC 9162, section 2.1

class Tree:
    def __init__(self):
        self.size, self.parts = 0, []

    def add(self, leaf):
        size = self.size
        while size & 1:
            leaf = sha256(b"\x01", self.parts.pop(), leaf)
            size >>= 1
        self.parts.append(leaf)
        self.size += 1

    def root(self):
        if not self.parts:
            return sha256()
        root = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            root = sha256(b"\x01", part, root)
        return root


def is_consistent(older, newer, proof):
    """Section 2.1.4.2; older and newer are (size, root)."""
    (first, first_root), (second, second_root) = older, newer
    if first > second:
        return False
    if first == 0:
        return not proof and first_root == sha256()
    if first == second:
        return not proof and first_root == second_root
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha256(b"\x01", node, fr), sha256(b"\x01", node, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha256(b"\x01", sr, node)
        fn, sn = fn >> 1, sn >> 1
    return (fr, sr, sn) == (first_root, second_root, 0)


# ---- Checkpoints

def note_body(origin, size, root, further=""):
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n{further}".encode()


def decode64(text, size):
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad("not base64") from None
    if len(value) != size or base64.b64encode(value).decode() != text:
        raise Bad("not base64 of the right size")
    return value


def origin_of(key):
    return ORIGIN + sha256(key)[:16].hex()


class Note:
    def __init__(self, text, alone):
        lines = text.decode("utf-8", "strict").split("\n")
        if len(lines) < 6 or lines[-1] or lines[3] or not lines[0].startswith(ORIGIN):
            raise Bad("not a checkpoint")
        self.origin = lines[0]
        if not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
            raise Bad("not a checkpoint's size")
        self.size, self.root = int(lines[1]), decode64(lines[2], 32)
        ours = [line for line in lines[4:-1] if line.startswith(f"{DASH}{self.origin} ")]
        if len(ours) != 1 or not all(line.startswith(DASH) for line in lines[4:-1]) or (alone and len(lines) != 6):
            raise Bad("not one signature of the log")
        signature = decode64(ours[0][len(f"{DASH}{self.origin} "):], 68)
        self.key_id, self.signature = signature[:4], signature[4:]

    def is_signed_by(self, key):
        wanted = sha256(self.origin.encode(), b"\n\x01", key)[:4]
        return self.key_id == wanted and is_signed(note_body(self.origin, self.size, self.root), self.signature, key)


def witness_of(text):
    """(size, root or its first bytes, note or None) of a file or of "SIZE ROOT"."""
    if Path(text).is_file():
        text = Path(text).read_text()
    if text.startswith(ORIGIN):
        note = Note(text.encode(), alone=False)
        return note.size, note.root, note
    size, root = text.split()
    if len(root) == 64:
        return int(size), bytes.fromhex(root), None
    letters = root.replace("-", "").upper()
    return (int(size), base64.b32decode(letters), None) if len(letters) == 16 else (int(size), decode64(root, 32), None)


# ---- The log

def lost_sector(text, at):
    """Whether a sector of 512 bytes is zeros from there on."""
    while at < len(text):
        end = (at // 512 + 1) * 512
        if not any(text[at:end]):
            return True
        at = end
    return False


class Log:
    """Reads a log; what it has found is in its fields when something is bad, too."""

    def __init__(self, folder, witnesses=()):
        self.folder, self.witnesses = Path(folder), list(witnesses)
        self.tree, self.last_leaf, self.max_seen = Tree(), bytes(32), 0
        self.keys, self.open, self.torn, self.placed, self.covered = [], set(), 0, True, 0

    def origin(self):
        return origin_of(self.keys[0][1]) if self.keys else ""

    def key_at(self, size):
        return next((key for start, key in reversed(self.keys) if start <= size), self.keys[0][1])

    def disagree(self, text):
        self.placed = False
        raise Bad(text)

    def compare(self):
        for size, root, _ in self.witnesses:
            if size == self.tree.size and not self.tree.root().startswith(root):
                self.disagree(f"another root at {size}")

    def change_key(self, certificate):
        key, signature = certificate[:32], certificate[32:]
        if not is_public_key(key):
            raise Bad("not a public key")
        signer, origin = (self.keys[-1][1], self.origin()) if self.keys else (key, origin_of(key))
        line = f"next-key {base64.b64encode(key).decode()}\n"
        if not is_signed(note_body(origin, self.tree.size, self.tree.root(), line), signature, signer):
            raise Bad("a key that the one before it did not sign")
        self.keys.append((self.tree.size + 1, key))

    def take(self, text, leaf):
        fields = entry_of(text)
        verb, state = check_fields(fields)
        if (fields[2], fields[16], fields[4]) != (self.tree.size + 1, self.last_leaf, max(self.max_seen, fields[3])):
            raise Bad("out of order")
        if fields[14] >= fields[2]:
            raise Bad("ends what has not begun")
        if verb == KEY_CHANGE:
            self.change_key(fields[17])
        elif not self.keys:
            raise Bad("before the first key")
        self.tree.add(leaf)
        self.last_leaf, self.max_seen = leaf, fields[4]
        if state == INTENT:
            self.open.add(fields[2])
        if state in (DONE, FAILED):
            self.open.discard(fields[14])
        self.compare()

    @staticmethod
    def is_whole(frame, length):
        leaf = sha256(b"\x00", frame[8:8 + length])
        return sha256(leaf, frame[8 + length:40 + length])[:8] == frame[40 + length:48 + length]

    def read_segment(self, text, is_last):
        """False after a torn tail."""
        is_begun = len(text) < len(MAGIC) and MAGIC.startswith(text)
        if is_last and (is_begun or (len(text) <= len(MAGIC) and not any(text))):
            self.torn = len(text)
            return
        if not text.startswith(MAGIC):
            raise Bad("a segment without its first line")
        at = len(MAGIC)
        while at < len(text):
            rest = text[at:at + 8 + MOST_ENTRY + 40]
            length = int.from_bytes(rest[:4], "little")
            torn = len(rest) < 8 or not any(text[at:])
            wrong = not torn and (sha256(b"fairlead audit length ", rest[:4])[:4] != rest[4:8] or length > MOST_ENTRY)
            torn = torn or (not wrong and len(rest) < 8 + length + 40)
            if not torn and (wrong or not self.is_whole(rest, length)):
                # The entry under way: no checkpoint covers it.
                torn = is_last and self.tree.size >= self.covered and lost_sector(text, at)
                if not torn:
                    raise Bad("a changed length" if wrong else "changed")
            if torn:
                if not is_last:
                    raise Bad("ends within an entry")
                self.torn = len(text) - at
                return
            entry = rest[8:8 + length]
            leaf = sha256(b"\x00", entry)
            self.take(entry, leaf)
            at += 48 + length

    def read(self):
        file, note = self.folder / "checkpoint", None
        if file.exists():
            try:
                note = Note(file.read_bytes(), alone=True)
            except (Bad, UnicodeDecodeError) as bad:
                self.disagree(f"the checkpoint is changed: {bad}")
            self.witnesses.append((note.size, note.root, note))
            self.covered = note.size
        self.compare()
        count = sum(1 for path in self.folder.iterdir() if path.name.startswith("segment-") and path.name.endswith(".log"))
        for number in range(1, count + 1):
            segment = self.folder / f"segment-{number:06}.log"
            if not segment.exists():
                raise Bad("a segment is missing")
            self.read_segment(segment.read_bytes(), number == count)
        if not note:
            self.disagree("the checkpoint is missing")
        if max(size for size, _, _ in self.witnesses) > self.tree.size:
            raise Bad("entries are missing at the end")
        if self.tree.size > note.size + 1:
            raise Bad("entries that no checkpoint covers")
        for _, _, signed in self.witnesses:
            if signed and self.keys and (signed.origin != self.origin() or not signed.is_signed_by(self.key_at(signed.size))):
                self.disagree("a checkpoint that the log's key did not sign")


def verify(folder, witnesses=()):
    """The verdict on a log as a dictionary."""
    log, problem = Log(folder, witnesses), ""
    try:
        log.read()
    except (Bad, UnicodeDecodeError) as bad:
        problem = str(bad)
    return {
        "intact": not problem, "problem": problem, "entries": log.tree.size, "root": log.tree.root().hex(),
        "first_bad": log.tree.size + 1 if problem and log.placed else None, "origin": log.origin(),
        "signing_keys": len(log.keys), "torn_bytes": log.torn, "unfinished": sorted(log.open),
    }


def check_proof(file, older):
    """Whether a proof file shows that the log grew out of the older checkpoint. The new one's signature is the log's."""
    head, _, note_text = Path(file).read_text().partition("\n\n")
    first, size, *hashes = head.split("\n")
    note = Note(note_text.encode(), alone=False)
    older_size, older_root, _ = witness_of(older)
    fits = first == "fairlead-proof 1" and int(size) == older_size
    proof = [decode64(line, 32) for line in hashes]
    return fits and is_consistent((older_size, older_root), (note.size, note.root), proof)


def main(words):
    if words and words[0] == "--proof":
        holds = check_proof(words[1], words[3])
        print(json.dumps({"consistent": holds}))
        return 0 if holds else 1
    against = [witness_of(text) for option, text in zip(words[1::2], words[2::2]) if option == "--against"]
    verdict = verify(words[0], against)
    print(json.dumps(verdict, indent=2))
    return 0 if verdict["intact"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
