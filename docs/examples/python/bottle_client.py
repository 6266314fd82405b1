"""A client of bottle_mfg in Python's standard library alone (3.10 and later)."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

ATTEMPTS = 6
LATER = (429, 503)
"""Too many requests, and others at the same goods: the same request may be sent again."""


class Refused(Exception):
	"""The site said no. `body` has `detail` for people, `code` for programs, and the figures of the case."""

	def __init__(self, status: int, body: dict[str, Any]) -> None:
		super().__init__(f"{status} {body.get('code')}: {body.get('detail')}")
		self.status = status
		self.code = body.get("code")
		self.body = body


class BottleClient:
	"""Speaks to one site as one user. Makes no document twice, however often it has to ask."""

	def __init__(self, site: str, authorization: str) -> None:
		self.site = site.rstrip("/")
		self.authorization = authorization

	@classmethod
	def with_api_key(cls, site: str, key: str, secret: str) -> BottleClient:
		"""As the user on whose form the key was generated. It is good until a new one is generated."""
		return cls(site, f"token {key}:{secret}")

	@classmethod
	def with_password(cls, site: str, client_id: str, user: str, password: str) -> BottleClient:
		"""As the user, with a bearer token that is good for `expires_in` seconds (an hour)."""
		form = {"grant_type": "password", "client_id": client_id, "scope": "all"}
		form |= {"username": user, "password": password}
		request = urllib.request.Request(
			f"{site.rstrip('/')}/api/method/frappe.integrations.oauth2.get_token",
			data=urllib.parse.urlencode(form).encode(),
		)
		_status, _headers, tokens = _send(request)
		return cls(site, f"Bearer {tokens['access_token']}")

	def call(self, method: str, *, key: str | None = None, **arguments: Any) -> Any:
		"""Call a method of bottle_mfg.api.v1. Those that make documents get an Idempotency-Key."""
		if method.startswith("create_"):
			key = key or str(uuid.uuid4())
		return self._ask("POST", f"method/bottle_mfg.api.v1.{method}", arguments, key).get("message")

	def insert(self, doctype: str, *, key: str | None = None, **values: Any) -> dict[str, Any]:
		"""Make a document of any kind; with `docstatus=1` it is submitted, too."""
		path = f"resource/{urllib.parse.quote(doctype)}"
		return self._ask("POST", path, values, key or str(uuid.uuid4()))["data"]

	def documents(self, doctype: str, **arguments: Any) -> Iterator[dict[str, Any]]:
		"""All records that fit, page by page. None is missed or seen twice, whoever else is writing."""
		after = None
		while True:
			page = self.call("list_documents", doctype=doctype, after=after, **arguments)
			yield from page["data"]
			after = page["next"]
			if after is None:
				return

	def _ask(self, verb: str, path: str, body: dict[str, Any], key: str | None) -> dict[str, Any]:
		headers = {"Authorization": self.authorization, "Content-Type": "application/json"}
		if key:
			headers["Idempotency-Key"] = key  # the same in every attempt
		url = f"{self.site}/api/{path}"
		for attempt in range(1, ATTEMPTS + 1):
			request = urllib.request.Request(url, json.dumps(body).encode(), headers, method=verb)
			try:
				status, answer_headers, answer = _send(request)
			except OSError:  # no answer: the document may be there, or not
				status, answer_headers, answer = 503, {}, {}
			if status < 400:
				return answer
			if status not in LATER or attempt == ATTEMPTS:
				raise Refused(status, answer)
			time.sleep(float(answer_headers.get("Retry-After", 2)))
		raise AssertionError("unreachable")


def _send(request: urllib.request.Request) -> tuple[int, Any, dict[str, Any]]:
	try:
		with urllib.request.urlopen(request, timeout=60) as answer:
			return answer.status, answer.headers, json.load(answer)
	except urllib.error.HTTPError as refusal:
		return refusal.code, refusal.headers, _json(refusal.read())


def _json(text: bytes) -> dict[str, Any]:
	try:
		return json.loads(text)
	except ValueError:  # something between us and the site answered
		return {"detail": text.decode(errors="replace")[:200], "code": None}
