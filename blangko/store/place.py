"""Where a book lies: network drives and folders that synchronise themselves are no place for it.

On a network drive two programs can hold the same lock; a folder that synchronises itself copies a book in the middle
of a write, and brings old copies back.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PureWindowsPath
from typing import Any, Final

from blangko.errors import Risk
from blangko.store.address import is_server

NETWORK: Final = "network"
SYNCED: Final = "synced"
_NETWORK_FILE_SYSTEMS = re.compile(
    r"(nfs\d?|cifs|smb\w*|afs|ceph|lustre|gpfs|beegfs|ncpfs|davfs2?|vboxsf|prl_fs"
    r"|fuse\.(sshfs|davfs2?|rclone|s3fs|gcsfuse|gvfsd-fuse|glusterfs|vmhgfs-fuse))"
)
_SYNC_FOLDERS = re.compile(
    r"(dropbox|onedrive( - .*)?|google ?drive|my drive|nextcloud|owncloud|icloud ?drive|mega(sync)?|pcloud.*"
    r"|yandex\.?disk|box sync|syncthing|com~apple~clouddocs)",
    re.IGNORECASE,
)
_DRIVE_REMOTE = 4
"""What Windows calls a drive of another machine."""


def risky_place(path: str, mounts: str | None = None) -> Risk | None:
    """Why `path` is no place for a book: "network" or "synced"; None where it is a good one, or a server.

    Args:
        path: The book's file, which need not be there yet.
        mounts: The machine's mounts as Linux lists them; read from the machine when not given.
    """
    if is_server(path):
        return None
    absolute = os.path.abspath(path)
    if _on_network(absolute, mounts):
        return NETWORK
    return SYNCED if _in_sync_folder(absolute) else None


def _on_network(absolute: str, mounts: str | None) -> bool:
    if os.name == "nt":
        return _on_windows_network(absolute)
    listed = mounts if mounts is not None else _mounts()
    return bool(_NETWORK_FILE_SYSTEMS.fullmatch(_file_system(os.path.realpath(absolute), listed)))


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _file_system(absolute: str, mounts: str) -> str:
    """The kind of file system of the longest mount that holds the path."""
    found, longest = "", -1
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        # Linux writes a blank in a name as \040, so that its list can be parted by blanks.
        mount = parts[1].replace("\\040", " ").rstrip("/")
        if (absolute == mount or absolute.startswith(f"{mount}/")) and len(mount) >= longest:
            found, longest = parts[2], len(mount)
    return found


def _on_windows_network(absolute: str) -> bool:
    if absolute.startswith("\\\\"):
        return True
    import ctypes

    windows: Any = getattr(ctypes, "windll", None)
    drive = PureWindowsPath(absolute).anchor
    return windows is not None and windows.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE


def _in_sync_folder(absolute: str) -> bool:
    folders = [Path(absolute), *Path(absolute).parents]
    if any(_SYNC_FOLDERS.fullmatch(folder.name) for folder in folders[1:]):
        return True
    # Whatever it is called, this is where Windows says that it is.
    told = {
        Path(os.environ[name])
        for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
        if os.environ.get(name)
    }
    if told & set(folders):
        return True
    return any((folder / mark).exists() for folder in folders[1:] for mark in (".stfolder", ".dropbox"))
