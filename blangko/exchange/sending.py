"""A message sent to addresses, whatever stands at the other end of them. Extra: `notify`.

A server may not answer, or answer a letter at a time, and the look-up of its name waits for as long as it likes; what
happens is in the hands of a library and of what it loads. So the sending is done in a process of its own, which ends in
time. Run as a program, this module is that process: the message and the addresses come in as JSON on its standard
input, where no list of processes shows them, and what became of each address goes out.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from threading import Thread
from typing import Any, Final

from blangko.elsewhere import made_apart
from blangko.errors.files import MissingMessenger

SENT: Final = "sent"
FAILED: Final = "failed"
SLOW: Final = "slow"
UNUSABLE: Final = "unusable"
OUTCOMES = (SENT, FAILED, SLOW, UNUSABLE)
LONGEST_SECONDS = 20
"""For all addresses together: a monitoring system that calls the alert waits no longer than a minute."""
LONGEST_WAIT_SECONDS = 8.0
"""For one step of one address, such as finding its server."""
SPARE_SECONDS = 5
"""For the process to begin and to tell."""
LOOK_SECONDS = 0.02


def need_messenger() -> None:
    """Refuse at once where messages cannot be sent, and not only when there is something to tell.

    Raises:
        MissingMessenger: Apprise is not installed.
    """
    if find_spec("apprise") is None:
        raise MissingMessenger(extra="notify", what="")


def send(urls: Sequence[str], subject: str, body: str, kind: str) -> list[str]:
    """Send a message to every address at once; what became of each, one of `OUTCOMES`.

    `kind` is Apprise's: info, success, warning or failure; some services show it as a colour.
    """
    job = {"urls": list(urls), "subject": subject, "body": body, "kind": kind, "seconds": LONGEST_SECONDS}
    try:
        made = made_apart("blangko.exchange.sending", json.dumps(job).encode(), LONGEST_SECONDS + SPARE_SECONDS)
        # Whatever a service prints stands before the last line.
        outcomes = json.loads(made.splitlines()[-1])
    except (OSError, ValueError, IndexError):
        # Nothing is known of any of them; what was not certainly told is told again.
        return [FAILED] * len(urls)
    return [str(each) for each in outcomes]


def main() -> int:
    """Send what comes in; the exit code."""
    job = json.loads(sys.stdin.buffer.read())
    outcomes = [SLOW] * len(job["urls"])

    def try_one(place: int) -> None:
        outcomes[place] = _tried(job["urls"][place], job)

    tries = [Thread(target=try_one, args=(place,), daemon=True) for place in range(len(outcomes))]
    for each in tries:
        each.start()
    _wait_for(tries, job["seconds"])
    sys.stdout.write("\n" + json.dumps(outcomes))
    sys.stdout.flush()
    # Who still waits for a server is not waited for.
    os._exit(0)


def _wait_for(tries: Sequence[Thread], seconds: float) -> None:
    """Wait until all have ended, and no longer than that."""
    from time import monotonic, sleep

    end = monotonic() + seconds
    # A thread's own wait ends at an instant of a clock that a machine's tests may have set years ahead.
    while any(each.is_alive() for each in tries) and monotonic() < end:
        sleep(LOOK_SECONDS)


def _tried(url: str, job: dict[str, Any]) -> str:
    from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType

    try:
        messenger = Apprise(asset=AppriseAsset(app_id="blangko", app_desc="blangko", app_url="", async_mode=False))
        if not messenger.add(url):
            return UNUSABLE
        for service in messenger:
            service.socket_connect_timeout = min(service.socket_connect_timeout, LONGEST_WAIT_SECONDS)
            service.socket_read_timeout = min(service.socket_read_timeout, LONGEST_WAIT_SECONDS)
        done = messenger.notify(
            body=job["body"], title=job["subject"], notify_type=NotifyType(job["kind"]), body_format=NotifyFormat.TEXT
        )
        return SENT if done else FAILED
    except Exception:
        # Each of a hundred services fails in its own way, and its words may hold the secrets of its address.
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
