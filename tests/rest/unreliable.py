"""A bad line to the site: of each new request that makes something, the first attempt is put off and the second one's
answer is lost."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

KEY = "Idempotency-Key"


@contextmanager
def unreliable(url: str) -> Iterator[tuple[str, Counter[int]]]:
	"""The address of the line for the block, and how often it said what by itself."""
	attempts: Counter[Any] = Counter()
	said: Counter[int] = Counter()

	class Line(BaseHTTPRequestHandler):
		def do_POST(self) -> None:
			body = self.rfile.read(int(self.headers["Content-Length"]))
			attempts[self.headers[KEY]] += 1
			attempt = attempts[self.headers[KEY]] if self.headers[KEY] else 3
			if attempt == 1:
				return self.say(429, b'{"detail": "Not now", "code": "too_many_requests"}')
			kept = {name: one for name, one in self.headers.items() if name != "Host"}
			answer = requests.post(url + self.path, data=body, headers=kept, timeout=60)
			if attempt == 2:
				return self.say(503, b'{"detail": "Your answer is lost", "code": "busy"}')
			return self.hand_on(answer)

		def say(self, status: int, text: bytes) -> None:
			said[status] += 1
			self.answer(status, text, {"Retry-After": "0"})

		def hand_on(self, answer: requests.Response) -> None:
			self.answer(answer.status_code, json.dumps(answer.json()).encode(), {})

		def answer(self, status: int, text: bytes, headers: dict[str, str]) -> None:
			self.send_response(status)
			for name, one in (headers | {"Content-Type": "application/json"}).items():
				self.send_header(name, one)
			self.send_header("Content-Length", str(len(text)))
			self.end_headers()
			self.wfile.write(text)

		def log_message(self, *_arguments: Any) -> None:
			"""Nothing: what goes wrong is seen at the other end."""

	server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	try:
		yield f"http://127.0.0.1:{server.server_port}", said
	finally:
		server.shutdown()
		server.server_close()
