"""Every refusal, question and finding is told in both languages, by a sentence of its own."""

import itertools
import os
import pickle
import subprocess
import sys
import typing
from datetime import date
from pathlib import Path

import pytest

from blangko import errors
from blangko.core.columns import REVERSE, WAYS
from blangko.core.findings import Finding, Notice
from blangko.errors import BlangkoError, Question, files, rules
from blangko.reports import audit
from blangko.words.language import speak
from blangko.words.refusals import question_told, told

# Families of refusals, to be caught as one; nothing is refused by these names themselves.
FAMILIES = {errors.Refused, errors.AboutFile, errors.FileRefused, errors.BookUnreadable}
MOVEMENTS = (*sorted({kind for kind, _, _ in WAYS}), REVERSE)
# Texts of which the book knows only a few.
KNOWN_TEXTS = {"kind": MOVEMENTS, "place": ("shelf", "spoiled")}
EXAMPLES = {
    str: ("61.03/x",),
    int: (7,),
    bool: (True, False),
    int | str: (7, "-7"),
    int | None: (7, None),
    str | int: ("x", 7),
    date: (date(2017, 10, 18), date(2017, 10, 20)),
    list[date]: ([date(2017, 10, 18), date(2017, 10, 20)],),
    tuple[str, ...]: (("card", "count"),),
    tuple[tuple[int, str, str], ...]: (((3, "Telegram", "failed"), (4, "", "slow")),),
    tuple[Question, ...]: ((rules.UnusualUse(cards=187, usual=60), rules.LongAgo(occurred_on=date.min, days=40)),),
}


def below(family):
    """The classes below `family`, and those below them."""
    return [each for kind in family.__subclasses__() for each in (kind, *below(kind))]


REFUSALS = sorted({*below(BlangkoError)} - FAMILIES, key=lambda kind: kind.__name__)
QUESTIONS = below(Question)
FINDINGS = sorted({*below(Finding)} - {Notice}, key=lambda kind: kind.__name__)
LEFT_OUT = object()


def values(kind, name, wanted):
    """What the fact `name` may be; where it has a default it may be left out."""
    if name in KNOWN_TEXTS:
        return KNOWN_TEXTS[name]
    few = typing.get_args(wanted) if typing.get_origin(wanted) is typing.Literal else EXAMPLES[wanted]
    declared = next(each for each in kind.__mro__ if name in vars(each).get("__annotations__", {}))
    return (*few, LEFT_OUT) if name in vars(declared) else few


def examples(kind):
    """The refusal with every mixture of facts that its annotations allow."""
    hints = typing.get_type_hints(kind)
    wanted = {name: each for name, each in hints.items() if typing.get_origin(each) is not typing.ClassVar}
    for mixture in itertools.product(*(values(kind, name, each) for name, each in wanted.items())):
        yield kind(**{name: value for name, value in zip(wanted, mixture, strict=True) if value is not LEFT_OUT})


def in_both_languages(tell, *words):
    speak("en")
    english = tell(*words)
    speak("id")
    return english, tell(*words)


def assert_told(english, indonesian, kind):
    """Two languages, all places filled, and no word of the code in it."""
    assert english != indonesian
    for text in (english, indonesian):
        assert not {"{", "}", "None", kind.__name__} & {*text, *text.split()}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_told_in_both_languages_and_without_a_word_of_the_code(kind):
    for refusal in examples(kind):
        english, indonesian = in_both_languages(told, refusal, "print")

        assert len(english) == len(indonesian)
        for one, other in zip(english, indonesian, strict=True):
            assert_told(one, other, kind)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_is_told_in_both_languages_and_without_a_word_of_the_code(kind):
    for question in examples(kind):
        english, indonesian = in_both_languages(question_told, question)
        assert_told(english, indonesian, kind)


@pytest.mark.parametrize("kind", FINDINGS)
def test_a_finding_is_told_in_both_languages_with_what_to_do_about_it(kind):
    for finding in examples(kind):
        for tell in (audit.message, audit.advice):
            english, indonesian = in_both_languages(tell, finding)
            assert_told(english, indonesian, kind)


def test_no_two_of_them_are_told_by_the_same_sentence():
    said = [told(next(examples(kind)))[0] for kind in REFUSALS]
    asked = [question_told(next(examples(kind))) for kind in QUESTIONS]
    found = [audit.message(next(examples(kind))) for kind in FINDINGS]

    assert len({*said, *asked, *found}) == len(REFUSALS) + len(QUESTIONS) + len(FINDINGS)
    assert len({kind.code for kind in FINDINGS}) == len(FINDINGS)


def test_a_refusal_says_what_to_do_next():
    alone = [kind for kind in REFUSALS if len(told(next(examples(kind)), "print")) < 2]

    # After the first nothing is left to do; the others stand beside an alert, and one line says it all.
    assert {*alone} == {files.NothingToImport, rules.NothingToUndo} | {
        files.BadAddresses, files.OpenAddresses, files.NotTold, files.TrialNotTold,
    }  # fmt: skip


def test_the_reason_that_one_file_hands_to_the_next_is_in_the_clerks_language():
    speak("id")
    held = errors.CannotCreate(path="beside.db", reason=errors.LockedBook(path="beside.db.7.new").reason)
    used = files.BadExport(path="old.db", reason=errors.BookMoved(path="old.db.7.new").reason)

    assert told(held)[0] == "Tidak ada yang disimpan di beside.db: sedang dipakai program lain."
    assert told(used)[0] == "Salinan old.db tidak dipakai karena tidak utuh: tidak dapat dipakai."


def test_facts_are_told_and_shown_to_a_programmer():
    refusal = rules.FutureDate(occurred_on=date(2017, 10, 28), today=date(2017, 10, 27))

    assert refusal.facts == {"occurred_on": date(2017, 10, 28), "today": date(2017, 10, 27)}
    assert str(refusal) == "occurred_on=datetime.date(2017, 10, 28), today=datetime.date(2017, 10, 27)"


def test_a_refusal_keeps_its_facts_on_the_way_to_another_process():
    refusal = errors.UnknownOption(option="--nte", near=("--note",))
    copied = pickle.loads(pickle.dumps(refusal))

    assert (type(copied), copied.facts) == (errors.UnknownOption, {"option": "--nte", "near": ("--note",)})


WRONG_FACTS = """
from datetime import date
from blangko.errors import CannotCreate, UnknownOption
from blangko.errors.files import NoTable
from blangko.errors.rules import FutureDate, NothingToUndo

UnknownOption(option="--x")
FutureDate(occurred_on=date.min)
FutureDate(occurred_on=date.min, today="today")
CannotCreate(path="a")
NoTable(path="a", row=1)
NoTable("a")
NothingToUndo(path="a")
NoTable(path="a").file
NoTable(path="a").path = "b"
"""


def test_the_type_checker_refuses_a_fact_that_is_missing_mistyped_unknown_or_changed(tmp_path):
    (tmp_path / "wrong.py").write_text(WRONG_FACTS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"]
    done = subprocess.run(
        [*command, "--config-file=", f"--cache-dir={tmp_path}", str(tmp_path / "wrong.py")],
        env={**os.environ, "MYPYPATH": str(Path(errors.__file__).parents[2])},
        capture_output=True,
        text=True,
    )
    found = [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line]

    # The first line is right; every other is wrong.
    assert found == ["8", "9", "10", "11", "12", "13", "14", "15"]
