"""Who may do what at the page: by the role of the account, whatever the form says."""

import pytest

from blangko.web.options import Person


@pytest.fixture
def as_role(visit):
    """`as_role("head")` is somebody with an account of that role, whose session stands already."""

    def visitor(role, office_code=None, **changed):
        person = Person("Siti", "account siti", role, office_code)
        found = visit(alone=None, find_person=lambda name: person if name == "siti" else None, **changed)
        with found.client.session_transaction() as session:
            session["account"] = "siti"
        return found

    return visitor


def sent_all_the_same(visitor, path, **typed):
    """Send what no form of the page offers, with the token that the session has."""
    with visitor.client.session_transaction() as session:
        session["token"] = "t" * 32
    visitor.post(path, {"token": "t" * 32, **typed})
    return visitor.code


def test_a_clerk_with_an_account_writes_under_its_name(office, as_role):
    at_the_desk = as_role("clerk")
    at_the_desk.get("/")
    at_the_desk.send("/print", printed="187")

    assert at_the_desk.code == 200
    assert office.json("card")["rows"][-1]["recorded_by"] == "Siti (account siti)"


@pytest.mark.parametrize("role", ["head", "auditor", "province", "nobody knows"])
def test_who_only_reads_is_shown_no_form_and_writes_nothing(office, as_role, role):
    reader = as_role(role)

    assert "1.000" in reader.get("/?lang=id") and 'action="/print"' not in reader.text
    assert sent_all_the_same(reader, "/print", printed="5") == 403
    assert office.last_entry() == 3
