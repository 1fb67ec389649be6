"""What pictures are drawn with: labels never overlap, grids are round, whatever the book holds."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from blangko.reports.drawing import FONT_SIZE, LETTER_WIDTH, WIDTH, Mark, Scale, lanes, steps

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
