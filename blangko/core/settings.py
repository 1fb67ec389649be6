"""What an office may choose. Each setting is stated in the book; the latest statement holds.

A setting is kept as text in one canonical form; `Settings` is the typed value of all of them.
"""

import re
from collections.abc import Mapping
from datetime import time
from typing import NamedTuple

from blangko.core.columns import LOAN, MAX_CARDS, PURPOSE_WORDS, PURPOSES
from blangko.core.numbers import whole_number
from blangko.core.workdays import MONDAY_TO_FRIDAY, WEEKDAY_NAMES
from blangko.errors import BadSetting, NotWholeNumber, UnknownSetting


class Settings(NamedTuple):
    """The office's choices. `accepted_risk` is the accepted chance of an empty shelf before a delivery, 0 to 1."""

    office_name: str = ""
    language: str = "en"
    batch_cards: int = 2000
    floor_cards: int = 0
    accepted_risk: float = 0.05
    lead_low_days: int = 3
    lead_high_days: int = 10
    work_week: frozenset[int] = MONDAY_TO_FRIDAY
    open_on_joint_leave: bool = False
    typical_daily_use: int | None = None
    print_capacity: int | None = None
    quota_cards: int | None = None
    serve_first: tuple[str, ...] = ()
    lot_cards: int | None = None
    most_per_request: int | None = None
    count_every_days: int = 92
    remind_at: time | None = None
    require_name: bool = False
    letterhead: str = ""
    place: str = ""
    addressee: str = ""
    head_name: str = ""
    head_rank: str = ""
    head_nip: str = ""
    clerk_name: str = ""
    clerk_nip: str = ""


_ALIASES = {
    "name": "office_name",
    "nama": "office_name",
    "nama_kantor": "office_name",
    "lang": "language",
    "bahasa": "language",
    "batch": "batch_cards",
    "keping_per_batch": "batch_cards",
    "floor": "floor_cards",
    "batas": "floor_cards",
    "batas_minimum": "floor_cards",
    "risk": "accepted_risk",
    "risiko": "accepted_risk",
    "lead_low": "lead_low_days",
    "tenggang_tercepat": "lead_low_days",
    "lead_high": "lead_high_days",
    "tenggang_terlama": "lead_high_days",
    "week": "work_week",
    "hari_kerja": "work_week",
    "joint_leave": "open_on_joint_leave",
    "cuti_bersama": "open_on_joint_leave",
    "buka_cuti_bersama": "open_on_joint_leave",
    "daily": "typical_daily_use",
    "typical_daily": "typical_daily_use",
    "pemakaian_harian": "typical_daily_use",
    "capacity": "print_capacity",
    "kapasitas": "print_capacity",
    "quota": "quota_cards",
    "kuota": "quota_cards",
    "jatah_harian": "quota_cards",
    "serve": "serve_first",
    "dahulukan": "serve_first",
    "lot": "lot_cards",
    "kelipatan": "lot_cards",
    "most": "most_per_request",
    "maksimum_permohonan": "most_per_request",
    "remind": "remind_at",
    "ingatkan": "remind_at",
    "ingatkan_pukul": "remind_at",
    "jarak_opname": "count_every_days",
    "wajib_nama": "require_name",
    "kop_surat": "letterhead",
    "kop": "letterhead",
    "kota": "place",
    "tempat": "place",
    "kepada": "addressee",
    "head": "head_name",
    "kepala": "head_name",
    "nama_kepala": "head_name",
    "pangkat_kepala": "head_rank",
    "nip_kepala": "head_nip",
    "clerk": "clerk_name",
    "pengurus_barang": "clerk_name",
    "nama_pengurus": "clerk_name",
    "nip_pengurus": "clerk_nip",
}
_WHOLE = {
    "batch_cards": (1, 1_000_000),
    "floor_cards": (0, MAX_CARDS),
    "lead_low_days": (0, 366),
    "lead_high_days": (0, 366),
    "count_every_days": (1, 3660),
    "typical_daily_use": (1, 1_000_000),
    "print_capacity": (1, 1_000_000),
    "quota_cards": (0, 1_000_000),
    "lot_cards": (1, 1_000_000),
    "most_per_request": (1, MAX_CARDS),
}
_YES_OR_NO = ("open_on_joint_leave", "require_name")
_OPTIONAL = ("typical_daily_use", "print_capacity", "quota_cards", "lot_cards", "most_per_request")
_WEEKDAYS = {name: number for number, names in enumerate(WEEKDAY_NAMES) for name in (*names, str(number + 1))}
_DAY_CODES = [names[0] for names in WEEKDAY_NAMES]
_YES = dict.fromkeys(("yes", "ya", "y", "on", "true"), "yes") | dict.fromkeys(
    ("no", "tidak", "n", "off", "false"), "no"
)


def setting_name(typed: str) -> str:
    """The name of the setting that `typed` means, in English, in Indonesian or short.

    Raises:
        UnknownSetting: No setting is called so.
    """
    plain = typed.strip().lower().replace("-", "_").replace(" ", "_")
    name = _ALIASES.get(plain, plain)
    if name not in Settings._fields:
        raise UnknownSetting(name=typed)
    return name


def canonical(name: str, typed: str) -> str:
    """The text to keep for the setting `name` when somebody typed `typed`; empty for "not set".

    Raises:
        BadSetting: The value does not fit the setting.
    """
    text = typed.strip()
    value = _canonical(name, text)
    if value is None:
        raise BadSetting(name=name, value=typed)
    return value


def _canonical(name: str, text: str) -> str | None:
    if name in _WHOLE:
        return _whole(name, text)
    if name == "accepted_risk":
        return _share(text)
    if name == "work_week":
        return _week(text)
    if name == "remind_at":
        return _time_of_day(text)
    if name == "serve_first":
        return _order(text)
    if name in _YES_OR_NO:
        return _YES.get(text.lower())
    if name == "language":
        return text.lower() if text.lower() in ("en", "id") else None
    if name == "office_name" and not text:
        return None
    return text.replace("\\n", "\n") if len(text) <= 1000 else None


def _whole(name: str, text: str) -> str | None:
    if name in _OPTIONAL and text in ("", "-"):
        return ""
    try:
        number = whole_number(text)
    except NotWholeNumber:
        return None
    low, high = _WHOLE[name]
    return str(number) if low <= number <= high else None


def _share(text: str) -> str | None:
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*(%?)", text, re.ASCII)
    if not match:
        return None
    number = float(match[1].replace(",", "."))
    # "5" and "5 %" mean five in a hundred; "0.05" means the same.
    share = number / 100 if match[2] or number >= 1 else number
    return f"{share:.6g}" if 0.001 <= share <= 0.5 else None


def _time_of_day(text: str) -> str | None:
    """A time as 16:30; with a point as well, as Indonesian writes it. No time at all turns the reminder off."""
    if text.lower() in ("", "-", "mati") or _YES.get(text.lower()) == "no":
        return ""
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text, re.ASCII)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return f"{int(match[1]):02}:{match[2]}"


def _week(text: str) -> str | None:
    days: set[int] = set()
    for part in re.split(r"[,;\s]+(?!-)", re.sub(r"\s*[-–]\s*", "-", text.lower())):
        ends = [_WEEKDAYS.get(end) for end in part.split("-")]
        if None in ends or len(ends) > 2:
            return None
        first, last = ends[0], ends[-1]
        assert first is not None
        assert last is not None
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return ",".join(_DAY_CODES[day] for day in sorted(days)) or None


def _order(text: str) -> str | None:
    """Purposes in the order in which they are served, each once; loans are no purpose of somebody who waits."""
    if text in ("", "-"):
        return ""
    words = [word for word in re.split(r"[,;>\s]+", text.lower()) if word]
    named = [PURPOSE_WORDS.get(word, word) for word in words]
    is_order = set(named) <= set(PURPOSES) - {LOAN} and len(set(named)) == len(named)
    return ",".join(named) if named and is_order else None


def settings(stated: Mapping[str, str]) -> Settings:
    """The typed settings from the canonical texts that the book states; unknown names are left aside.

    A newer program may have stated settings that this one does not know: they do no harm here.
    """
    known = {name: _typed(name, text) for name, text in stated.items() if name in Settings._fields}
    return Settings(**{name: value for name, value in known.items() if value is not None})  # type: ignore[arg-type]


def _typed(name: str, text: str) -> object:
    if name in _WHOLE:
        return int(text) if text else None
    if name == "accepted_risk":
        return float(text)
    if name == "remind_at":
        return time.fromisoformat(text) if text else None
    if name == "work_week":
        return frozenset(_DAY_CODES.index(day) for day in text.split(","))
    if name == "serve_first":
        return tuple(filter(None, text.split(",")))
    if name in _YES_OR_NO:
        return text == "yes"
    return text


def as_text(name: str, value: object) -> str:
    """A setting's value as a person would type it; empty when not set."""
    if value is None:
        return ""
    if name == "work_week":
        assert isinstance(value, frozenset)
        return ",".join(_DAY_CODES[day] for day in sorted(value))
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
