"""What to do now, beyond asking and fetching, in the order in which an office would do it."""

from blangko.core.answer import Answer
from blangko.core.ration import Ration
from blangko.core.status import Status
from blangko.core.urgency import LIKELY

COUNT, ASK_ALSO, TAKE_BACK, BORROW, RATION, ORDER, LETTERS, LIFT_QUOTA, CHANGE_QUOTA = (
    "count", "ask_also", "take_back", "borrow", "ration", "order", "letters", "lift_quota", "change_quota",
)  # fmt: skip
URGENT = ("empty", "now", "soon")
"""The levels at which something is to be done today."""
_SHORT = {"empty", "late", "at_risk", "too_late", "below_floor"}


def advice(answer: Answer, held: Ration | None) -> tuple[str, ...]:
    """The codes of all that is to be done now; what the verdict and the request say already is not among them.

    - `count`: days that nobody wrote down make it doubtful what is on the shelf
    - `ask_also`: the giver has been silent for longer than usual, so another one is to be asked too
    - `take_back`: cards are short, and somebody owes some
    - `borrow`: nothing is on order, and what is asked for today probably comes too late
    - `ration`, `order`, `letters`: not all can be served: give out so many, to these first, and letters to the others
    - `change_quota`, `lift_quota`: the quota in force does not hold, or is not needed any more

    Args:
        answer: The answer of this evening.
        held: How the cards would be made to last; None where no demand is known.
    """
    known = answer.status
    if known.level not in URGENT and not known.quota:
        return ()
    short = bool(_SHORT & set(known.reasons))
    scarce = known.shelf_cards > 0 and held is not None and held.is_needed and (short or known.quota is not None)
    too_high = known.quota is not None and not known.quota.holds
    holds = {
        COUNT: short and known.unwritten_cards > 0,
        ASK_ALSO: "unanswered" in known.reasons,
        TAKE_BACK: short and any(owed > 0 for owed in known.loans.values()),
        BORROW: short and not known.on_order_cards and _comes_too_late(known),
        RATION: scarce and known.quota is None and known.stretch_quota_cards is None,
        CHANGE_QUOTA: too_high,
        ORDER: scarce,
        LETTERS: scarce or "empty" in known.reasons,
        LIFT_QUOTA: known.quota is not None and known.quota.proposed_cards is None,
    }
    return tuple(code for code, true in holds.items() if true)


def _comes_too_late(known: Status) -> bool:
    """Whether cards asked for today more likely than not find an empty shelf."""
    return (known.risk_if_requested_today or 0.0) >= LIKELY
