"""`offices`: the list of those that a place keeps the books of, and SQL for whoever looks after the server."""

import json

import pytest


@pytest.fixture
def office(nobody):
    nobody.did("init", "--office", "Disdukcapil Sanggau", "--code", "61.03", "--opening", 3200, "--on", "2017-10-23")
    nobody.did("print", 180)
    return nobody


def test_a_single_book_is_a_list_of_one_office(office):
    assert office.did("offices").splitlines() == [
        "Code   Office               Entries  The last one on",
        "-----  -------------------  -------  ---------------",
        "61.03  Disdukcapil Sanggau        4  Fri 27 Oct 2017",
        "",
        "1 office",
    ]


def test_the_list_for_other_programs_ends_with_the_seal_of_each(office):
    seal = office.json("status")["seal"]
    row = {
        "code": "61.03",
        "name": "Disdukcapil Sanggau",
        "last_entry_no": 4,
        "last_entry_on": "2017-10-27",
        "seal": seal,
    }

    assert office.json("offices") == {"schema": "blangko.offices/1", "rows": [row]}
    assert office.did("offices", "-f", "csv").splitlines() == [
        "code,name,last_entry_no,last_entry_on,seal",
        f"61.03,Disdukcapil Sanggau,4,2017-10-27,{seal}",
    ]


def test_the_list_shows_the_name_that_an_office_chose_last(office):
    office.did("settings", "office_name", "Disdukcapil Kab. Sanggau")
    office.did("settings", "office_name", "Disdukcapil")
    office.did("undo", "--reason", "typed twice")

    assert office.json("offices")["rows"][0]["name"] == "Disdukcapil Kab. Sanggau"


# --- SQL -------------------------------------------------------------------------------------------


def test_the_sql_for_a_clerk_lets_in_the_role_of_the_office_in_one_transaction(nobody):
    script = nobody.did("offices", "grant", "clerk", "61.03").splitlines()

    assert script[0] == "BEGIN;"
    assert script[-3:] == ['GRANT blangko_clerk TO "blangko_clerk_61.03";', "", "COMMIT;"]
    assert '\\password "blangko_clerk_61.03"' in nobody.err


def test_a_province_is_let_in_by_how_its_codes_begin_and_the_auditor_without_a_code(nobody):
    assert 'TO "blangko_province_61";' in nobody.did("offices", "grant", "province", "61")
    assert "ALTER ROLE blangko_auditor LOGIN;" in nobody.did("offices", "grant", "auditor")


def test_the_sql_can_go_into_a_file(nobody):
    printed = nobody.did("offices", "grant", "auditor")
    nobody.did("offices", "grant", "auditor", "-o", nobody.folder / "auditor.sql")

    assert (nobody.folder / "auditor.sql").read_text() == printed


def test_the_statements_for_citus_are_printed_without_a_server(nobody):
    printed = nobody.did("offices", "distribute")
    statements = json.loads(nobody.did("offices", "distribute", "-f", "json"))["statements"]

    assert printed.startswith("SET citus.enable_unsafe_triggers = on;\n")
    assert "SELECT create_distributed_table('entry', 'office_code', colocate_with => 'office');\n" in printed
    assert printed == "".join(f"{statement}\n" for statement in statements)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["grant"], 2, "clerk|province|auditor"),
        (["grant", "king", "61.03"], 2, "king"),
        (["grant", "clerk"], 2, "CODE"),
        (["grant", "clerk", "6103"], 1, "61.03: two digits"),
        (["grant", "clerk", "61.03'; DROP TABLE entry; --"], 1, "is not an office's code"),
        (["grant", "province", "6"], 1, "is not an office's code"),
        (["grant", "auditor", "61"], 2, "61"),
        (["grant", "clerk", "61.03", "--run"], 2, "--run"),
        (["--run"], 2, "--run"),
        (["distribute", "clerk"], 2, "clerk"),
        (["list"], 2, "list"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(nobody, words, code, told):
    assert nobody("offices", *words) == code
    assert told in nobody.err and nobody.out == ""


@pytest.mark.file
def test_a_file_is_not_spread_over_servers(office):
    assert office("offices", "distribute", "--run") == 3
    assert "no address of a server" in office.err


def test_the_words_are_understood_in_indonesian(nobody):
    english = nobody.did("offices", "grant", "clerk", "61.03")

    assert nobody.did("--lang", "id", "kantor", "beri", "petugas", "61.03") == english
    assert nobody.did("kantor", "sebar") == nobody.did("offices", "distribute")


# --- Tokens ----------------------------------------------------------------------------------------


def test_an_office_gets_a_token_that_is_told_once(office):
    if "://" not in office.place:
        assert office("offices", "token", "61.04") == 3
        assert "no address of a server" in " ".join(office.err.split()) and office.out == ""
        return
    first, second = (office.did("offices", "token", "61.04") for _ in range(2))

    assert first != second and len(second.strip()) == 43
    assert "BLANGKO_TOKEN" in office.err and second.strip() not in office.err
    assert office.json("offices", "token", "61.04")["office"] == "61.04"


@pytest.mark.parametrize("words", [[], ["61.04", "61.05"], ["../x"]])
def test_a_token_is_for_one_office_that_is_named(office, words):
    assert office("offices", "token", *words) in (1, 2) and office.out == ""
