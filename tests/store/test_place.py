"""Network drives and folders that synchronise themselves are no place for a book."""

import ctypes
from types import SimpleNamespace

import pytest

from blangko.store import place
from blangko.store.place import risky_place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/data /mnt/kantor cifs rw 0 0
server:/export /mnt/kantor\\040dua nfs4 rw 0 0
/dev/sdb1 /mnt/kantor/lokal ext4 rw 0 0
user@host: /home/siti/jauh fuse.sshfs rw 0 0
tamu /media/tamu vboxsf rw 0 0
/dev/fuse /media/usb fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "risk"),
    [
        ("/home/siti/book.db", None),
        ("/mnt/kantor/book.db", "network"),
        ("/mnt/kantor dua/book.db", "network"),
        ("/mnt/kantor/lokal/book.db", None),
        ("/mnt/kantorlain/book.db", None),
        ("/home/siti/jauh/sub/book.db", "network"),
        ("/media/tamu/book.db", "network"),
        ("/media/usb/book.db", None),
        ("/home/siti/Dropbox/book.db", "synced"),
        ("/home/siti/OneDrive - Disdukcapil/stok/book.db", "synced"),
        ("/home/siti/Google Drive/book.db", "synced"),
        ("/home/siti/dropbox-notes/book.db", None),
    ],
)
def test_a_place_is_judged_by_its_mount_and_its_folders(path, risk):
    assert risky_place(path, MOUNTS) == risk


def test_a_folder_is_known_by_the_mark_that_its_program_leaves(tmp_path):
    (tmp_path / ".stfolder").mkdir()

    assert risky_place(str(tmp_path / "stok" / "book.db"), "") == "synced"
    assert risky_place(str(tmp_path.parent / "book.db"), "") is None


def test_a_folder_that_windows_says_is_onedrive_is_one_whatever_it_is_called(monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", "/home/siti/Kantor")

    assert risky_place("/home/siti/Kantor/stok/book.db", "") == "synced"
    assert risky_place("/home/siti/Kantor lain/book.db", "") is None


REMOTE, FIXED = 4, 3


@pytest.mark.parametrize(
    ("path", "kind", "is_network"),
    [
        ("\\\\server\\data\\book.db", FIXED, True),
        ("Z:\\stok\\book.db", REMOTE, True),
        ("C:\\Users\\siti\\book.db", FIXED, False),
    ],
)
def test_windows_is_asked_what_kind_of_drive_it_is(monkeypatch, path, kind, is_network):
    asked = []
    kernel = SimpleNamespace(GetDriveTypeW=lambda drive: asked.append(drive) or kind)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)

    assert place._on_windows_network(path) is is_network
    assert asked in ([], [path[:3]])
