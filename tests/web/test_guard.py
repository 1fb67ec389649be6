"""Who may do what at the page: by the role of the account, whatever the form says."""

import pytest

from blangko.web.options import Person

NOW = 1_500_000_000.0


@pytest.fixture
def as_role(visit):
    """`as_role("head")` is somebody with an account of that role, who is logged in already."""

    def visitor(role, office_code="61.03", **changed):
        person = Person("siti", "page account siti", role, office_code)
        found = visit(alone=None, find_person=lambda _: person, let_in=lambda *_: person, clock=lambda: NOW, **changed)
        found.get("/?lang=en")
        found.send("/login", name="siti", passphrase="")
        return found

    return visitor


def sent_all_the_same(visitor, path, **typed):
    """Send what no form of the page offers, with the token that the session has."""
    with visitor.client.session_transaction() as session:
        token = session["token"]
    visitor.post(path, {"token": token, **typed})
    return visitor.code


def test_a_clerk_with_an_account_writes(office, as_role):
    at_the_desk = as_role("clerk")
    at_the_desk.send("/print", printed="187")

    assert at_the_desk.code == 200
    assert office.json("status")["on_hand_cards"] == 813


@pytest.mark.parametrize("role", ["head", "auditor", "province", "nobody knows"])
def test_who_only_reads_is_shown_no_form_and_writes_nothing(office, as_role, role):
    reader = as_role(role)

    assert "1,000" in reader.text and 'action="/print"' not in reader.text
    assert "/import" not in reader.text
    assert sent_all_the_same(reader, "/print", printed="5") == 403
    assert office.last_entry() == 3


def test_a_clerk_writes_for_no_other_office_however_it_is_named(office, as_role, engine):
    if engine == "server":
        office.did("init", "--office", "Dukcapil Sekadau", "--code", "61.04", "--opening", 500)
    at_the_desk = as_role("clerk")

    assert sent_all_the_same(at_the_desk, "/print", printed="5", office="61.04") == 403
    assert sent_all_the_same(at_the_desk, "/print?office=61.04", printed="5") == 403
    assert at_the_desk.client.get("/?office=61.04").status_code == 403
    assert at_the_desk.client.get("/?office=61.03").status_code == 200
    assert (office("--office", "61.03", "status", "-f", "json"), office.out.count('"last_entry_no": 3')) == (0, 1)


def test_a_province_looks_at_its_own_offices_alone(office, as_role, engine):
    if engine != "server":
        pytest.skip("a file holds one office")
    office.did("init", "--office", "Dukcapil Sekadau", "--code", "61.04", "--opening", 500)
    office.did("init", "--office", "Dukcapil Kapuas", "--code", "62.01", "--opening", 700)
    province = as_role("province", "61")

    assert "Dukcapil Sekadau" in province.get("/?office=61.04&lang=en")
    assert province.client.get("/?office=62.01").status_code == 403
