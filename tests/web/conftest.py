"""Somebody at the page of an office, without a browser: forms are read from the page and sent as it would send them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest

from blangko.web.app import create_app
from blangko.web.options import Person, WebOptions

SECRET = bytes(range(32))
HOST = "localhost"


class Visitor:
    """`visitor.get("/")` shows a page; `visitor.send("/print", printed=5)` fills the form that goes there and sends it.

    `text` is the page last shown, `code` its status.
    """

    def __init__(self, options: WebOptions) -> None:
        self.app = create_app(options)
        self.client = self.app.test_client()
        self.text, self.code = "", 0

    def _seen(self, answer: Any) -> str:
        self.text, self.code = answer.get_data(as_text=True), answer.status_code
        return self.text

    def get(self, path: str, **more: Any) -> str:
        return self._seen(self.client.get(path, follow_redirects=True, **more))

    def hidden(self, action: str) -> dict[str, str]:
        """The hidden fields of the form on this page that goes to `action`."""
        forms = re.findall(r"<form[^>]*?>.*?</form>", self.text, re.DOTALL)
        form = next(each for each in forms if f'action="{action}"' in unescape(each.split(">")[0] + ">"))
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
        return {name: unescape(value) for name, value in fields}

    def post(self, path: str, data: Mapping[str, Any], **more: Any) -> str:
        return self._seen(self.client.post(path, data=dict(data), follow_redirects=True, **more))

    def send(self, action: str, **typed: Any) -> str:
        return self.post(action, {**self.hidden(action), **typed})


@pytest.fixture
def visit(office):
    """`visit()` is somebody at the page of the office; `visit(read_only=True)` and so on change how it is served."""

    def visitor(**changed: Any) -> Visitor:
        alone = Person("", "uid 1000 siti", "clerk")
        options = WebOptions(place=office.place, hosts=(HOST,), secret=SECRET, alone=alone)
        return Visitor(options._replace(**changed))

    return visitor
