"""Network drives and folders that synchronise themselves are no place for a book."""

import pytest

from blangko.store.place import risky_place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/data /mnt/kantor cifs rw 0 0
server:/export /mnt/kantor\\040dua nfs4 rw 0 0
/dev/sdb1 /mnt/kantor/lokal ext4 rw 0 0
user@host: /home/siti/jauh fuse.sshfs rw 0 0
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
