"""Alerts by e-mail: to whom the bell rings, where the site can send any, and no trouble where it cannot."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import frappe
import pytest

from bottle_mfg.alerts.kinds import BY_EMAIL
from tests.bell import Bell, bell
from tests.scenarios.test_alerts import changed, store, switch, take

__all__ = ["bell", "store"]


class _Conversation(socketserver.StreamRequestHandler):
	"""As much of SMTP as it takes to be handed a letter."""

	def handle(self) -> None:
		self.wfile.write(b"220 here\r\n")
		while line := self.rfile.readline():
			verb = line.strip().upper()
			if verb == b"DATA":
				self.wfile.write(b"354 go on\r\n")
				self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))  # type: ignore[attr-defined]
			self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")


@pytest.fixture(scope="module")
def post_office() -> Iterator[Any]:
	"""A mail server that keeps what it gets."""
	with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as server:
		server.daemon_threads = (
			True  # some releases of Frappe keep their connection: nobody waits for its end
		)
		server.letters = []  # type: ignore[attr-defined]
		threading.Thread(target=server.serve_forever, daemon=True).start()
		yield server
		server.shutdown()


@pytest.fixture
def unmuted(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(frappe.flags, "mute_emails", False)


@pytest.fixture
def account(post_office: Any, unmuted: None, db: Any) -> Iterator[Any]:
	values = {
		"doctype": "Email Account",
		"email_account_name": "Alerts of the tests",
		"email_id": "factory@bottle.test",
		"enable_outgoing": 1,
		"default_outgoing": 1,
		"smtp_server": "127.0.0.1",
		"smtp_port": post_office.server_address[1],
		"no_smtp_authentication": 1,
	}
	made = frappe.get_doc(values).insert()
	db.commit()
	frappe.local.outgoing_email_account = {}
	yield made
	db.rollback()
	frappe.local.outgoing_email_account = {}
	db.delete("Email Queue")
	db.delete("Email Queue Recipient")
	frappe.delete_doc("Email Account", made.name, force=True)
	db.commit()


def queued() -> set[str]:
	"""Who is written to."""
	return set(frappe.get_all("Email Queue Recipient", pluck="recipient"))


def test_without_an_account_nothing_is_written(store: Any, unmuted: None, bell: Bell) -> None:
	before = frappe.db.count("Email Queue"), frappe.db.count("Error Log")
	take(store, 700)
	bell.work()
	assert len(bell.told("stock")) == 1
	assert (frappe.db.count("Email Queue"), frappe.db.count("Error Log")) == before


def test_who_is_told_is_written_to(store: Any, account: Any, post_office: Any, bell: Bell) -> None:
	frappe.db.set_value("Bottle Item", store.preform, "item_name", "28 <mm> & blue")
	with changed("Notification Settings", "manager@bottle.test", "enable_email_notifications", 0):
		take(store, 700)
		bell.work()
	assert len(bell.told("manager")) == 1
	assert queued() == {"stock@bottle.test"}
	(letter,) = frappe.get_all("Email Queue", pluck="name")
	frappe.get_doc("Email Queue", letter).send()
	(raw,) = post_office.letters
	message = message_from_bytes(raw)
	assert str(message["To"]) == "stock@bottle.test"
	subject = str(frappe.utils.cstr(message["Subject"]))
	assert subject.startswith("28 <mm> & blue is low: 300 pcs left")
	html = next(part for part in message.walk() if part.get_content_type() == "text/html")
	text = html.get_payload(decode=True).decode()
	assert "28 &lt;mm&gt; &amp; blue" in text
	assert f"/bottle-item/{store.preform}" in text


def test_an_address_that_is_none_is_logged(store: Any, account: Any, bell: Bell) -> None:
	logged = frappe.db.count("Error Log")
	with changed("User", "stock@bottle.test", "email", "no address"):
		take(store, 700)
		bell.work()
	assert (len(bell.told("manager")), len(bell.told("stock"))) == (1, 1)
	assert queued() == {"manager@bottle.test"}
	assert frappe.db.count("Error Log") == logged + 1


def test_no_e_mail_where_it_is_switched_off(store: Any, account: Any, bell: Bell) -> None:
	switch(BY_EMAIL, 0)
	take(store, 700)
	bell.work()
	assert len(bell.told("stock")) == 1
	assert queued() == set()
