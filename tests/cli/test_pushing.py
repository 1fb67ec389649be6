"""The page of an office pushes by itself what is written, and waits patiently where there is no line."""

import pytest

from blangko.cli import pushing
from blangko.exchange import door
from tests.cli.test_push_door import desk, end_of, key, opened, there  # noqa: F401

pytest.importorskip("cryptography")
pytestmark = pytest.mark.file


@pytest.fixture
def known(desk, opened):  # noqa: F811
    """An office that has pushed once, and has written a day since."""
    desk.did("push", opened.address)
    desk.did("print", 40, "--on", "2017-10-25")
    return desk


def test_what_was_written_is_brought_at_the_next_look_and_once(known, opened, capsys):  # noqa: F811
    at_the_page = pushing.Pushing(str(known.book))
    at_the_page.look()
    assert there(opened) == end_of(known.book) and "entries 1–6" in " ".join(capsys.readouterr().out.split())

    asked = len(opened.asked)
    at_the_page.look()
    assert len(opened.asked) == asked


def test_without_a_line_it_waits_longer_and_longer_and_says_so_once(known, opened, capsys, monkeypatch):  # noqa: F811
    def away(target, *_):
        raise door.NotReached(target=target, reason="it does not answer in time")

    at_the_page, held_at = pushing.Pushing(str(known.book)), door.held_at
    monkeypatch.setattr(door, "held_at", away)
    pauses = []
    for _ in range(8):
        at_the_page.look()
        pauses.append(at_the_page.pause_seconds)
    assert pauses == [40, 80, 160, 320, 640, 900, 900, 900]
    assert capsys.readouterr().err.count("Nothing was sent") == 1

    monkeypatch.setattr(door, "held_at", held_at)
    at_the_page.look()
    assert there(opened) == end_of(known.book) and at_the_page.pause_seconds == 20


def test_it_looks_again_and_again(known, monkeypatch):
    class Enough(Exception):
        pass

    looks = iter([None, None, Enough])
    at_the_page = pushing.Pushing(str(known.book))
    monkeypatch.setattr(at_the_page, "look", lambda: looked.append(1))
    looked = []

    def wait(seconds):
        assert seconds == 20
        if next(looks):
            raise Enough

    with pytest.raises(Enough):
        at_the_page.on(wait)
    assert len(looked) == 2


@pytest.mark.parametrize("lacks", ["token", "address", "door"])
def test_an_office_without_token_or_address_pushes_nothing(known, opened, monkeypatch, lacks):  # noqa: F811
    assert pushing.is_possible(str(known.book))

    if lacks == "token":
        monkeypatch.delenv("BLANGKO_TOKEN")
    elif lacks == "address":
        (known.folder / "book.db.receipts").unlink()
    else:
        kept = known.folder / "book.db.receipts"
        kept.write_text(kept.read_text().replace(opened.address, "postgresql://x/y"))
    assert not pushing.is_possible(str(known.book))
