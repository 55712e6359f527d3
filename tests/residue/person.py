"""Whose account a day's programs run under."""

import os
import pwd
import resource
import subprocess
from pathlib import Path

import traced

# As systemd gives it to an ordinary session; the administrator may lock as much as there is.
LOCKABLE_BYTES = 8 << 20
# Where programs leave things by habit, apart from the home folder.
SHARED_PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run")


class Person:
    """An ordinary account: `nobody`, where the tests are the administrator's; otherwise whoever runs them."""

    def __init__(self):
        self.is_lent = os.geteuid() == 0
        account = pwd.getpwnam("nobody") if self.is_lent else pwd.getpwuid(os.geteuid())
        self.name, self.user, self.group = account.pw_name, account.pw_uid, account.pw_gid

    def give(self, path):
        """A file, or a folder with all that is in it, becomes this person's."""
        if self.is_lent:
            for one in [path, *path.rglob("*")]:
                os.lchown(one, self.user, self.group)

    @staticmethod
    def limit():
        hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]
        most = LOCKABLE_BYTES if hard == resource.RLIM_INFINITY else min(hard, LOCKABLE_BYTES)
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (most, most))

    def start(self, words, trace=None, **options):
        """Starts a program as this person; traced into a file where one is given."""
        if trace is not None:
            words = traced.command(trace, words, self.name if self.is_lent else None)
        elif self.is_lent:
            options.update(user=self.user, group=self.group, extra_groups=[])
        return subprocess.Popen(list(map(str, words)), preexec_fn=self.limit, **options)

    def run(self, words, **options):
        """Runs it to its end, for a minute at most: (exit code, what it said on both)."""
        started = self.start(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
        said, _ = started.communicate(timeout=60)
        return started.returncode, said

    def files_elsewhere(self):
        """What lies in the shared places and is this person's, but for other tests' folders."""
        found = set()
        for place in SHARED_PLACES:
            for folder, folders, names in os.walk(place):
                folders[:] = [name for name in folders if not name.startswith("fairlead-") and self.owns(folder, name, True)]
                found |= {Path(folder) / name for name in names if self.owns(folder, name, False)}
        return found

    def owns(self, folder, name, is_folder):
        try:
            status = os.lstat(os.path.join(folder, name))
        except OSError:
            return False  # Gone meanwhile.
        # A sticky folder of everybody's may hold what is theirs.
        return status.st_uid == self.user or (is_folder and status.st_mode & 0o002 != 0) or (is_folder and folder == "/run")
