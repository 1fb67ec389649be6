"""A Word template that somebody else wrote reaches nothing but the letter, and always comes to an end."""

import io
import os
import subprocess
import sys
import zipfile

import docx
import pytest

from blangko.errors.files import BadTemplate
from blangko.reports.filled import LONGEST_SECONDS, filled, filled_apart, refuse_large
from tests import PATIENCE_SECONDS

PROMISED_SECONDS = 10
PROMISED_KILOBYTES = 300_000


def template(folder, *texts, header=None):
    """A Word file with these paragraphs, and a text in its header or among its properties."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    place = folder / "own.docx"
    document.save(place)
    return place


def text_of(made):
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)


def test_a_template_is_filled_apart_as_it_is_here(tmp_path):
    own = template(tmp_path, "{{ lines[0] }} & {{ lines[1] }}")
    facts = {"lines": ["Drs. <A> & B", "4.000"]}

    assert text_of(filled_apart(str(own), facts)) == "Drs. <A> & B & 4.000"
    assert filled_apart(str(own), facts) == filled(own.read_bytes(), facts)


@pytest.mark.parametrize("where", ["body", "header", "properties"])
@pytest.mark.parametrize(
    "door",
    [
        "cycler.__init__.__globals__.os.system(COMMAND)",
        "lipsum.__globals__['os'].popen(COMMAND).read()",
        "''.__class__.__mro__[1].__subclasses__()[0](COMMAND)",
        "namespace.__init__.__globals__.__builtins__.open(COMMAND, 'w')",
        "('{0.__class__.__init__.__globals__[os]}'|attr('format'))(lines)",
        "(lines|attr('append'))(COMMAND)",
    ],
)
def test_a_template_runs_no_program_and_changes_no_fact(tmp_path, door, where):
    told = tmp_path / "told"
    text = "{{ " + door.replace("COMMAND", f"'touch {told}'" if "open(" not in door else f"'{told}'") + " }}"
    own = template(tmp_path, text if where == "body" else "", header=text if where == "header" else None)
    if where == "properties":
        document = docx.Document(own)
        document.core_properties.title = text
        document.save(own)

    with pytest.raises(BadTemplate, match=r"unsafe|undefined|safe|callable"):
        filled_apart(str(own), {"lines": ["x"]})
    assert not told.exists()


@pytest.mark.parametrize("door", ["tpl", "_show", "_show.__self__.tpl", "image_descriptor.name", "__html__.__self__"])
def test_the_picture_of_the_check_code_opens_no_way_into_the_document(tmp_path, door):
    own = template(tmp_path, "{{ check_square." + door + ".save('x') }}")

    with pytest.raises(BadTemplate, match=r"unsafe|undefined|no attribute"):
        filled_apart(str(own), {"whole_code": "a" * 64 + "-5"})


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
GREEDY = "{% set ns = namespace(t='x' * 1000000) %}{% for a in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ENDLESS, "it does not come to an end"),
        (GREEDY, "it unpacks into too much"),
        ("{{ 'x' * 999999999 }}", "it unpacks into too much"),
        ("{{ 9 ** (9 ** 9) }}", "it does not come to an end"),
    ],
    ids=["loops", "grows", "multiplies", "calculates"],
)
def test_a_template_that_wants_too_much_ends_in_time_and_within_memory(tmp_path, text, reason):
    own = template(tmp_path, text)
    # In a process of its own, so that what is measured is this template alone; and its own peak from where exec sets it
    # back, since getrusage still counts what the test's process held when it parted from it.
    measure = (
        "import re, resource, sys; from pathlib import Path; from blangko.errors.files import BadTemplate\n"
        "from blangko.reports.filled import filled_apart\n"
        "try: filled_apart(sys.argv[1], {})\n"
        "except BadTemplate as error: print(error.reason)\n"
        "own = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, own], capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS
    )
    said, peak = done.stdout.splitlines()

    assert said == reason
    assert sum(map(int, peak.split())) < PROMISED_KILOBYTES


def test_the_time_that_a_template_gets_leaves_room_for_starting_and_ending_its_process():
    assert LONGEST_SECONDS + 2 <= PROMISED_SECONDS


def bomb(place, parts, megabytes):
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(parts):
            packed.writestr(f"word/media/{number}.bin", bytes(megabytes * 1_000_000))
    return place


def test_a_packed_bomb_is_refused_by_its_directory(tmp_path):
    place = bomb(tmp_path / "bomb.docx", parts=5, megabytes=10)

    assert place.stat().st_size < 1_000_000
    with pytest.raises(BadTemplate, match="it unpacks into too much"):
        filled_apart(str(place), {})


def test_too_many_parts_are_refused_and_an_ordinary_template_is_not(tmp_path):
    with pytest.raises(ValueError, match="too much"):
        refuse_large(bomb(tmp_path / "parts.docx", parts=2001, megabytes=0).read_bytes())
    refuse_large(template(tmp_path, "Kami minta").read_bytes())


def test_a_part_that_says_less_than_it_holds_is_read_no_further(tmp_path):
    place = bomb(tmp_path / "liar.docx", parts=1, megabytes=50)
    held = place.read_bytes()
    # The directory's word for the size: 50,000,000 bytes become one.
    place.write_bytes(held.replace((50_000_000).to_bytes(4, "little"), (1).to_bytes(4, "little")))

    with pytest.raises(BadTemplate):
        filled_apart(str(place), {})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_or_a_device_is_no_template(tmp_path):
    os.mkfifo(tmp_path / "pipe.docx")

    for path in (tmp_path / "pipe.docx", "/dev/zero", tmp_path):
        with pytest.raises(BadTemplate, match="ordinary file"):
            filled_apart(str(path), {})


def test_a_file_larger_than_any_template_is_not_read(tmp_path):
    with open(tmp_path / "large.docx", "wb") as file:
        file.truncate(10_000_001)

    with pytest.raises(BadTemplate, match="too much"):
        filled_apart(str(tmp_path / "large.docx"), {})


def test_a_module_that_lies_in_the_folder_of_the_template_is_not_loaded(tmp_path, monkeypatch):
    (tmp_path / "docxtpl.py").write_text("raise SystemExit('loaded')")
    monkeypatch.chdir(tmp_path)
    own = template(tmp_path, "Kami minta")

    assert text_of(filled_apart(str(own), {})) == "Kami minta"
