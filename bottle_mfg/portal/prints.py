"""A customer's own bills and account as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _

from bottle_mfg.portal import bills
from bottle_mfg.portal.access import customer_of
from bottle_mfg.printing import download
from bottle_mfg.printing.statement import Asked


@frappe.whitelist(methods=["GET"])
def bill(name: str) -> None:
	"""Answer with one of the customer's bills as PDF. Raises `PermissionError` for who is no customer, and
	`DoesNotExistError` for a bill that is not his.
	"""
	if not bills.bill(_customer(), name):
		raise frappe.DoesNotExistError
	with _as_his_own():
		download.send(frappe.get_doc("Bottle Sale", name))


@frappe.whitelist(methods=["GET"])
def statement(from_date: str | None = None, to_date: str | None = None) -> None:
	"""Answer with the customer's account as PDF. Raises `PermissionError` for who is no customer, and
	`InvalidValueError` for days that make no sense.
	"""
	customer = _customer()
	first, last = download.days(from_date, to_date)
	with _as_his_own():
		download.send_statement(customer, Asked(first, last, whole=True))


def _customer() -> str:
	customer = customer_of(frappe.session.user)
	if not customer:
		sentence = _("This page is for customers. Your login belongs to none.")
		frappe.throw(sentence, frappe.PermissionError)
	return customer


@contextmanager
def _as_his_own() -> Iterator[None]:
	"""A customer has no role: what he may print was decided by whose bill it is."""
	frappe.flags.ignore_print_permissions = True
	try:
		yield
	finally:
		frappe.flags.ignore_print_permissions = False
