"""Beginning, choosing, proving, trying out."""

import json
import os
import shlex
import sqlite3
import stat

import pytest

from blangko.cli.app import _made
from blangko.cli.commands import COMMANDS
from tests.forging import drop_trigger, forge, reseal, swallow_entries


@pytest.mark.file
def test_a_new_book_belongs_to_its_owner_alone(office):
    assert stat.S_IMODE(os.stat(office.book).st_mode) == 0o600


def test_an_existing_book_is_never_begun_again(office):
    before = office.json("card")

    assert office("init", "--office", "Other", "--code", "61.03") == 1
    assert office.json("card") == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("init",), 2),
        (("init", "--office", " "), 2),
        (("init", "--office", "X", "--code", "6103"), 1),
        (("init", "--office", "X", "--opening", "1.5"), 1),
        (("init", "--office", "X", "--daily", "0"), 1),
        (("init", "--office", "X", "--opening", "5", "--on", "2018-01-01"), 1),
        (("init", "--office", "X" * 2000), 1),
    ],
)
def test_a_book_begun_wrong_is_not_begun(nobody, words, code):
    assert nobody(*words) == code
    assert list(nobody.folder.iterdir()) == []


def test_a_book_without_an_opening_says_how_to_write_it(nobody):
    assert "blangko opening NUMBER" in nobody.did("init", "--office", "X")
    nobody.did("opening", 500)
    assert nobody.json("status")["on_hand_cards"] == 500


def test_a_shared_book_lies_in_the_machines_folder(nobody, monkeypatch):
    monkeypatch.setenv("XDG_DATA_DIRS", str(nobody.folder / "machine"))
    monkeypatch.setenv("XDG_DATA_HOME", str(nobody.folder / "own"))
    monkeypatch.delenv("BLANGKO_DB")

    nobody.did("init", "--office", "X", "--opening", 5, "--shared")

    assert nobody.json("status")["on_hand_cards"] == 5


def test_the_book_remembers_the_language_it_was_begun_in(nobody):
    nobody.speaks(None)
    nobody.did("--lang", "id", "mulai", "--office", "X", "--opening", 5)

    assert "keping" in nobody.did("status")
    assert "cards" in nobody.did("--lang", "en", "status")
    nobody.speaks("en")
    assert "cards" in nobody.did("status")


def test_a_setting_is_an_entry_with_who_and_when(office):
    office.did("settings", "risk", "10 %", "--by", "Kabid")

    assert office.json("status")["accepted_risk"] == 0.1
    assert "Kabid" in office.did("settings")
    assert office.json("settings", "risk")["settings"] == {"accepted_risk": "0.1"}


@pytest.mark.parametrize(
    "words",
    [("batch", "0"), ("risk", "60%"), ("lead_low", "20"), ("week", "funday"), ("language", "fr"), ("colour", "x")],
)
def test_a_setting_that_does_not_fit_is_refused(office, words):
    assert office("settings", *words) == 1
    assert office.last_entry() == 3


def test_a_setting_is_taken_back_like_any_command(office):
    office.did("settings", "floor", 500)
    office.did("undo", "--reason", "not agreed")

    assert office.json("settings", "floor")["settings"] == {"floor_cards": "0"}


def test_a_whole_book_is_proved(office):
    office.did("print", 100)

    seen = office.json("verify")
    assert seen["schema"] == "blangko.verify/1" and seen["ok"] is True
    assert all(finding["severity"] == "notice" for finding in seen["findings"])
    assert "every seal unbroken" in office.did("verify")


@pytest.mark.parametrize(
    ("sql", "code", "entry_no"),
    [
        ("UPDATE entry SET cards = 99 WHERE entry_no = 4", "seal", 4),
        ("UPDATE entry SET note = 'x' WHERE entry_no = 4", "seal", 4),
        ("DELETE FROM entry WHERE entry_no = 4", "gap", 5),
        ("DELETE FROM entry WHERE entry_no = 5", "head", 4),
        ("UPDATE office SET last_entry_no = 4", "head", 5),
    ],
)
def test_a_change_by_hand_is_found_and_located(office, sql, code, entry_no):
    office.did("print", 100)
    office.did("print", 110)
    forge(office.place, sql)

    assert office("verify", "-f", "json") == 1
    seen = json.loads(office.out)
    assert not seen["ok"]
    assert (code, entry_no) in {(finding["code"], finding["entry_no"]) for finding in seen["findings"]}


def test_a_missing_trigger_is_found(office):
    drop_trigger(office.place, "entry_is_never_changed")

    assert office("verify") == 1
    assert "entry_is_never_changed" in office.out


def test_a_trigger_that_somebody_added_is_found(office):
    swallow_entries(office.place)

    assert office("verify") == 1
    assert "swallow" in office.out


def test_a_kind_that_was_changed_is_found(office):
    forge(office.place, "UPDATE kind SET is_movement = 0 WHERE kind = 'print'")

    assert office("verify") == 1
    assert "kind print" in office.out


@pytest.mark.file
def test_a_second_office_in_the_file_hides_nothing(office):
    with sqlite3.connect(office.book) as book:
        book.execute("INSERT INTO office VALUES ('00.00', 0, ?)", ["0" * 64])

    assert [office(*words) for words in (("verify",), ("status",), ("print", 5), ("alert",))] == [3, 3, 3, 3]
    assert "more than one office" in office.out


def test_each_finding_says_what_to_do_in_both_languages(office):
    office.did("print", 100)
    forge(office.place, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    found = json.loads(office.out) if office("verify", "-f", "json") == 1 else None

    assert [(each["code"], each["entry_no"]) for each in found["findings"]] == [("seal", 4)]
    assert "newest copy that is whole" in found["findings"][0]["advice"]
    assert office("verify") == 1 and "Error, no. 4: the entry is not as it was sealed" in office.out
    assert max(map(len, office.out.splitlines())) <= 80
    office.speaks("id")
    assert office("periksa") == 1 and "pulihkan salinan utuh" in " ".join(office.out.split())


@pytest.fixture
def marked(office):
    """An office whose book was proved with 100 cards printed, and the mark kept in another folder."""
    office.did("print", 100)
    office.did("verify", "--mark", office.folder / "mark", "--new-mark")
    return office


def test_a_book_rewritten_and_sealed_anew_is_found_by_the_mark_alone(marked):
    forge(marked.place, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(marked.place)

    assert marked("verify") == 0
    assert marked("verify", "--mark", marked.folder / "mark", "-f", "json") == 1
    assert ("mark", 4) in [(each["code"], each["entry_no"]) for each in json.loads(marked.out)["findings"]]
    assert marked("alert", "--mark", marked.folder / "mark") == 3
    assert "not as it was proved on Fri 27 Oct" in marked.out


def test_entries_cut_off_and_the_rest_sealed_anew_are_found_by_the_mark_alone(marked):
    forge(marked.place, "DELETE FROM entry WHERE entry_no = 4")
    reseal(marked.place)

    assert marked("verify") == 0
    assert marked("verify", "--mark", marked.folder / "mark") == 1
    assert marked("alert", "--mark", marked.folder / "mark") == 3


def test_the_mark_moves_on_with_the_book_and_only_when_it_holds(marked):
    def kept():
        return json.loads((marked.folder / "mark").read_text())["entry_no"]

    assert kept() == 4
    marked.did("print", 50, "--on", "2017-10-26")
    marked("alert", "--mark", marked.folder / "mark")
    assert kept() == 5
    marked.did("print", 60, "--on", "2017-10-25")
    forge(marked.place, "UPDATE entry SET cards = 61 WHERE entry_no = 6")
    assert marked("alert", "--mark", marked.folder / "mark") == 3
    assert marked("verify", "--mark", marked.folder / "mark") == 1
    assert kept() == 5


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"schema": "other"}', b"\xff\xfe"])
def test_a_file_that_holds_no_mark_is_refused_and_left_alone(marked, content):
    (marked.folder / "mark").write_bytes(content)

    assert marked("verify", "--mark", marked.folder / "mark") == 1 and "holds no mark" in marked.err
    assert marked("alert", "--mark", marked.folder / "mark") == 3
    assert (marked.folder / "mark").read_bytes() == content


@pytest.mark.file
def test_a_mark_is_never_kept_in_the_book_itself(marked):
    before = marked.book.read_bytes()

    assert marked("verify", "--mark", marked.book) == 1
    assert marked.book.read_bytes() == before


def test_the_mark_of_another_office_does_not_hold(marked, monkeypatch):
    other = marked.folder / "other.db"
    marked.did("--db", other, "init", "--office", "Lain", "--code", "61.04", "--opening", 1000)

    assert marked("--db", other, "verify", "--mark", marked.folder / "mark") == 1


def test_the_demo_says_that_its_days_are_invented_and_leaves_nothing_behind(nobody, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    said = nobody.did("demo")

    assert said.startswith("INVENTED DAYS.") and said.count("invented") >= 3
    assert "Friday, 27 October 2017" in said and "BLANGKO CRITICAL" in said and "18.3 batches" in said
    assert list(tmp_path.iterdir()) == []


def test_a_demo_that_is_kept_can_be_looked_at_and_never_overwrites(nobody):
    kept = nobody.folder / "try.db"
    nobody.did("demo", "--keep", kept)

    assert nobody.json("--db", kept, "verify")["ok"]
    answer = nobody.json("--db", kept, "status")
    assert 1000 < answer["on_hand_cards"] < 1100 and answer["level"] == "now"
    assert answer["backlog"]["prr"]["cards"] == 254635 - 217989
    assert "invented" in answer["office"]["name"]
    assert all("invented" in row["note"] for row in nobody.json("--db", kept, "card")["rows"])
    assert nobody("demo", "--keep", kept) == 1


@pytest.mark.parametrize(
    "topic", [[], ["security"], ["keamanan"], ["forecast"], ["perkiraan"], ["programs"], ["program"]]
)
def test_the_guide_fits_80_columns(nobody, topic):
    assert max(map(len, nobody.did("guide", *topic).splitlines())) <= 80


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_command_that_the_guide_types_is_understood(nobody, language):
    known = {name: command for command in COMMANDS for name in (command.name, command.alias)}
    pages = [
        nobody.did("--lang", language, "guide", *topic.split()) for topic in ("", "forecast", "programs", "security")
    ]
    lines = "\n".join(pages).replace("\n      ", " ").splitlines()
    typed = [shlex.split(line)[2:] for line in lines if "$ blangko " in line]

    assert len(typed) > 30
    for name, *words in typed:
        options = {option for param in _made(known[name]).params for option in param.opts}
        assert {word for word in words if word.startswith("-")} <= options, (name, words)


def test_the_guide_says_who_would_notice_what_and_what_nothing_proves(nobody):
    said = nobody.did("guide", "security")

    titles = [line for line in said.splitlines() if line.isupper()]
    assert titles == [
        "WHAT IS PROTECTED",
        "WHAT IS PROVED, AND BY WHAT",
        "WHO CAN DO WHAT, AND WHO WOULD NOTICE",
        "THE PAGE IN A BROWSER",
        "SEVERAL OFFICES ON A SERVER",
        "WHAT IS NOT PROVED",
        "HOW THE BOOK IS WRITTEN",
        "HOW IT IS PROVED AND COPIED",
        "WHAT AN OFFICE DOES",
    ]


def test_a_page_that_the_guide_does_not_have_is_refused_with_those_it_has(nobody):
    assert nobody("guide", "weather") in (1, 2)
    assert "security" in nobody.err


def test_a_mark_never_makes_the_alert_see_less(marked):
    """A broken seal before the mark is told with the mark as without it, and the mark stays where it was."""
    before = (marked.folder / "mark").read_bytes()
    forge(marked.place, "UPDATE entry SET note = 'x' WHERE entry_no = 3")
    marked.did("print", 50, "--on", "2017-10-26")

    assert marked("alert") == 3
    assert marked("alert", "--mark", marked.folder / "mark") == 3
    assert (marked.folder / "mark").read_bytes() == before


def test_a_mark_of_another_office_is_told_as_such(marked):
    kept = json.loads((marked.folder / "mark").read_text())
    (marked.folder / "mark").write_text(json.dumps({**kept, "office_code": "61.04"}))

    assert marked("verify", "--mark", marked.folder / "mark") == 1
    assert "the mark is of office 61.04" in marked.out


@pytest.mark.parametrize("number", ["99999999999999999999999", "-1", '"x"'])
def test_a_mark_with_an_impossible_number_is_none(marked, number):
    text = (marked.folder / "mark").read_text().replace('"entry_no": 4', f'"entry_no": {number}')
    (marked.folder / "mark").write_text(text)

    assert marked("verify", "--mark", marked.folder / "mark") == 1 and "holds no mark" in marked.err


def test_a_mark_and_a_code_are_two_proofs(marked):
    code = marked.json("summary", "--issue")["check_code"]

    assert marked("verify", "--code", code, "--mark", marked.folder / "mark") == 2


def test_what_was_proved_is_shown_though_the_mark_cannot_be_moved_on(marked, monkeypatch):
    before = (marked.folder / "mark").read_bytes()
    marked.did("print", 5)

    def no_right(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", no_right)

    assert marked("verify", "--mark", marked.folder / "mark") == 0
    assert "every seal unbroken" in marked.out and "permission denied" in marked.err
    assert (marked.folder / "mark").read_bytes() == before


def test_a_mark_behind_a_link_is_moved_on_where_it_lies(marked):
    (marked.folder / "link").symlink_to(marked.folder / "mark")
    marked.did("print", 5)
    marked.did("verify", "--mark", marked.folder / "link")

    assert (marked.folder / "link").is_symlink()
    assert json.loads((marked.folder / "mark").read_text())["entry_no"] == 5


def test_a_book_whose_end_was_moved_takes_no_entry_that_would_look_like_a_forgery(office):
    forge(office.place, f"UPDATE office SET last_seal = '{'a' * 64}'")

    assert office("print", 5) == 3 and "end is not as it was written" in office.err
    assert office("verify") == 1 and "its last entry was no. 3" in " ".join(office.out.split())


@pytest.mark.file
def test_a_book_that_lost_its_office_is_damaged_and_not_empty(office):
    forge(office.place, "DELETE FROM office")

    assert office("verify") == 3
    assert "holds no office" in office.err


@pytest.mark.parametrize("name", ["   ", "\u00a0", ".", "\t", "", "\u200b", "\u3164", "\u2060\u00ad", "7"])
def test_a_name_that_names_nobody_is_none(office, name):
    office.did("settings", "require_name", "yes")

    assert office("print", 5, "--by", name) == 1 and "wants a name" in office.err


def test_settings_that_somebody_wrote_by_hand_are_told_in_words_by_the_alert(office):
    office.did("settings", "daily", 200)
    forge(office.place, "UPDATE entry SET value = 'abc' WHERE subject = 'typical_daily_use'")

    assert office("alert") == 3 and "ValueError" not in office.out and "is not whole" in office.out


@pytest.mark.file
@pytest.mark.parametrize(("folder", "is_made"), [(".", False), ("backups", True)])
def test_a_folder_that_everybody_may_write_into_is_told(office, folder, is_made):
    """Whoever may put a file beside the book may put a journal there."""
    place = office.folder / folder
    if is_made:
        place.mkdir()
    place.chmod(0o777)

    told = [each for each in office.json("verify")["findings"] if each["code"] == "folder_permissions"]
    assert [each["severity"] for each in told] == ["notice"] and str(place.resolve()) in told[0]["message"]
    place.chmod(0o700)
    assert "folder_permissions" not in {each["code"] for each in office.json("verify")["findings"]}


def test_a_mark_is_its_owners_alone_whatever_the_umask(office):
    import os

    before = os.umask(0)
    try:
        office.did("verify", "--mark", office.folder / "mark", "--new-mark")
    finally:
        os.umask(before)

    assert (office.folder / "mark").stat().st_mode & 0o777 == 0o600
