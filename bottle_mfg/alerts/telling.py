"""Telling one person something: in the bell, in his language, by e-mail where the site can send any.

Frappe's own Notification Settings of each user decide whether he gets either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.desk.doctype.notification_settings.notification_settings import (
	is_email_notifications_enabled,
	is_notifications_enabled,
)
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.translate import get_user_lang
from frappe.utils import escape_html, get_url_to_form, get_url_to_report, strip_html

from bottle_mfg.alerts.kinds import by_email

MANAGER, STOCK, SALES = "Bottle Manager", "Bottle Stock User", "Bottle Sales User"

_COLOUR = "orange"


@dataclass(frozen=True)
class Message:
	"""What somebody is told, as HTML, and what opens: the record, or the report where Frappe can link to one."""

	text: str
	doctype: str
	name: str
	report: str | None = None

	def url(self) -> str:
		return get_url_to_report(self.report) if self.report else get_url_to_form(self.doctype, self.name)


def tell(user: str, say: Callable[[], Message]) -> None:
	"""Tell a user what `say` says in his language. The caller commits."""
	if not is_notifications_enabled(user):
		return
	with speaking_to(user):
		message = say()
		_put_into_bell(user, message)
		if _may_mail(user):
			_mail(user, message)


def people(*roles: str) -> list[str]:
	"""The users of the Desk who have one of the roles. Administrator, who has all of them, is nobody's colleague."""
	return frappe.db.sql(
		"""select distinct user.name from `tabUser` user
		join `tabHas Role` has on has.parent = user.name and has.parenttype = 'User'
		where has.role in %s and user.enabled = 1 and user.user_type = 'System User' and user.name != 'Administrator'
		order by user.name""",
		(roles,),
		pluck=True,
	)


def who_may_read(doctype: str, name: str, *roles: str) -> list[str]:
	"""Those of them who may read a record."""
	doc = frappe.get_doc(doctype, name)
	return [user for user in people(*roles) if frappe.has_permission(doctype, "read", doc=doc, user=user)]


def bold(text: object) -> str:
	"""A name in a message."""
	return f"<b>{escape_html(str(text))}</b>"


@contextmanager
def speaking_to(user: str) -> Iterator[None]:
	"""Translate into a user's language meanwhile."""
	before = frappe.local.lang
	frappe.local.lang = get_user_lang(user)
	try:
		yield
	finally:
		frappe.local.lang = before


def _put_into_bell(user: str, message: Message) -> None:
	values = {
		"doctype": "Notification Log",
		"type": "Alert",
		"for_user": user,
		"subject": message.text,
		"document_type": message.doctype,
		"document_name": message.name,
	}
	if message.report and frappe.get_meta("Notification Log").has_field("link"):
		values["link"] = urlsplit(message.url()).path  # whatever host the reader comes by
	# Nobody may make these for others; this one is what the app has to say.
	frappe.get_doc(values).insert(ignore_permissions=True)


def _may_mail(user: str) -> bool:
	return (
		by_email()
		and bool(is_email_notifications_enabled(user))
		and not frappe.are_emails_muted()
		and bool(EmailAccount.find_default_outgoing())
	)


def _mail(user: str, message: Message) -> None:
	"""Put an e-mail into Frappe's queue. One that cannot be made is logged: the bell has the message."""
	try:
		frappe.sendmail(
			recipients=[frappe.db.get_value("User", user, "email")],
			subject=unescape(strip_html(message.text)),
			template="new_notification",
			args={"body_content": message.text, "description": None, "doc_link": message.url()},
			header=[_("Bottle Mfg"), _COLOUR],
		)
	except (frappe.OutgoingEmailError, frappe.ValidationError):
		frappe.clear_last_message()
		frappe.log_error(title=f"Alert by e-mail to {user}")
