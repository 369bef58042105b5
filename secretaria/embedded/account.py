"""Which system user runs the servers, and a place on disk that this user can reach.

PostgreSQL refuses to run as root. When root starts us, servers run as the user `secretaria` where the
machine has one, else as `nobody`; as anyone else they simply run as that user. Root's own folders are
usually closed to others: then data and programs live below /var/lib/secretaria, with a link where one looks
for them. No folder that was there before us ever gets wider permissions.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PREFERRED: Final = ("secretaria", "nobody")
OUTSIDE: Final = Path("/var/lib/secretaria")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a server runs as. `drop` is false when it is whoever we are already."""

    uid: int
    gid: int
    drop: bool

    def passes(self, place: Path) -> bool:
        """Whether this user may walk down to `place` and into it."""
        place = place.resolve()
        if not self.drop:
            return os.access(place, os.X_OK)
        return all(self._may(part, stat.S_IXOTH) for part in (place, *place.parents))

    def reads(self, place: Path) -> bool:
        """Whether this user may also list the folder."""
        if not self.drop:
            return self.passes(place) and os.access(place, os.R_OK)
        return self.passes(place) and self._may(place.resolve(), stat.S_IROTH)

    def own(self, place: Path) -> None:
        """Gives a file or folder that we made to this user."""
        if self.drop:
            os.chown(place, self.uid, self.gid)

    def _may(self, place: Path, bits: int) -> bool:
        found = place.stat()
        shift = 6 if found.st_uid == self.uid else 3 if found.st_gid == self.gid else 0
        return (found.st_mode >> shift) & bits == bits


def account_for_servers() -> Account:
    """Raises LookupError where root has no unprivileged user to hand the servers to."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), drop=False)
    for name in PREFERRED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, drop=True)
    raise LookupError("the machine has no user to run servers as: `useradd --system secretaria`")


def home_for(account: Account, place: Path, *, outside: Path = OUTSIDE) -> Path:
    """The folder of one server, made if need be: `place`, or what it links to when the user cannot get
    there.
    """
    place = place.absolute()
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        if not account.passes(place.parent):
            _link_to(_new_folder(outside, place), place)
        place.mkdir(mode=0o700, exist_ok=True)
        account.own(place.resolve())
    return place.resolve()


def programs_for(account: Account, folders: tuple[Path, ...], version: str, *, outside: Path = OUTSIDE) -> Path:
    """The folder above a server's programs and libraries, or above a copy of them that the user can reach."""
    if all(account.reads(folder) for folder in folders):
        return folders[0].parent
    copy = outside / "programs" / version
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        _make_open(partial, outside)
        for folder in folders:
            shutil.copytree(folder, partial / folder.name, symlinks=True)
        _let_everyone_read(partial)
        try:
            partial.rename(copy)
        except OSError:  # another checkout was faster
            shutil.rmtree(partial)
    return copy


def _new_folder(outside: Path, place: Path) -> Path:
    target = outside / hashlib.sha256(os.fsencode(place)).hexdigest()[:16] / place.name
    _make_open(target.parent, outside)
    if target.exists():  # of an earlier checkout at this very path: its keys are gone, its data not ours to delete
        target.rename(target.with_name(f"{target.name}.{time.time_ns()}"))
    target.mkdir(mode=0o700)
    return target


def _link_to(target: Path, place: Path) -> None:
    place.unlink(missing_ok=True)  # a link that leads nowhere
    place.symlink_to(target)


def _make_open(folder: Path, outside: Path) -> None:
    """Below `outside` all is ours, so it may be walked by others; the servers' own homes stay closed."""
    outside.mkdir(parents=True, exist_ok=True)
    for place in (outside, *(part for part in reversed(folder.parents) if outside in part.parents), folder):
        place.mkdir(exist_ok=True)
        place.chmod(0o755)


def _let_everyone_read(copy: Path) -> None:
    """A copy of what root installed under a strict umask is as closed as the original was."""
    for place in copy.rglob("*"):
        mode = place.lstat().st_mode
        if not stat.S_ISLNK(mode):
            place.chmod(mode | 0o044 | (0o011 if mode & stat.S_IXUSR else 0))
