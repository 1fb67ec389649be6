"""Copies beside the book: fourteen newest, a year of months, every year."""

from datetime import date, timedelta
from pathlib import Path

from blangko.store.backups import backup_place, forget_old, kept, newest_backup

BEGINNING = "SQLite format 3\0"


def name(day):
    return f"blangko-{day:%Y%m%d}T090000Z.db"


def test_a_daily_copy_for_three_years_keeps_some_thirty():
    days = [date(2015, 1, 1) + timedelta(days=number) for number in range(3 * 365)]
    stay = kept(map(name, days))

    assert {name(day) for day in days[-14:]} <= stay
    # The newest of each month and of each year: December 2015 and 2016 end them, 2017 is among the newest.
    assert name(date(2017, 6, 30)) in stay and name(date(2017, 6, 29)) not in stay
    assert name(date(2015, 12, 31)) in stay and name(date(2015, 6, 30)) not in stay
    # The newest 14 are of December 2017; before them stand 11 months of 2017, and the ends of 2015 and 2016.
    assert len(stay) == 14 + 11 + 2


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for number in range(60):
        (folder / name(date(2017, 10, 1) + timedelta(days=number))).write_text(BEGINNING)
    (folder / "blangko-mine.db").write_text(BEGINNING)
    (folder / "blangko-20179999T090000Z.db").write_text(BEGINNING)
    (folder / "other-20150101T090000Z.db").write_text(BEGINNING)
    (folder / "blangko-two-20150101T090000Z.db").write_text(BEGINNING)
    forget_old(str(tmp_path / "blangko.db"))

    assert (folder / "blangko-mine.db").exists() and (folder / "blangko-20179999T090000Z.db").exists()
    # 14 newest of 60 days from 1 October to 29 November, and the last of October.
    assert len(list(folder.iterdir())) == 14 + 1 + 4


def test_the_newest_copy_is_known_by_its_name(tmp_path):
    assert newest_backup(str(tmp_path / "book.db")) is None
    place = backup_place(str(tmp_path / "book.db"), "2017-10-27T09:00:00Z")
    (tmp_path / "backups").mkdir()
    Path(place).write_text(BEGINNING)

    assert newest_backup(str(tmp_path / "book.db")) == date(2017, 10, 27)


def test_an_empty_file_is_no_copy_and_pushes_none_out(tmp_path):
    """Fourteen empty files of tomorrow would have had the true copies taken away, and said that all is well."""
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / name(date(2017, 10, 1))).write_text(BEGINNING)
    for number in range(20):
        (folder / name(date(2017, 10, 2) + timedelta(days=number))).write_text("")
    (folder / name(date(2017, 12, 1))).mkdir()

    assert newest_backup(str(tmp_path / "blangko.db")) == date(2017, 10, 1)
    assert forget_old(str(tmp_path / "blangko.db")) == []
    assert (folder / name(date(2017, 10, 1))).exists()
