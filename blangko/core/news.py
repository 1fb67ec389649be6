"""What is news: how the book stands beside how it stood when somebody was last told."""

from typing import NamedTuple

from blangko.core.status import Status

NO_NEWS = {"calendar_ends", "count_open"}
"""Reasons that deserve a look, but do not decide how urgent it is."""


class State(NamedTuple):
    """How a book stands: its level, and the reasons for it."""

    level: str
    reasons: tuple[str, ...] = ()


def state_of(known: Status) -> State:
    """How the book stands that gave this answer."""
    held = [reason for reason in known.reasons if reason not in NO_NEWS]
    # Each day that nobody writes down is a matter of its own: who was told of Monday must hear of Tuesday.
    days = [f"{each:%Y-%m-%d}" for each in known.reminder_workdays[-1:]]
    return State(known.level, (*held, *days))


def is_news(last: State | None, now: State) -> bool:
    """Whether somebody who was last told `last`, None for nothing yet, is to be told `now`.

    Another level is news, and so is a further reason; that a reason is gone is none by itself, nor is it news to
    somebody who never heard of trouble that there is none.
    """
    if last is None:
        return now.level != "ok"
    return now.level != last.level or (now.level != "ok" and not {*now.reasons} <= {*last.reasons})
