"""Completion in the shells, as they really do it: the script is loaded, a line is typed, the Tab key is pressed."""

import os
import pty
import select
import shutil
import subprocess
import time

import pytest

from blangko.cli.commands import COMMANDS
from tests import PATIENCE_SECONDS

pytestmark = pytest.mark.file

# What bash would offer for the words, each on a line: the last is the one that is being typed.
IN_BASH = """
source "$SCRIPT"
complete -p blangko >/dev/null || exit 9
PATH=
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_blangko
(( ${#COMPREPLY[@]} )) && printf '%s\\n' "${COMPREPLY[@]}"
exit 0
"""


@pytest.fixture
def script(nobody, tmp_path):
    """`script("bash", "id")` writes the script of a shell in a language; where it is."""

    def made(shell, language="en"):
        path = tmp_path / f"{shell}-{language}"
        path.write_text(nobody.did("--lang", language, "completion", shell), encoding="utf-8")
        return path

    return made


def needed(program):
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} completes what is typed in it, and is not installed here")
    return found


def offered_by_bash(path, *words, folder=None):
    done = subprocess.run(
        [needed("bash"), "-c", IN_BASH, "-", "blangko", *words],
        env={**os.environ, "SCRIPT": str(path)},
        cwd=folder,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode().splitlines()


# --- bash -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words", "offered"),
    [
        ("en", ("pri",), ["print"]),
        ("id", ("ce",), ["cetak", "cek"]),
        # Whoever types the other language's name is understood.
        ("en", ("ceta",), ["cetak"]),
        ("en", ("--la",), ["--lang"]),
        ("en", ("--lang", ""), ["en", "id"]),
        ("en", ("--lang", "=", "i"), ["id"]),
        ("en", ("--db", "print", "sto"), ["stok"]),
        ("en", ("print", "3", "--sp"), ["--spoiled"]),
        ("id", ("cetak", "3", "--ru"), ["--rusak"]),
        ("en", ("print", "3", "--ru"), ["--rusak"]),
        ("id", ("cetak", "--lang", "id", "--un"), ["--untuk"]),
        ("en", ("print", "--cause", ""), ["server", "printer", "ribbon", "no-blanks", "other"]),
        ("id", ("cetak", "--sebab", "p"), ["printer", "pita"]),
        ("en", ("spoil", "3", "--cause", "=", "f"), ["faulty"]),
        ("en", ("print", "--on", ""), []),
        ("en", ("print", "1"), []),
        ("en", ("status", "-f", "j"), ["json"]),
        ("en", ("summary", "--format", "p"), ["pdf", "png"]),
        ("en", ("settings", "head_n"), ["head_name", "head_nip"]),
        ("id", ("pengaturan", "kop"), ["kop_surat"]),
        ("id", ("panduan", "k"), ["keamanan"]),
        ("en", ("help", "unco"), []),
        ("en", ("help", "und"), ["undo"]),
        ("en", ("completion", "z"), ["zsh"]),
        ("en", ("schedule", "--print", "w"), ["windows"]),
    ],
)
def test_bash_offers_what_may_come_next(script, language, words, offered):
    assert offered_by_bash(script("bash", language), *words) == offered


def test_bash_offers_files_where_a_file_is_meant(script, tmp_path):
    (tmp_path / "days of may.xlsx").touch()

    path = script("bash")
    assert offered_by_bash(path, "import", "day", folder=tmp_path) == ["days of may.xlsx"]
    assert offered_by_bash(path, "card", "-o", "day", folder=tmp_path) == ["days of may.xlsx"]
    assert offered_by_bash(path, "receive", "day", folder=tmp_path) == []


@pytest.mark.parametrize("language", ["en", "id"])
def test_bash_offers_every_option_that_the_help_of_a_command_shows(nobody, script, language):
    path = script("bash", language)

    for command in COMMANDS:
        page = nobody.did("--lang", language, command.name, "--help")
        offered = offered_by_bash(path, command.name, "--")
        assert offered and all(option in page for option in set(offered) - {"--version"}), command.name


def test_the_words_of_a_command_are_offered_in_the_language_spoken(script):
    assert offered_by_bash(script("bash", "en"), "offices", "") == ["grant", "distribute", "token"]
    assert offered_by_bash(script("bash", "id"), "kantor", "") == ["beri", "sebar", "token"]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(
    ("words", "rest"),
    [(("print", "--for"), ("1",)), (("print", "--cause"), ("1",)), (("spoil", "--cause"), ("1",)), (("settings",), ())],
)
def test_what_is_offered_is_understood(office, script, language, words, rest):
    offered = offered_by_bash(script("bash", language), *words, "")

    assert offered
    for choice in offered:
        office.did(*words, choice, *rest, *(("--yes",) if rest else ()))


# --- The shells as somebody types in them -----------------------------------------------------------

READY = "the shell is there"
SETUPS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
BEGIN = {
    "bash": "bind 'set bell-style none'",
    "zsh": "unsetopt beep",
}


def typed(shell, path, line):
    """The words of the line that a shell runs when somebody typed it, pressed Tab, and pressed Enter."""
    needed(shell)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "vt100", "PS1": "$ ", "HOME": str(path.parent)}
    process = subprocess.Popen(
        SETUPS[shell], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        # The marks are parted, so that the echo of what is typed is not taken for the answer.
        begin = (
            f"{BEGIN[shell]}; source '{path}'; blangko() {{ echo 'typed'\\<\"$*\"\\>; }}; echo 'the shell'' is there'"
        )
        os.write(ours, begin.encode() + b"\n")
        read_until(ours, READY)
        os.write(ours, line.encode() + b"\t")
        # What comes while a shell completes is taken for a paste.
        time.sleep(0.3)
        os.write(ours, b"\n")
        return read_until(ours, ">", "typed<").partition("typed<")[2].partition(">")[0]
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_until(stream, *marks):
    """What comes until all of the marks are in it."""
    seen, end = "", time.monotonic() + PATIENCE_SECONDS
    while not all(mark in seen for mark in marks):
        ready, _, _ = select.select([stream], [], [], max(0, end - time.monotonic()))
        assert ready, seen
        seen += os.read(stream, 10000).decode(errors="replace")
    return seen


TYPED = [
    ("en", "blangko pri", "print"),
    ("id", "blangko teri", "terima"),
    ("en", "blangko teri", "terima"),
    ("en", "blangko print 3 --turn", "print 3 --turned-away"),
    ("id", "blangko cetak 3 --dimi", "cetak 3 --diminta-kembali"),
    ("en", "blangko print 3 --cause rib", "print 3 --cause ribbon"),
    ("en", "blangko settings lett", "settings letterhead"),
    ("en", "blangko --lang id und", "--lang id undo"),
    ("en", "blangko completion power", "completion powershell"),
]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(("language", "line", "whole"), TYPED)
def test_the_tab_key_completes_what_was_begun(script, shell, language, line, whole):
    needed(shell)

    assert typed(shell, script(shell, language), line).removesuffix("=").strip() == whole


def test_zsh_completes_where_the_script_lies_among_its_functions(script):
    path = script("zsh")
    (path.parent / "_blangko").write_bytes(path.read_bytes())
    begin = path.parent / "begin"
    begin.write_text(f"fpath=({path.parent} $fpath); autoload -Uz compinit; compinit -i", encoding="utf-8")

    assert typed("zsh", begin, "blangko print 3 --turn").removesuffix("=").strip() == "print 3 --turned-away"


@pytest.mark.parametrize(("language", "line", "whole"), TYPED[:2] + TYPED[3:])
def test_fish_completes_what_was_begun(script, language, line, whole):
    ask = "source $argv[1]; complete -C $argv[2]"
    done = subprocess.run(
        [needed("fish"), "--no-config", "-c", ask, script("fish", language), line],
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    offered = [each.partition("\t")[0] for each in done.stdout.decode().splitlines()]

    assert done.stderr == b""
    assert offered == [whole.split()[-1]]


@pytest.mark.parametrize(("language", "line", "whole"), TYPED)
def test_powershell_completes_what_was_begun(script, language, line, whole):
    path = script("powershell", language)
    ask = f". ([scriptblock]::Create((Get-Content -Raw '{path}'))); "
    ask += f"(TabExpansion2 '{line}' {len(line)}).CompletionMatches.CompletionText"
    done = subprocess.run(
        [needed("pwsh"), "-NoProfile", "-Command", ask], capture_output=True, timeout=PATIENCE_SECONDS
    )

    assert done.stdout.decode().split() == [whole.split()[-1]]


def test_the_script_for_powershell_knows_every_command_by_both_its_names(script):
    text = script("powershell").read_text(encoding="utf-8")

    for command in COMMANDS:
        assert f"$commands['{command.name}'] = $commands['{command.alias}'] = @{{ options = @(" in text
    assert all(text.count(one) == text.count(other) for one, other in ("()", "{}", "[]"))


@pytest.mark.parametrize(("shell", "code"), [("tcsh", 2), ("pwsh", 0)])
def test_another_shell_is_refused_and_another_name_of_one_is_understood(nobody, shell, code):
    assert nobody("completion", shell) == code
    assert "bash, zsh, fish, powershell" in nobody.err or "Register-ArgumentCompleter" in nobody.out
