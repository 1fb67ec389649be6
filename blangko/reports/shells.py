"""What may be typed next, as a script that completes it in a shell: bash, zsh, fish, PowerShell.

The scripts hold all words; what they look at is the command line. No name of a command, an option or a choice has signs
that a shell would read; what they mean may have some, and is quoted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

EVERYWHERE = "--db|--lang"
"""Options with a value that may stand before the command."""


class Choice(NamedTuple):
    """An option, or a word without `names`: `values` are the words that it may be, none where it may be any."""

    names: tuple[str, ...]
    """As the language spoken calls it; the short name first."""
    understood: tuple[str, ...]
    """In both languages."""
    meaning: str
    takes_value: bool = False
    is_file: bool = False
    values: tuple[str, ...] = ()


class CommandWords(NamedTuple):
    """One command: its name in the language spoken and in the other one, its options, and its first word."""

    name: str
    other: str
    summary: str
    options: Sequence[Choice]
    word: Choice | None


class Words(NamedTuple):
    """Everything that can be completed; `everywhere` are the options of the program."""

    everywhere: Sequence[Choice]
    commands: Sequence[CommandWords]


def script(shell: str, words: Words) -> list[str]:
    """The script for one of `SHELLS`."""
    return list(SHELLS[shell](words))


def _names(choices: Iterable[Choice]) -> str:
    return " ".join(name for each in choices for name in each.names)


def _first_names(words: Words) -> tuple[str, str]:
    """The commands' names in the language spoken, and in the other."""
    return " ".join(each.name for each in words.commands), " ".join(each.other for each in words.commands)


# --- bash -----------------------------------------------------------------------------------------

_BASH_BEGIN = """\
# Completes blangko in bash. Made by: blangko completion bash
_blangko() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} name= i IFS=$' \\t\\n'
  local offered= otherwise= files=
  COMPREPLY=()
  # Bash parts --lang=id into three words.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      EVERYWHERE) ((i++)); [[ ${COMP_WORDS[i]} == = ]] && ((i++)) ;;
      -*) ;;
      *) name=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $name:$prev in"""
_BASH_END = """\
  esac
  if [[ $files ]]; then
    IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$cur"))
    compopt -o filenames 2>/dev/null
    return
  fi
  COMPREPLY=($(compgen -W "$offered" -- "$cur"))
  [[ ${#COMPREPLY[@]} -eq 0 && $cur ]] && COMPREPLY=($(compgen -W "$otherwise" -- "$cur"))
  return 0
}
complete -F _blangko blangko"""


def _bash(words: Words) -> Iterator[str]:
    own, other = _first_names(words)
    yield from _BASH_BEGIN.replace("EVERYWHERE", EVERYWHERE).splitlines()
    for each in words.everywhere:
        if each.takes_value:
            yield f"    {'|'.join(f'*:{name}' for name in each.understood)}) {_bash_value(each)} ;;"
    everywhere = _names(words.everywhere)
    yield f"    :*) [[ $cur == -* ]] && offered='{everywhere}' || {{ offered='{own}'; otherwise='{other}'; }} ;;"
    for command in words.commands:
        yield from _bash_command(command, everywhere)
    yield from _BASH_END.splitlines()


def _bash_command(command: CommandWords, everywhere: str) -> Iterator[str]:
    called = (command.name, command.other)
    for each in command.options:
        if each.takes_value:
            patterns = "|".join(f"{name}:{option}" for name in called for option in each.understood)
            yield f"    {patterns}) {_bash_value(each)} ;;"
    understood = " ".join(name for each in command.options for name in each.understood)
    word = _bash_value(command.word) if command.word else ":"
    offered = f"offered='{_names(command.options)} {everywhere}' otherwise='{understood}'"
    yield f"    {'|'.join(f'{name}:*' for name in called)}) if [[ $cur == -* ]]; then {offered}; else {word}; fi ;;"


def _bash_value(choice: Choice) -> str:
    if choice.is_file:
        return "files=1"
    return f"offered='{' '.join(choice.values)}'"


# --- zsh ------------------------------------------------------------------------------------------

_ZSH_BEGIN = """\
#compdef blangko
# Completes blangko in zsh. Made by: blangko completion zsh
_blangko() {
  local curcontext="$curcontext" state line
  local -a own other"""
_ZSH_END = """\
      esac ;;
  esac
}
if [[ ${funcstack[1]} == _blangko ]]; then
  _blangko "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
  compdef _blangko blangko
fi"""


def _zsh(words: Words) -> Iterator[str]:
    yield from _ZSH_BEGIN.splitlines()
    yield "  own=(" + " ".join(_quoted(f"{each.name}:{_no_colon(each.summary)}") for each in words.commands) + ")"
    yield "  other=(" + " ".join(_quoted(f"{each.other}:{_no_colon(each.summary)}") for each in words.commands) + ")"
    everywhere = " ".join(_zsh_spec(each) for each in words.everywhere)
    yield f"  _arguments -C {everywhere} '1: :->name' '*:: :->rest'"
    yield "  case $state in"
    yield "    name) _describe -t commands blangko own || _describe -t commands blangko other ;;"
    yield "    rest)"
    yield "      case $words[1] in"
    for command in words.commands:
        specs = " ".join(_zsh_spec(each) for each in (*command.options, *words.everywhere))
        word = _zsh_spec(command.word) if command.word else ""
        yield f"        {command.name}|{command.other}) _arguments {specs} {word}".rstrip() + " ;;"
    yield from _ZSH_END.splitlines()


def _zsh_spec(choice: Choice) -> str:
    """What `_arguments` takes for an option or a word: its names, what it means, and what may follow."""
    action = "_files" if choice.is_file else f"({' '.join(choice.values)})" if choice.values else " "
    meaning = _no_colon(choice.meaning).replace("[", "\\[").replace("]", "\\]")
    if not choice.names:
        return _quoted(f"1:{meaning}:{action}")
    ending = f"[{meaning}]" + (f":{meaning or ' '}:{action}" if choice.takes_value else "")
    # Behind a long name the value may also stand after an equals sign.
    names = [f"{name}=" if choice.takes_value and name.startswith("--") else name for name in choice.names]
    return " ".join(_quoted(f"*{name}{ending}") for name in names)


def _no_colon(text: str) -> str:
    return text.replace(":", "\\:")


def _quoted(text: str) -> str:
    """The text as one word of bash, zsh or another shell of that family."""
    return "'" + text.replace("'", "'\\''") + "'"


# --- fish -----------------------------------------------------------------------------------------

_FISH_BEGIN = """\
# Completes blangko in fish. Made by: blangko completion fish
function __blangko_is
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        switch $words[1]
            case --db --lang
                set -e words[1]
            case '-*'
            case '*'
                contains -- $words[1] $argv
                return
        end
        set -e words[1]
    end
    # No command yet.
    not set -q argv[1]
end
complete -c blangko -e
complete -c blangko -f"""


def _fish(words: Words) -> Iterator[str]:
    yield from _FISH_BEGIN.splitlines()
    for each in words.everywhere:
        yield f"complete -c blangko{_fish_option(each)}"
    for command in words.commands:
        yield f"complete -c blangko -n __blangko_is -a {command.name} -d {_fish_quoted(command.summary)}"
    for command in words.commands:
        begin = f"complete -c blangko -n '__blangko_is {command.name} {command.other}'"
        yield from (f"{begin}{_fish_option(each)}" for each in command.options)
        if command.word and (command.word.is_file or command.word.values):
            yield f"{begin}{_fish_value(command.word)} -d {_fish_quoted(command.word.meaning)}"


def _fish_option(choice: Choice) -> str:
    names = "".join(f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}" for name in choice.names)
    taken = _fish_value(choice) if choice.is_file or choice.values else ""
    return (
        f"{names}{' -x' if choice.takes_value and not choice.is_file else ''}{taken} -d {_fish_quoted(choice.meaning)}"
    )


def _fish_value(choice: Choice) -> str:
    if choice.is_file:
        return " -rF" if choice.names else " -F"
    return f" -a '{' '.join(choice.values)}'"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


# --- PowerShell -----------------------------------------------------------------------------------

_POWERSHELL_BEGIN = """\
# Completes blangko in PowerShell. Made by: blangko completion powershell
Register-ArgumentCompleter -Native -CommandName blangko -ScriptBlock {
    param($word, $line, $position)
    $commands = @{}"""
_POWERSHELL_END = """\
    $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    $name = ''
    for ($i = 0; $i -lt $before.Count; $i++) {
        if ($before[$i] -in '--db', '--lang') { $i++; continue }
        if (-not $before[$i].StartsWith('-')) { $name = $before[$i]; break }
    }
    $last = if ($before.Count) { $before[-1] } else { '' }
    $known = $commands[$name]
    if ($known -and $known.after.ContainsKey($last)) { $offered = $known.after[$last] }
    elseif ($everywhere.ContainsKey($last)) { $offered = $everywhere[$last] }
    elseif ("$word".StartsWith('-')) { $offered = @($known.options) + $program }
    elseif ($known) { $offered = $known.first }
    else { $offered = $own }
    $found = @($offered | Where-Object { $_ -like "$word*" })
    if (-not $found -and -not $name) { $found = @($other | Where-Object { $_ -like "$word*" }) }
    $found | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}"""


def _powershell(words: Words) -> Iterator[str]:
    yield from _POWERSHELL_BEGIN.splitlines()
    own, other = _first_names(words)
    yield f"    $own = {_array(own.split())}"
    yield f"    $other = {_array(other.split())}"
    yield f"    $program = {_array(_names(words.everywhere).split())}"
    yield f"    $everywhere = {_table(words.everywhere)}"
    for command in words.commands:
        options, values = _array(_names(command.options).split()), _table(command.options)
        of_word = _array(command.word.values if command.word else ())
        known = f"@{{ options = {options}; after = {values}; first = {of_word} }}"
        yield f"    $commands['{command.name}'] = $commands['{command.other}'] = {known}"
    yield from _POWERSHELL_END.splitlines()


def _array(words: Iterable[str]) -> str:
    return "@(" + ", ".join(f"'{word}'" for word in words) + ")"


def _table(choices: Iterable[Choice]) -> str:
    """What may follow each option that takes a value; nothing where the shell shall name files or nobody can know."""
    # A name that stood twice would be an error of the shell.
    rows = {name: _array(each.values) for each in choices if each.takes_value for name in each.understood}
    return "@{ " + "; ".join(f"'{name}' = {values}" for name, values in rows.items()) + " }"


SHELLS: dict[str, Callable[[Words], Iterator[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}
"""The shells by name, and who writes the script of each."""
