"""Perkiraan and Rencana: the answers of the command line on a page, as they are and as they would be."""

import pytest

from blangko.words.written import count


@pytest.fixture
def printing(office):
    """An office that prints 40 cards on each working day of three weeks, and has 400 left."""
    for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20):
        office.did("print", 40, "--on", f"2017-10-{day:02}", "--yes")
    return office


@pytest.mark.file
def test_the_forecast_shows_the_days_of_the_command_line(printing, visit):
    page = visit().get("/forecast?lang=en")
    rows = printing.json("forecast")["rows"]

    assert len(rows) > 5
    for row in rows[:5]:
        assert f'<td class="right">{count(row["stock_cards"]["p50"])}</td>' in page
    assert "400 cards" in page


@pytest.mark.file
@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ("quota=20", ["--if-quota", "20"]),
        ("receive=500&receive_on=2017-11-06", ["--if-receive", "500@2017-11-06"]),
        ("extra=30&extra_from=2017-11-01&extra_to=2017-11-08", ["--if-extra", "30@2017-11-01..2017-11-08"]),
        ("request_on=2017-11-01", ["--if-request", "2017-11-01"]),
    ],
)
def test_what_is_supposed_on_the_page_is_what_the_command_line_supposes(printing, visit, asked, options):
    told = printing.did("forecast", *options)
    page = visit().get(f"/forecast?lang=en&{asked}")

    assert "Supposed, and not written down" in page
    verdict = " ".join(told.split("Then: ")[1].split("\n\n")[0].split())
    assert verdict.rstrip(".") in page
    assert printing.last_entry() == 18


@pytest.mark.file
def test_a_slider_at_nothing_and_the_days_beside_it_suppose_nothing(printing, visit):
    page = visit().get("/forecast?lang=en&quota=0&receive=&receive_on=2017-10-30&extra=0&extra_from=&extra_to=")

    assert "Supposed" not in page


@pytest.mark.file
@pytest.mark.parametrize("asked", ["quota=lots", "receive=5&receive_on=2017-13-45", "receive=5&receive_on=2017-10-01",
                                   "extra=5&extra_from=2017-11-08&extra_to=2017-11-01"])  # fmt: skip
def test_what_cannot_be_supposed_is_told_beside_the_answer_as_it_is(printing, visit, asked):
    at_the_desk = visit()
    page = at_the_desk.get(f"/forecast?lang=en&{asked}")

    assert at_the_desk.code == 200 and 'class="refused"' in page and "Supposed" not in page
    first = asked.split("&")[0].split("=")[1]
    assert f'value="{first}"' in page


@pytest.mark.file
def test_the_picture_is_drawn_for_a_phone_and_for_a_desk(printing, visit):
    for page in (visit().get("/forecast"), visit().get("/plan")):
        assert page.count('viewBox="0 0 720 ') == 1 and page.count('viewBox="0 0 340 ') == 1


@pytest.mark.file
def test_every_number_of_the_forecast_opens_what_it_comes_from(printing, visit):
    page = visit().get("/forecast?lang=en&explain=1")

    assert "<summary>On hand, from the book: 400</summary>" in page


@pytest.mark.file
def test_a_book_that_knows_no_use_yet_has_a_page_all_the_same(office, visit):
    at_the_desk = visit()

    assert "not known yet" in at_the_desk.get("/forecast?lang=en") and at_the_desk.code == 200
    assert "No target was named" in at_the_desk.get("/plan?lang=en") and at_the_desk.code == 200


@pytest.mark.file
def test_the_plan_tells_the_target_and_the_ration_of_the_command_line(printing, visit):
    printing.did("population", "--eligible", 10_000, "--recorded", 7_000, "--printed", 6_000)
    page = visit().get("/plan?lang=en&coverage=80&by=2018-06-29&teams=2&per_team=10&ration_until=2017-12-01")
    plan = printing.json("plan", "--coverage", 80, "--by", "2018-06-29", "--teams", 2, "--per-team", 10,
                         "--ration-until", "2017-12-01")  # fmt: skip

    assert "The target of 80 % by Fri 29 Jun 2018 can be reached" in page
    assert f"{plan['ration']['cards_per_day']} cards" in page


@pytest.mark.file
@pytest.mark.parametrize(
    "asked", ["coverage=lots", "by=2018-06-29", "coverage=80&by=2017-01-01", "teams=-1&coverage=8"]
)
def test_a_target_that_cannot_be_is_told_beside_its_fields(printing, visit, asked):
    at_the_desk = visit()
    page = at_the_desk.get(f"/plan?lang=en&{asked}")

    assert at_the_desk.code == 200 and 'class="refused"' in page and "No target was named" in page


@pytest.mark.file
def test_plan_and_forecast_are_kept_as_files(printing, visit):
    at_the_desk = visit()
    for form, begins in (("pdf", b"%PDF"), ("png", b"\x89PNG"), ("xlsx", b"PK")):
        made = at_the_desk.client.get(f"/plan.{form}?quota=20")
        assert made.status_code == 200 and made.data.startswith(begins)
        assert made.headers["Content-Disposition"] == f'attachment; filename="blangko-plan-2017-10-27.{form}"'
    assert at_the_desk.client.get("/forecast.xlsx?quota=20").data.startswith(b"PK")


@pytest.mark.file
@pytest.mark.parametrize("path", ["/plan.exe", "/plan.pdf/..", "/plan...%2fbook.db"])
def test_there_is_no_other_file_to_keep(printing, visit, path):
    at_the_desk = visit()
    at_the_desk.get(path)

    assert at_the_desk.code == 404
