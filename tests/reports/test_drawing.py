"""What pictures are drawn with: labels never overlap, grids are round, whatever the book holds."""

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from blangko.reports.drawing import (
    FONT_SIZE,
    LEFT,
    LETTER_WIDTH,
    WIDTH,
    Mark,
    Scale,
    dates,
    drawn_marks,
    hatched,
    key,
    key_lines,
    lanes,
    steps,
    wide,
)

FIRST = date(2017, 9, 1)
SCALE = Scale(FIRST, 84, 3000, 0, 258)
MARKS = st.lists(
    st.tuples(st.integers(0, 84), st.text("abcdefghij +.0123456789", min_size=1, max_size=18)), max_size=14
)


@given(MARKS)
def test_no_two_labels_overlap_and_none_leaves_the_picture(listed):
    marks = [Mark(FIRST + timedelta(days=day), text, "") for day, text in sorted(listed)]
    placed = [(lane, x - _half(mark), x + _half(mark)) for mark, lane, x in lanes(marks, SCALE)]

    assert len(placed) == len(marks)
    assert all(left >= 0 and right <= WIDTH for _, left, right in placed)
    for number, (lane, left, right) in enumerate(placed):
        for other_lane, other_left, other_right in placed[number + 1 :]:
            assert lane != other_lane or other_left > right or other_right < left


def _half(mark):
    return len(mark.text) * FONT_SIZE * LETTER_WIDTH / 2


def test_the_grid_has_roundsteps():
    assert steps(1) == (1, 1)
    assert steps(2750) == (1000, 3000)
    assert steps(5001) == (2000, 6000)
    assert steps(32_120) == (10_000, 40_000)


@given(st.integers(1, 100_000_000))
def test_the_grid_reaches_over_the_highest_stock_in_at_most_fivesteps(highest):
    step, top = steps(highest)

    assert top >= highest and top % step == 0 and top // step <= 5


@given(st.integers(0, 84), st.integers(0, 84))
def test_a_hatched_stretch_stays_within_its_days_and_the_picture(first, last):
    begin, end = (SCALE.x(FIRST + timedelta(days=day)) for day in sorted((first, last)))
    ends = [tuple(map(float, pair.split(","))) for pair in re.findall(r"[ML]([\d.,-]+)", hatched(begin, end, SCALE))]

    assert all(begin - 0.1 <= x <= end + 0.1 and SCALE.top - 0.1 <= y <= SCALE.base + 0.1 for x, y in ends)
    assert (len(ends) > 0) == (end > begin)


def test_a_narrow_picture_names_fewer_mondays_and_none_runs_into_the_next():
    broad, narrow = (list(dates(SCALE._replace(width=width))) for width in (WIDTH, 340))
    places = [float(x) for x in re.findall(r'<text x="([\d.]+)"', "".join(narrow))]

    assert len(broad) > len(narrow) > 0
    assert all(after - before >= wide("4 Sep") for before, after in pairwise(places))


def test_a_key_that_is_too_wide_goes_on_below():
    rows = [("on the shelf", "", False), ("expected if nothing comes", "", True), ("with what is promised", "", False)]
    drawn = "".join(key(rows, 100, 340))
    places = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"', drawn)

    assert key_lines(rows) == 1 and key_lines(rows, 340) == 2
    assert [y for _x, y in places] == ["100.0", "100.0", "113.0"]
    assert float(places[2][0]) < LEFT + 40


def test_the_lines_of_all_marks_lie_below_the_words_of_every_mark():
    marks = [Mark(FIRST, "ask by 1 Sep", ""), Mark(FIRST + timedelta(days=1), "as of 2 Sep", "")]
    parts = list(drawn_marks(list(lanes(marks, SCALE)), SCALE))

    assert [part.startswith("<line") for part in parts] == [True, True, False, False]
