"""A province's door for the tests: an HTTP server of this machine that keeps the books of its offices in files."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from blangko.core.receipt import Receipt
from blangko.errors import MissingBook
from blangko.errors.province import BadMessage, Forked
from blangko.exchange.push import message_bytes, read_message
from blangko.exchange.receipts import receipt_file
from blangko.stockroom import open_book, province
from blangko.stockroom.copies import restore

TOKEN = "rahasia"
AT = "2017-11-03T02:00:00Z"


@contextmanager
def open_door(folder, today, sign=province.unsigned):
    """The address of the door, while the block runs; `door.asked` are the requests that came."""

    class Door(BaseHTTPRequestHandler):
        asked: ClassVar = []
        answer = None

        def do_GET(self):
            words = parse_qs(urlsplit(self.path).query)
            self._answered(lambda: self._told(self.path.split("?")[0], words))

        def do_POST(self):
            self._answered(lambda: self._received(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answered(self, answer):
            self.asked.append(f"{self.command} {self.path}")
            if type(self).answer:
                code, headers, made = type(self).answer
            elif self.headers["Authorization"] != f"Bearer {TOKEN}":
                code, headers, made = 401, {}, b""
            else:
                code, made = answer()
                headers = {}
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(made)))
            self.end_headers()
            self.wfile.write(made)

        def _place(self, code):
            return str(folder / f"{code}.db")

        def _told(self, path, words):
            place = self._place(words["office"][0])
            if path == "/pull":
                with open_book(place) as book:
                    return 200, message_bytes(province.message_from(book, int(words["from"][0])))
            try:
                with open_book(place) as book:
                    held = province.held_of(book, int(words["at"][0]))
            except MissingBook:
                held = province.Held(0, province.FIRST_SEAL, None, "")
            return 200, json.dumps(held._asdict()).encode()

        def _received(self, made):
            try:
                message = read_message(made, "what came")
                return 200, receipt_file(sign(self._taken(message)))
            except BadMessage:
                return 400, b""
            except Forked as parted:
                told = {"refused": "forked", "entry_no": parted.entry_no, "located": parted.located}
                return 409, json.dumps(told).encode()

        def _taken(self, message):
            place = self._place(message.office_code)
            try:
                with open_book(place) as book:
                    done = province.take_in(book, message)
            except MissingBook:
                restore(place, "what came", province.as_snapshot(message), today, AT)
                return Receipt(message.office_code, message.last_no, message.last_seal, AT)
            return Receipt(done.office_code, done.entry_no, done.seal, AT)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        Door.address = f"http://127.0.0.1:{server.server_port}"
        yield Door
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
