"""Recipes that have another program run a command on every working day: systemd, cron, the Task Scheduler of Windows.

And those that keep the page in a browser there from when the machine starts.

Each is what its reader takes as it is; every word of the command is quoted by that reader's own rules.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from blangko.core.workdays import WEEKDAY_NAMES, weekday_spans
from blangko.errors.files import NotInRecipe
from blangko.words.language import _

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TASK_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"


class Errand(NamedTuple):
    """What is to be run: the words of the command, the time of day, the weekdays (Monday is 0) and the first day."""

    words: Sequence[str]
    at: time
    week: Collection[int]
    first_on: date


class Units(NamedTuple):
    """The two files of systemd that belong together, and go by one name."""

    service: str
    timer: str


def systemd_units(errand: Errand) -> Units:
    """A service that runs once, and the timer that starts it.

    Raises:
        NotInRecipe: The program lies where systemd starts none.
    """
    command = _command_of_systemd(errand.words)
    about, catches_up = _("blangko: the daily alert"), _("# Made up for where the computer was off at that time.")
    days = ",".join(_span(span, "..", _short_name) for span in weekday_spans(errand.week))
    return Units(
        f"[Unit]\nDescription={about}\n\n[Service]\nType=oneshot\nExecStart={command}\n",
        f"[Unit]\nDescription={about}\n\n[Timer]\nOnCalendar={days} {errand.at:%H:%M}\n{catches_up}\nPersistent=true\n"
        "\n[Install]\nWantedBy=timers.target\n",
    )


HARDENED = """\
UMask=0077
CapabilityBoundingSet=
AmbientCapabilities=
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
"""
"""What the page needs nothing of, so that whoever got into it could do nothing with it. Source: systemd.exec(5)."""


def page_service(words: Sequence[str], account: str, folder: str | None) -> str:
    """A service of the system that keeps the page there, under an account of it that owns the book.

    Args:
        words: The command that serves.
        account: Who runs it.
        folder: The only folder that it may write to, beside one of its own; None where the book is on a server.

    Raises:
        NotInRecipe: The program lies where systemd starts none, or a name has a sign that ends a line.
    """
    command = _command_of_systemd(words)
    about, (who, *places) = _("blangko: the page in a browser"), _printable([account, *([folder] if folder else [])])
    writes = "".join(f"ReadWritePaths={_for_systemd(place)}\n" for place in places)
    return (
        f"[Unit]\nDescription={about}\nAfter=network.target\n\n"
        f"[Service]\nExecStart={command}\nUser={who}\nRestart=on-failure\n"
        # The key of the sessions lies there.
        "StateDirectory=blangko\nStateDirectoryMode=0700\nEnvironment=XDG_STATE_HOME=%S/blangko\n"
        f"{writes}{HARDENED}\n[Install]\nWantedBy=multi-user.target\n"
    )


def _command_of_systemd(words: Sequence[str]) -> str:
    program, *others = _printable(words)
    if set(program) & set("\"'\\"):
        raise NotInRecipe(text=program)
    # Behind a colon a dollar is a dollar; elsewhere it begins a variable.
    plain_dollars = ":" if any("$" in word for word in words) else ""
    return plain_dollars + " ".join(map(_for_systemd, (program, *others)))


def _for_systemd(word: str) -> str:
    # Between double quotes only these signs mean something else; a percent sign does everywhere.
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return quoted if re.fullmatch(r"[\w./:%-]+", quoted, re.ASCII) else f'"{quoted}"'


def crontab_lines(errand: Errand) -> str:
    """The line of a crontab; cron mails what the command says to whomever MAILTO names.

    Raises:
        NotInRecipe: A word has a backslash, which some crons take away and others keep.
    """
    command = _command_of_cron(errand.words)
    days = ",".join(_span(span, "-", lambda number: str(number + 1)) for span in weekday_spans(errand.week))
    mail_to = _("name@office.go.id")
    return f"#MAILTO={mail_to}\n{errand.at.minute} {errand.at.hour} * * {days} {command}\n"


def page_crontab(words: Sequence[str]) -> str:
    """The line of a crontab that serves the page from when the machine starts.

    Raises:
        NotInRecipe: As for the alert.
    """
    return f"@reboot {_command_of_cron(words)}\n"


def _command_of_cron(words: Sequence[str]) -> str:
    for word in _printable(words):
        if "\\" in word:
            raise NotInRecipe(text=word)
    # For cron a percent sign is the end of the line, in quotes as well.
    return shlex.join(words).replace("%", r"\%")


def task_xml(errand: Errand) -> str:
    """A task of Windows, without a declaration: `task_file` has it, and the screen's encoding is the screen's affair.

    Source: Microsoft, "Task Scheduler Schema" (taskType, calendarTriggerType, weeklyScheduleType); the elements of a
    trigger have an order, those of the other parts have none.
    """
    from xml.etree.ElementTree import Element, SubElement

    trigger = Element("CalendarTrigger")
    SubElement(trigger, "Enabled").text = "true"
    SubElement(trigger, "StartBoundary").text = datetime.combine(errand.first_on, errand.at).isoformat()
    schedule = SubElement(trigger, "ScheduleByWeek")
    SubElement(schedule, "WeeksInterval").text = "1"
    days = SubElement(schedule, "DaysOfWeek")
    for number in sorted(errand.week):
        SubElement(days, WEEKDAY_NAMES[number][1].capitalize())
    return _task(_("blangko: the daily alert"), trigger, errand.words, "PT10M")


def page_task_xml(words: Sequence[str]) -> str:
    """A task of Windows that serves the page from when its account logs in, for as long as it stays.

    Source: as above (logonTriggerType); a limit of PT0S is none, where three days would be usual.
    """
    from xml.etree.ElementTree import Element, SubElement

    trigger = Element("LogonTrigger")
    SubElement(trigger, "Enabled").text = "true"
    return _task(_("blangko: the page in a browser"), trigger, words, "PT0S")


def _task(description: str, trigger: Element, words: Sequence[str], limit: str) -> str:
    from subprocess import list2cmdline
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    program, *others = _printable(words)
    task = Element("Task", {"version": "1.2", "xmlns": TASK_NAMESPACE})
    SubElement(SubElement(task, "RegistrationInfo"), "Description").text = description
    SubElement(task, "Triggers").append(trigger)
    who = SubElement(SubElement(task, "Principals"), "Principal", {"id": "Author"})
    SubElement(who, "LogonType").text = "InteractiveToken"
    SubElement(who, "RunLevel").text = "LeastPrivilege"
    settings = SubElement(task, "Settings")
    for name, value in (*_WINDOWS_SETTINGS, ("ExecutionTimeLimit", limit)):
        SubElement(settings, name).text = value
    command = SubElement(SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    SubElement(command, "Command").text = program
    SubElement(command, "Arguments").text = list2cmdline(others)
    indent(task)
    return tostring(task, encoding="unicode") + "\n"


_WINDOWS_SETTINGS = (
    ("MultipleInstancesPolicy", "IgnoreNew"),
    # An office's laptop is asked as well, and later where it was off at that time.
    ("DisallowStartIfOnBatteries", "false"),
    ("StopIfGoingOnBatteries", "false"),
    ("StartWhenAvailable", "true"),
    ("Enabled", "true"),
)


def task_file(task: str) -> bytes:
    """A task as `schtasks /create /xml` takes it: UTF-16 with its mark, and the line ends of Windows."""
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + task
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def _printable(words: Sequence[str]) -> Sequence[str]:
    """The words, none of which would end a line of a recipe or hide in it.

    Raises:
        NotInRecipe: One would.
    """
    for word in words:
        if not word.isprintable():
            raise NotInRecipe(text=word)
    return words


def _span(span: tuple[int, int], between: str, name: Callable[[int], str]) -> str:
    first, last = map(name, span)
    return first if first == last else f"{first}{between}{last}"


def _short_name(number: int) -> str:
    return WEEKDAY_NAMES[number][0].capitalize()
