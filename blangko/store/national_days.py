"""The national days of Indonesia: public holidays and joint leave (cuti bersama), from a data file.

The file is made from the `holidays` library by this module (`python -m blangko.store.national_days`) and compared
with it by a test: the library costs 170 ms to import, the file a fraction of one. Years after the last decree are
estimates.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from blangko.core.workdays import NationalDay, NationalDays

FIRST_YEAR = 2015
LAST_YEAR_LOOKED_AT = 2100
"""Where the library's own knowledge ends."""
ESTIMATED_YEARS = 2
"""How many years after the last decree the file guesses at: their fixed and computed feasts, without joint leave."""


@cache
def national_days() -> NationalDays:
    """The days of the data file, decreed to the end of the last year that has joint leave."""
    lines = Path(__file__).with_name("national_days.csv").read_text(encoding="utf-8").splitlines()
    days = [_parsed(line) for line in lines[1:]]
    # Joint leave exists by decree alone, so the last year that has any is the last one that is decreed.
    decreed = max(day.day.year for day in days if day.is_joint_leave)
    return NationalDays({day.day: day for day in days}, date(decreed, 12, 31))


def _parsed(line: str) -> NationalDay:
    day, kind, estimated, name_id, name_en = line.split(",")
    return NationalDay(date.fromisoformat(day), kind == "joint", estimated == "1", name_id, name_en)


def from_library(first_year: int, last_year: int) -> list[NationalDay]:
    """The same days from the installed `holidays` library, in order.

    The library is told both the categories and the language every time: by default it leaves joint leave out.
    """
    import holidays

    def named(language: str, *categories: str) -> dict[date, str]:
        return holidays.country_holidays(
            "ID", years=range(first_year, last_year + 1), categories=categories, language=language
        )

    public = named("id", "public")
    indonesian, english = (named(language, "public", "government") for language in ("id", "en_US"))
    return [
        NationalDay(day, day not in public, "(perkiraan)" in name, _plain(name), _plain(english[day]))
        for day, name in sorted(indonesian.items())
    ]


def _plain(name: str) -> str:
    """The name without the library's mark of an estimate, on one line of a comma-separated file."""
    return name.replace(" (perkiraan)", "").replace(" (estimated)", "").replace(",", "")


def library_days() -> list[NationalDay]:
    """Everything the installed library knows: from the first year to a few years after the last joint leave."""
    days = from_library(FIRST_YEAR, LAST_YEAR_LOOKED_AT)
    decreed = max(day.day.year for day in days if day.is_joint_leave)
    return [
        day if day.day.year <= decreed else day._replace(estimated=True)
        for day in days
        if day.day.year <= decreed + ESTIMATED_YEARS
    ]


def as_csv(days: list[NationalDay]) -> str:
    """The days as the data file holds them."""
    rows = (
        f"{day.day},{'joint' if day.is_joint_leave else 'public'},{int(day.estimated)},{day.name_id},{day.name_en}"
        for day in days
    )
    return "\n".join(("date,kind,estimated,name_id,name_en", *rows)) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_csv(library_days()))
