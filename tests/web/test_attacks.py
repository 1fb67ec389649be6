"""Who means harm, or sends nonsense, writes nothing, reads nothing that is not for him and stops nobody else's work.

What is tried, on every page that there is, and what comes of it:

| attack | what comes of it |
|---|---|
| a form that another site sends (cross-site POST) | 400 by Origin and Sec-Fetch-Site, nothing written |
| a form without token, with another session's, or with one of a session that ended | 400, nothing written |
| a name of somebody else's that leads to this machine (DNS rebinding) | 421 for every page |
| a page that writes because it is only looked at (`<img src=…>`) | no GET changes the book |
| a form sent twice, or the key of one under another content | written once; refused |
| a way out of the folder of the static files (path traversal) | 404 |
| script in every text field, the office's name and the file's name too | shown as text, in pages and pictures |
| a page in a frame, script of another site | forbidden by the headers of every answer |
| lines smuggled into headers by addresses, languages and names | no header of the answer has them |
| a way on to another site (open redirect) | never out of the page |
| a huge upload, said or unsaid beforehand | 413 before it is kept |
| an upload without end | its line is cut at the limit |
| signs that no form has: NUL, half a sign, numbers of 5,000 digits | refused in words, never an error of the page |
| slow clients, more than there are lines | others are answered meanwhile, the slow ones are cut |
| two requests in one (smuggling) | the line is closed |
| whoever has not logged in | sees nothing but the way in, and writes nothing |
| a session planted before the login, a cookie kept after the logout | another one after it; over (`test_login`) |
| brute force of a passphrase | slowed by account and by address (`test_login`) |
| a clerk who names another office in a form | refused, whatever the form says (`test_guard`) |
"""

from __future__ import annotations

import http.client
import re
import socket
import time
from contextlib import suppress
from html import unescape

import pytest

from tests import PATIENCE_SECONDS
from tests.web.conftest import HOST
from tests.web.served import Caller, serving

pytestmark = pytest.mark.file

SCRIPT = """'"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"""
NASTY = ("\x00", "\ud800", "9" * 5000, "0001-01-01")
"""NUL, half a sign, more digits than Python reads, a day before which there is none: tried in each field by itself."""
NONSENSE = (*NASTY, "²", "٣", "-1", "1e9", "9" * 19, "2017-13-45", "9999-12-31", "' OR 1=1 --",
            "../../etc/passwd", SCRIPT)  # fmt: skip
OWN = ("token", "key")


def forms(visitor):
    """The forms of all pages, as the address that each goes to and its fields with what stands in them."""
    for path in reading(visitor):
        if _as_page(visitor, path):
            for form in re.findall(r"<form.*?</form>", visitor.text, re.DOTALL):
                fields = re.findall(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]*)"([^>]*)', form)
                filled = {name: _standing(rest) for name, rest in fields}
                action = re.search(r'action="([^"]*)"', form)
                yield unescape(action[1]) if action else path, 'method="post"' in form, filled


def _standing(rest):
    found = re.search(r'value="([^"]*)"', rest)
    return unescape(found[1]) if found else ""


ENTRY = "3"
"""The entry that stands where an address names one: the last of the office's beginning."""


def addresses(visitor, method, part=ENTRY):
    """Every address of the page that takes this method, with `part` where it varies, but for the files that lie there.

    Programs bring a token of their own, and are tried with their door.
    """
    functions = visitor.app.view_functions
    return [
        re.sub(r"<[^>]+>", part, rule.rule)
        for rule in visitor.app.url_map.iter_rules()
        if rule.endpoint != "static" and method in rule.methods
        and not getattr(functions[rule.endpoint], "takes_programs", False)
    ]  # fmt: skip


def writing(visitor):
    return addresses(visitor, "POST")


def reading(visitor):
    return addresses(visitor, "GET")


@pytest.fixture
def entries(office):
    """The number of entries, however they came."""
    return lambda: len(office.json("card")["rows"])


# --- Whose form it is -------------------------------------------------------------------------------

FOREIGN = {
    "Origin of another site": {"Origin": "http://evil.example"},
    "Origin of another port": {"Origin": "http://localhost:9"},
    "Origin of a file": {"Origin": "null"},
    "another site, by the browser's word": {"Sec-Fetch-Site": "cross-site"},
    "another name of the same site": {"Sec-Fetch-Site": "same-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_no_form_of_another_site_is_taken(visit, entries, headers):
    at_the_desk = visit()
    at_the_desk.get("/")
    form = {**at_the_desk.hidden("/print"), "printed": "187", "yes": "yes"}
    before = entries()
    for path in writing(at_the_desk):
        at_the_desk.post(path, form, headers=headers)
        assert at_the_desk.code == 400, path

    assert entries() == before


@pytest.mark.parametrize("token", [None, "", "guessed", "é"])
def test_no_form_without_the_token_of_its_session_is_taken(visit, entries, token):
    at_the_desk = visit()
    at_the_desk.get("/")
    form = {**at_the_desk.hidden("/print"), "printed": "187"}
    form.pop("token")
    before = entries()
    for path in writing(at_the_desk):
        at_the_desk.post(path, form if token is None else {**form, "token": token})
        assert at_the_desk.code == 400, path

    assert entries() == before


def test_the_token_of_one_session_opens_no_other_and_ends_with_its_own(visit, entries):
    one, other = visit(), visit()
    one.get("/")
    other.get("/")
    stolen = {**one.hidden("/print"), "printed": "187"}
    before = entries()
    other.post("/print", stolen)
    assert other.code == 400
    one.client.delete_cookie("blangko")
    one.post("/print", stolen)

    assert one.code == 400 and entries() == before


def test_a_session_that_somebody_made_up_is_none(visit, entries):
    """A cookie that this page did not sign says nothing, whatever stands in it."""
    at_the_desk = visit()
    at_the_desk.get("/")
    form = {**at_the_desk.hidden("/print"), "printed": "187", "token": "known"}
    before = entries()
    at_the_desk.client.set_cookie("blangko", "eyJ0b2tlbiI6Imtub3duIn0.aWQ.c2lnbmF0dXJl", domain=HOST)
    at_the_desk.post("/print", form)

    assert at_the_desk.code == 400 and entries() == before


def test_the_key_of_a_form_does_not_cover_another_content(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/?lang=en")
    form = {**at_the_desk.hidden("/print"), "printed": "187"}
    at_the_desk.post("/print", form)
    assert at_the_desk.code == 200
    at_the_desk.post("/print", {**form, "printed": "5"})

    assert at_the_desk.code == 409 and office.json("status")["on_hand_cards"] == 813


# --- By which name, and to look at only ---------------------------------------------------------------

NAMES = ("evil.example", "evil.example:8061", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:9", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_somebody_led_here_sees_nothing(visit, name):
    at_the_desk = visit()
    for path in [*reading(at_the_desk), "/static/page.js", "/no-such-page"]:
        page = at_the_desk.get(path, headers={"Host": name})
        assert at_the_desk.code in (400, 421) and "Disdukcapil" not in page, path


def test_the_name_that_a_proxy_was_told_counts_for_nothing(visit):
    """Only `--behind-proxy` may believe such headers, and then the proxy sets them."""
    page = visit().get("/", headers={"Host": "evil.example", "X-Forwarded-Host": HOST, "Forwarded": f"host={HOST}"})

    assert "Disdukcapil" not in page


def test_no_page_writes_because_it_is_looked_at(office, visit, entries):
    office.did("print", 187)
    at_the_desk = visit()
    before = entries(), office.json("settings")
    for path in {
        *reading(at_the_desk),
        *writing(at_the_desk),
        *(action.split("?")[0] for action, _, _ in forms(at_the_desk)),
    }:
        at_the_desk.client.get(path, query_string={"printed": "5", "yes": "yes", "entry_no": "4", "cards": "5"})

    assert (entries(), office.json("settings")) == before


def test_who_has_not_logged_in_sees_nothing_of_the_book_and_writes_nothing(visit, entries):
    stranger = visit(alone=None)
    before = entries()
    for path in reading(stranger):
        stranger.get(path, headers={"Accept": "application/json"})
        assert "Disdukcapil" not in stranger.text and "1,000" not in stranger.text, path
    with stranger.client.session_transaction() as session:
        session["token"] = "t" * 32
    for path in writing(stranger):
        stranger.post(path, {"token": "t" * 32, "printed": "5", "yes": "yes", "reason": "x", "office": "61.03"})
        assert "Disdukcapil" not in stranger.text, path

    assert entries() == before


# --- What is shown ----------------------------------------------------------------------------------


def test_script_in_every_text_of_the_book_is_shown_as_text(office, visit):
    office.did("print", 187, "--note", SCRIPT, "--by", SCRIPT)
    office.did("receive", 500, "--from", SCRIPT, "--ref", SCRIPT, "--note", SCRIPT)
    office.did("request", 400, "--to", SCRIPT, "--ref", SCRIPT)
    office.did("send", 5, "--to", SCRIPT, "--loan")
    office.did("closed", "2017-11-01", "--reason", SCRIPT)
    office.did("settings", "name", SCRIPT)
    at_the_desk = visit()
    for path in reading(at_the_desk):
        if _as_page(at_the_desk, path):
            assert "<script>alert" not in at_the_desk.text, path
            assert "<img src=x" not in at_the_desk.text, path


def test_script_typed_into_every_field_is_shown_as_text(visit):
    at_the_desk = visit()
    for action, is_post, filled in list(forms(at_the_desk)):
        typed = {name: value if name in OWN else SCRIPT for name, value in filled.items()}
        if is_post:
            at_the_desk.post(action, typed)
        else:
            _as_page(at_the_desk, action, typed)
        assert "<script>alert" not in at_the_desk.text, action


def test_script_in_the_name_of_a_file_is_shown_as_text(visit):
    from io import BytesIO

    at_the_desk = visit()
    for path in writing(at_the_desk):
        at_the_desk.get("/")
        token = at_the_desk.hidden("/print")["token"]
        at_the_desk.post(path, {"token": token, "file": (BytesIO(b"Tanggal;Masuk\n"), f"{SCRIPT}.csv")},
                         content_type="multipart/form-data")  # fmt: skip
        assert at_the_desk.code < 500 and "<script>alert" not in at_the_desk.text, path


def _as_page(visitor, path, asked=None):
    """Whether the answer is one that a browser would run script in."""
    answer = visitor.client.get(path, query_string=asked or {}, follow_redirects=True)
    visitor.text, visitor.code = answer.get_data().decode(errors="replace"), answer.status_code
    assert answer.status_code < 500, path
    return answer.mimetype in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml")


def test_every_answer_forbids_frames_guessed_kinds_and_script_of_others(visit):
    at_the_desk = visit()
    for path in [*reading(at_the_desk), "/static/page.js", "/static/style.css", "/no-such-page", "/print"]:
        headers = at_the_desk.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy and "http" not in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY", path
        assert headers["Referrer-Policy"] == "same-origin", path


def test_what_stands_in_the_book_is_not_kept_by_browsers_or_proxies(visit):
    at_the_desk = visit()
    for path in reading(at_the_desk):
        assert at_the_desk.client.get(path).headers["Cache-Control"] == "no-store", path


def test_no_page_has_script_or_style_of_its_own_in_it(visit):
    at_the_desk = visit()
    for path in reading(at_the_desk):
        if _as_page(at_the_desk, path) and at_the_desk.text.lstrip().startswith(("<!", "<html", "{#")):
            for inline in ("<script>", " style=", "<style", " onclick=", " onsubmit=", "javascript:"):
                assert inline not in at_the_desk.text.replace("<style>", "<style"), (path, inline)


def test_the_cookie_of_the_session_is_hidden_from_script_and_from_other_sites(visit):
    at_the_desk = visit(is_secure=True)
    cookies = at_the_desk.client.get("/?lang=id", base_url=f"https://{HOST}").headers.getlist("Set-Cookie")

    assert len(cookies) == 2
    assert all("HttpOnly" in each and "SameSite=Strict" in each and "Secure" in each for each in cookies)


# --- Where the answer leads ---------------------------------------------------------------------------

AWAY = ("//evil.example/", "http://evil.example/", "/\\evil.example", "\r\nSet-Cookie: a=b", "%0d%0aSet-Cookie:%20a=b")


@pytest.mark.parametrize("away", AWAY)
def test_no_answer_leads_to_another_site_or_has_lines_of_somebody_else(visit, away):
    at_the_desk = visit()
    at_the_desk.get("/")
    form = {**at_the_desk.hidden("/print"), **dict.fromkeys(("to", "back", "next", "lang"), away), "printed": "5"}
    answers = [at_the_desk.client.get(path, query_string={"to": away, "next": away, "lang": away, "text": away})
               for path in reading(at_the_desk)]  # fmt: skip
    answers += [at_the_desk.client.post(path, data=form) for path in writing(at_the_desk)]
    for answer in answers:
        assert "evil.example" not in answer.headers.get("Location", "")
        assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("path", ["/\\evil.example", "/%5cevil.example", "///evil.example"])
def test_no_link_of_a_page_that_is_not_there_leads_to_another_site(visit, path):
    """A browser takes a backslash in an address for a slash, and two of them for the begin of a site's name."""
    at_the_desk = visit()

    assert "evil" not in at_the_desk.get(path)


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/config.py", "/static//etc/passwd",
     "/static/..\\app.py", "/static/\x00style.css"],
)  # fmt: skip
def test_no_way_leads_out_of_the_folder_of_the_static_files(visit, path):
    at_the_desk = visit()
    page = at_the_desk.get(path)

    assert at_the_desk.code in (400, 404) and "from __future__" not in page and "root:" not in page


# --- Too much, and nonsense ---------------------------------------------------------------------------


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda text: ascii(text)[:21])
def test_nonsense_in_every_field_is_refused_in_words(office, visit, nonsense):
    office.did("request", 400)
    at_the_desk = visit()
    said = nonsense.encode("utf-8", "surrogatepass")
    tried = 0
    for action, is_post, filled in list(forms(at_the_desk)):
        whole = {name: value if name in OWN else said for name, value in filled.items()}
        alone = [{**filled, name: said} for name in filled if name not in OWN] if nonsense in NASTY else []
        for fields in (whole, *alone):
            if is_post:
                at_the_desk.post(action, fields)
                assert at_the_desk.code < 500, (action, fields)
            else:
                _as_page(at_the_desk, action, fields)
            tried += 1

    assert tried >= 3


@pytest.mark.parametrize("part", ["0", "9" * 18, "9" * 19, "9" * 5000, "-1", "x", "%00", "..%2f..%2fetc%2fpasswd"],
                         ids=lambda part: part[:19])  # fmt: skip
def test_no_address_that_somebody_made_up_is_an_error_of_the_page(visit, part):
    at_the_desk = visit()
    at_the_desk.get("/")
    token = at_the_desk.hidden("/print")["token"]
    for path in addresses(at_the_desk, "GET", part):
        _as_page(at_the_desk, path)
    for path in addresses(at_the_desk, "POST", part):
        at_the_desk.post(path, {"token": token, "reason": "x", "yes": "yes"})
        assert at_the_desk.code < 500, path


def test_a_huge_form_is_refused_before_it_is_read(visit, entries):
    at_the_desk = visit()
    at_the_desk.get("/")
    form = {**at_the_desk.hidden("/print"), "printed": "5"}
    before = entries()
    at_the_desk.post("/print", {**form, "note": "x" * (9 << 20)})
    assert at_the_desk.code == 413
    at_the_desk.post("/print", {**form, **{f"field {number}": "x" for number in range(2000)}},
                     content_type="multipart/form-data")  # fmt: skip

    assert at_the_desk.code == 413 and entries() == before


# --- On the line --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A page that is served by a process of its own; whoever attacks it shares it with the others."""
    from tests.faults.office import begun

    folder = tmp_path_factory.mktemp("served")
    with serving(begun(folder / "book.db"), folder) as server:
        yield server


def line_to(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)


def heard(line):
    """What comes until the other side closes the line."""
    parts = []
    with suppress(ConnectionResetError):
        while part := line.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def head(server, *lines, path="/print"):
    return "\r\n".join([f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *lines, "", ""]).encode()


def test_an_upload_without_end_is_cut_at_the_limit(served):
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    sent = 0
    with line_to(served) as line:
        line.sendall(head(served, "Transfer-Encoding: chunked"))
        with suppress(OSError):
            while sent < 1 << 30:
                line.sendall(chunk)
                sent += len(chunk)

    assert sent < 64 << 20
    assert Caller(served.port).get("/") and _rest_of(served) == 200


def test_a_huge_upload_is_refused_by_its_length_alone(served):
    with line_to(served) as line:
        line.sendall(head(served, f"Content-Length: {10 << 30}"))

        assert heard(line).split(b"\r\n")[0].split()[1] == b"413"


def test_headers_without_end_are_cut(served):
    with line_to(served) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n".encode())
        try:
            for number in range(100_000):
                line.sendall(f"X-{number}: {'x' * 100}\r\n".encode())
        except OSError:
            pass
        else:
            pytest.fail("ten million bytes of headers were taken")


SMUGGLED = {
    "two lengths": ("Content-Length: 4", "Content-Length: 40"),
    "a length that is none": ("Content-Length: +4",),
    "a coding that is none": ("Transfer-Encoding: xchunked",),
    "a header of two lines": ("X-One: 1\r\n Host: evil.example", "Content-Length: 0"),
}


@pytest.mark.parametrize("lines", SMUGGLED.values(), ids=SMUGGLED)
def test_a_second_request_hidden_in_the_first_is_not_answered(served, lines):
    with line_to(served) as line:
        line.sendall(head(served, *lines) + b"GET /static/page.js HTTP/1.1\r\nHost: x\r\n\r\n")
        line.shutdown(socket.SHUT_WR)
        said = heard(line)

    assert said.startswith((b"HTTP/1.1 4", b"HTTP/1.1 5", b"HTTP/1.0 4")) and b"use strict" not in said


def test_a_line_break_in_an_address_makes_no_header(served):
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE_SECONDS)
    line.request("GET", "/day?text=%0d%0aX-Evil:%201&lang=%0d%0aX-Evil:%201")
    answer = line.getresponse()

    assert answer.read() and "X-Evil" not in answer.headers


def _rest_of(server):
    caller = Caller(server.port)
    caller.get("/")
    return caller.code


SLOW = 150
"""More than a page that is for a handful of people has lines for."""


def test_slow_clients_keep_nobody_waiting_and_are_cut(served):
    """Each says a little, and now and then a little more, as nobody's browser does."""
    lines = [line_to(served) for _ in range(SLOW)]
    try:
        for line in lines:
            line.sendall(b"POST /print HTTP/1.1\r\nHost: x\r\n")
        slowest = 0.0
        for _ in range(4):
            for line in lines:
                _dribble(line)
            caller = Caller(served.port)
            caller.get("/")
            assert caller.code == 200
            slowest = max(slowest, caller.seconds)
            time.sleep(0.2)
        assert slowest < 20
    finally:
        for line in lines:
            line.close()


def _dribble(line):
    with suppress(OSError):
        line.sendall(b"X-Slow: 1\r\n")
