#!/usr/bin/env python3
"""T-S1: a source that is not what was signed stops the build: one byte of it, of its index, or another signer.

    sources.py CHECKOUT

SQLCipher is built from a source package that installer/lib/debian-source.sh fetches. Here the same functions fetch from a
repository on this disk whose signer is made up, so that every step of the way can be changed.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PACKAGE = "made-up"
SUITE = "trixie"
# What dependencies.sh does, with another keyring and another server.
FETCH = r"""
set -euo pipefail
. "$1/installer/lib/common.sh"
require_debian
. "$2"
debian_uri() { if [ "$1" = "$codename" ]; then printf 'file:%s' "$repository"; fi; }
repository=$3
open_source_index "$4/apt" "$4/logs"
fetch_source made-up "$4/source" "$4/logs"
"""


def run(*command, cwd=None, home=None):
    return subprocess.run(command, cwd=cwd, env={**os.environ, "GNUPGHOME": str(home)} if home else None, check=True, capture_output=True)


def digests(path, folder):
    data = path.read_bytes()
    return f" {hashlib.sha256(data).hexdigest()} {len(data)} {path.relative_to(folder)}"


class Signer:
    """A key of its own, and the keyring by which it is known."""

    def __init__(self, folder):
        self.home = folder
        folder.mkdir(mode=0o700)
        run("gpg", "--batch", "--passphrase", "", "--quick-gen-key", "Nobody <nobody@example.org>", "ed25519", "sign", "never", home=self.home)
        self.keyring = folder / "known.gpg"
        self.keyring.write_bytes(run("gpg", "--export", home=self.home).stdout)

    def sign(self, release):
        signed = release.with_name("InRelease")
        signed.unlink(missing_ok=True)
        run("gpg", "--batch", "--clearsign", "-o", str(signed), str(release), home=self.home)

    def leave(self):
        """The agent that gpg started goes, too."""
        run("gpgconf", "--kill", "all", home=self.home)


class Repository:
    """One source package, its index, and the signed file over it."""

    def __init__(self, folder):
        self.folder = folder
        tree = folder / "build" / f"{PACKAGE}-1"
        (tree / "debian/source").mkdir(parents=True)
        (tree / "code.c").write_text("int answer(void) { return 42; }\n")
        (tree / "debian/source/format").write_text("3.0 (native)\n")
        (tree / "debian/control").write_text(f"Source: {PACKAGE}\nMaintainer: Nobody <nobody@example.org>\n\nPackage: {PACKAGE}\nArchitecture: any\nDescription: made up\n")
        (tree / "debian/changelog").write_text(f"{PACKAGE} (1) unstable; urgency=low\n\n  * Made up.\n\n -- Nobody <nobody@example.org>  Sun, 22 Nov 2026 12:00:00 +0000\n")
        run("dpkg-source", "-b", tree.name, cwd=tree.parent)
        pool = folder / "pool"
        pool.mkdir()
        for path in tree.parent.glob(f"{PACKAGE}_*"):
            shutil.move(path, pool / path.name)
        self.archive = next(pool.glob("*.tar.*"))
        self.index = folder / f"dists/{SUITE}/main/source/Sources"
        self.index.parent.mkdir(parents=True)
        self.write_index()

    def write_index(self):
        pool = self.archive.parent
        described = next(pool.glob("*.dsc"))
        fields = [line for line in described.read_text().splitlines() if line and not line.startswith((" ", "Source:", "Checksums", "Files"))]
        files = "\n".join(digests(path, pool) for path in sorted(pool.iterdir()))
        sums = "\n".join(f" {hashlib.md5(path.read_bytes()).hexdigest()} {path.stat().st_size} {path.name}" for path in sorted(pool.iterdir()))
        self.index.write_text(f"Package: {PACKAGE}\n" + "\n".join(fields) + f"\nDirectory: pool\nFiles:\n{sums}\nChecksums-Sha256:\n{files}\n\n")

    def write_release(self, signer):
        release = self.folder / f"dists/{SUITE}/Release"
        listed = digests(self.index, release.parent)
        release.write_text(f"Origin: Debian\nSuite: {SUITE}\nCodename: {SUITE}\nDate: Sun, 22 Nov 2026 12:00:00 UTC\nAcquire-By-Hash: no\nComponents: main\nArchitectures: amd64\nSHA256:\n{listed}\n")
        signer.sign(release)


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def fetched(checkout, repository, keyring, work):
    """Whether the source was fetched and unpacked; what was said."""
    work.mkdir()
    script = (checkout / "installer/lib/debian-source.sh").read_text()
    changed = script.replace("/usr/share/keyrings/debian-archive-keyring.gpg", str(keyring))
    assert changed != script, "the installer names no keyring"
    (work / "debian-source.sh").write_text(changed)
    result = subprocess.run(["bash", "-c", FETCH, "fetch", str(checkout), str(work / "debian-source.sh"), str(repository.folder), str(work)], capture_output=True, text=True, check=False)
    unpacked = (work / "source/code.c").exists()
    assert unpacked == (result.returncode == 0), f"unpacked: {unpacked}, exit code {result.returncode}\n{result.stdout}{result.stderr}"
    return unpacked, result.stdout + result.stderr


def main(checkout):
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        known, other = Signer(place / "known"), Signer(place / "other")
        cases = {
            "as it was signed": (True, lambda made: None),
            "one byte of the source": (False, lambda made: flip(made.archive)),
            "one byte of its description": (False, lambda made: flip(next(made.archive.parent.glob("*.dsc")))),
            "one byte of the index": (False, lambda made: flip(made.index)),
            "source and index, not signed anew": (False, lambda made: (flip(made.archive), made.write_index())),
            "signed by somebody else": (False, lambda made: made.write_release(other)),
            "not signed": (False, lambda made: (made.folder / f"dists/{SUITE}/InRelease").unlink()),
        }
        wrong = 0
        for number, (what, (expected, change)) in enumerate(cases.items()):
            repository = Repository(place / f"repository-{number}")
            repository.write_release(known)
            change(repository)
            got, said = fetched(pathlib.Path(checkout), repository, known.keyring, place / f"work-{number}")
            print(("ok    " if got == expected else "WRONG ") + what)
            if got != expected:
                print(said)
                wrong += 1
        for signer in (known, other):
            signer.leave()
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
