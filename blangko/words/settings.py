"""What the settings and their values are called: in Indonesian other than in the book, and both are understood."""

from __future__ import annotations

from blangko.core.columns import PURPOSE_WORDS
from blangko.core.workdays import WEEKDAY_NAMES, weekday_spans
from blangko.words.language import _, language
from blangko.words.written import weekday

INDONESIAN = {
    "office_name": "nama_kantor",
    "language": "bahasa",
    "batch_cards": "keping_per_batch",
    "floor_cards": "batas_minimum",
    "accepted_risk": "risiko",
    "lead_low_days": "tenggang_tercepat",
    "lead_high_days": "tenggang_terlama",
    "work_week": "hari_kerja",
    "open_on_joint_leave": "buka_cuti_bersama",
    "typical_daily_use": "pemakaian_harian",
    "print_capacity": "kapasitas",
    "quota_cards": "jatah_harian",
    "serve_first": "dahulukan",
    "lot_cards": "kelipatan",
    "most_per_request": "maksimum_permohonan",
    "count_every_days": "jarak_opname",
    "remind_at": "ingatkan_pukul",
    "require_name": "wajib_nama",
    "letterhead": "kop_surat",
    "place": "kota",
    "addressee": "kepada",
    "head_name": "nama_kepala",
    "head_rank": "pangkat_kepala",
    "head_nip": "nip_kepala",
    "clerk_name": "nama_pengurus",
    "clerk_nip": "nip_pengurus",
}
"""The names of `core.settings`, which knows them as other names of the same settings."""
_PURPOSES = {purpose: word for word, purpose in reversed(PURPOSE_WORDS.items())}
_CODES = [names[0] for names in WEEKDAY_NAMES]


def setting_word(name: str) -> str:
    """A setting as the language spoken calls it; one of a newer program by the name that the book has."""
    return INDONESIAN.get(name, name) if language() == "id" else name


def value_word(name: str, text: str) -> str:
    """A setting's value as somebody would type it, from the text that the book keeps."""
    if name == "work_week" and text:
        ends = weekday_spans(_CODES.index(code) for code in text.split(",") if code in _CODES)
        return ",".join(_from_to(first, last) for first, last in ends)
    if name == "accepted_risk" and text:
        return share_typed(float(text))
    if name == "serve_first":
        return ",".join(map(purpose_word, text.split(",")))
    return {"yes": _("yes"), "no": _("no")}.get(text, text)


def share_typed(fraction: float) -> str:
    """A part of one in per cent, as somebody types it: 5%, 2.5%, in Indonesian 2,5%."""
    text = f"{100 * fraction:g}%"
    return text.replace(".", ",") if language() == "id" else text


def purpose_word(purpose: str) -> str:
    """A purpose as the language spoken calls it."""
    return _PURPOSES.get(purpose, purpose) if language() == "id" else purpose


def _from_to(first: int, last: int) -> str:
    names = [weekday(day).lower() for day in dict.fromkeys((first, last))]
    return "-".join(names)
