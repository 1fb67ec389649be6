"""Laporan: papers as they will look, as files, and issued by a second step."""

import re

import pytest

from blangko.web.options import Person

pytestmark = pytest.mark.file


@pytest.fixture
def week(office):
    """An office that printed 40 cards on each day of a week, and holds five spoiled ones."""
    for day in range(23, 28):
        office.did("print", 40, "--on", f"2017-10-{day}", "--yes")
    office.did("spoil", 5, "--cause", "print", "--on", "2017-10-27")
    return office


@pytest.fixture
def as_a(week, visit):
    """Somebody of that role at the page."""

    def person(role):
        who = Person("Siti", "siti", role)
        visitor = visit(alone=None, find_person=lambda name: who, let_in=lambda name, passphrase: who)
        visitor.get("/login")
        visitor.send("/login", name="siti", passphrase="x")
        return visitor

    return person


def test_the_summary_stands_on_the_page_as_in_its_file(week, visit):
    page = visit().get("/reports?lang=en")
    week.did("summary", "-o", week.folder / "week.html")
    body = (week.folder / "week.html").read_text(encoding="utf-8").split("<body>")[1].split("</body>")[0]

    assert '<article class="paper"' in page and "draft, not issued" in page
    for text in re.findall(r"<t[dh][^>]*>[^<]+</t[dh]>", body):
        assert text in page


def test_a_summary_is_issued_by_a_second_step_and_only_once(week, visit):
    head = visit()
    head.get("/reports?lang=en&week=2017-W43")
    asked = head.send("/reports/summary")
    before = week.last_entry()

    assert "Record that this paper is handed out" in asked and "Nothing has been written yet" in asked
    page = head.send("/reports/summary", sure="yes")
    assert head.code == 200 and f"issued as no. {before + 1} on 27 October 2017" in page
    assert week.last_entry() == before + 1 and 'action="/reports/summary"' not in page


def test_a_paper_that_was_looked_at_before_somebody_wrote_is_not_issued(week, visit):
    head = visit()
    head.get("/reports?lang=en")
    head.send("/reports/summary")
    week.did("spoil", 1, "--cause", "print")
    written = week.last_entry()
    page = head.send("/reports/summary", sure="yes")

    assert head.code == 409 and 'class="refused"' in page and week.last_entry() == written


def test_the_month_is_issued_like_the_summary(week, visit):
    head = visit()
    assert "Monthly report" in head.get("/reports?lang=en&paper=month")
    head.send("/reports/month")
    page = head.send("/reports/month", sure="yes")

    assert "issued as no." in page


def test_the_letter_asks_for_what_was_typed_and_its_request_is_recorded_by_a_second_step(week, visit):
    head = visit()
    page = head.get("/reports?lang=en&paper=letter&number=2.000&reference=470/12&officer=Budi")
    assert "We therefore ask for 2,000 (two thousand)" in page and "470/12" in page and "Budi" in page
    head.send("/reports/letter")
    head.send("/reports/letter", sure="yes")

    assert week.json("status")["on_order_cards"] == 2000
    assert "470/12" in week.did("summary")


def test_minutes_tell_of_all_that_is_held_and_the_destruction_is_recorded_by_a_second_step(week, visit):
    clerk = visit()
    page = clerk.get("/reports?lang=en&paper=minutes&reference=BA 7&method=cut up")
    assert "5 cards (five)" in page and "cut up" in page
    clerk.send("/reports/minutes")
    clerk.send("/reports/minutes", sure="yes")

    assert week.json("status")["spoiled_cards"] == 0


def test_minutes_without_their_number_are_refused_and_shown_again(week, visit):
    clerk = visit()
    clerk.get("/reports?lang=en&paper=minutes")
    clerk.send("/reports/minutes")
    page = clerk.send("/reports/minutes", sure="yes")

    assert clerk.code in (400, 409) and 'class="refused"' in page
    assert week.json("status")["spoiled_cards"] == 5


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("summary/pdf", b"%PDF"),
        ("summary/png", b"\x89PNG"),
        ("summary/xlsx", b"PK"),
        ("month/pdf", b"%PDF"),
        ("month/xlsx", b"PK"),
        ("letter/pdf", b"%PDF"),
        ("letter/docx", b"PK"),
        ("minutes/pdf", b"%PDF"),
        ("minutes/docx", b"PK"),
    ],
)
def test_papers_are_kept_as_files(week, visit, path, begins):
    made = visit().client.get(f"/reports/{path}")

    assert made.status_code == 200 and made.data.startswith(begins)
    assert "attachment" in made.headers["Content-Disposition"]


def test_the_page_s_file_is_the_command_s(week, visit):
    week.did("summary", "-o", week.folder / "week.pdf")

    assert visit().client.get("/reports/summary/pdf?lang=en").data == (week.folder / "week.pdf").read_bytes()


@pytest.mark.parametrize("path", ["/reports?paper=../x", "/reports/x/pdf", "/reports/summary/exe", "/reports/x.css",
                                  "/reports/..%2f..%2fbook.db/pdf"])  # fmt: skip
def test_there_is_no_other_paper(week, visit, path):
    somebody = visit()
    somebody.get(path)

    assert somebody.code == 404


def test_a_paper_s_look_reaches_nothing_around_it(week, visit):
    for name in ("summary", "month", "letter", "minutes"):
        look = visit().client.get(f"/reports/{name}.css").get_data(as_text=True)
        rules = [each.strip() for each in re.findall(r"([^{}]+)\{", look)]
        assert rules and all(each.startswith(("@media", ".paper")) for each in rules)


@pytest.mark.parametrize("asked", ["week=lots", "week=2017-W43&first=2017-10-01", "first=2017-10-20&last=2017-10-01",
                                   "week=2018-W30", "paper=month&month=lots", "paper=letter&number=lots"])  # fmt: skip
def test_what_no_paper_can_tell_is_refused_beside_its_fields(week, visit, asked):
    somebody = visit()
    page = somebody.get(f"/reports?lang=en&{asked}")

    assert somebody.code == 200 and 'class="refused"' in page and "<article" not in page


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("head", {"summary", "month", "letter"}),
        ("clerk", {"minutes"}),
        ("auditor", set()),
    ],
)
def test_each_role_issues_what_it_may(as_a, week, role, may):
    somebody = as_a(role)
    for name in ("summary", "month", "letter", "minutes"):
        page = somebody.get(f"/reports?lang=en&paper={name}")
        assert (f'action="/reports/{name}"' in page) == (name in may), name
        if name not in may:
            with somebody.client.session_transaction() as session:
                token = session.get("token", "")
            somebody.post(f"/reports/{name}", {"token": token, "sure": "yes", "key": "k", "code": "x"})
            assert somebody.code in (400, 403)
    assert week.last_entry() == 9


def test_script_in_a_field_of_a_paper_is_text(week, visit):
    page = visit().get('/reports?paper=letter&officer=<script>alert(1)</script>&reference="><img src=x>')

    assert "<script>alert" not in page and "<img src=x>" not in page
