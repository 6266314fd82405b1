"""The statement of a customer or supplier as a report: the same table for both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate

from bottle_mfg.payments.bills import Kind
from bottle_mfg.reporting import columns as column
from bottle_mfg.reporting.access import allowed
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.filters import FilterReader
from bottle_mfg.reporting.statements import BILL, PAYMENT, REFUND, RETURN, Line, Statement, statement

_POINTS = 62


def run(filters: Any, kind: Kind) -> tuple[Any, ...]:
	"""Columns, rows, message, chart and cards.

	Raises `InvalidValueError` for filters that make no sense, and `PermissionError`.
	"""
	what = seen(kind.doctype)
	reader = FilterReader(filters)
	first, last = reader.dates()
	party = reader.record(kind.party, kind.party_type)
	reader.check()
	if party is None:
		return _columns(), [], _("Choose whose statement you want to see.")
	parties = allowed(kind.party_type, kind.doctype)
	if parties is not None and party not in parties:
		raise frappe.PermissionError
	found = statement(what, party, first, last)
	return _columns(), _rows(found), what.note(), _chart(found, first), _cards(found)


def _columns() -> list[column.Column]:
	return [
		column.text("date", _("Date"), 110, "Date"),
		column.text("what", _("What"), 140),
		column.dynamic_link("document", _("Document"), "doctype", 150),
		column.text("details", _("Details"), 290),
		column.money("charged", _("Charged")),
		column.money("settled", _("Paid or Credited"), 150),
		column.money("balance", _("Balance")),
	]


def _rows(found: Statement) -> list[dict[str, Any]]:
	opening = {"what": _("Opening balance"), "balance": found.opening, "bold": True}
	closing = {
		"what": _("Closing balance"),
		"charged": found.charged,
		"settled": found.settled,
		"balance": found.closing,
		"bold": True,
	}
	return [column.cells(row) for row in (opening, *map(_row, found.lines), closing)]


def _row(line: Line) -> dict[str, Any]:
	names = {
		BILL: _("Sale") if line.doctype == "Bottle Sale" else _("Purchase"),
		RETURN: _("Return"),
		PAYMENT: _("Payment"),
		REFUND: _("Refund"),
	}
	details = [
		_("for {0}").format(line.of) if line.of else None,
		line.mode and _(line.mode),
		line.transaction_ref,
	]
	return {
		"date": str(line.day),
		"what": names[line.what],
		"doctype": line.doctype,
		"document": line.name,
		"details": " · ".join(filter(None, details)),
		"charged": _above_zero(line.amount),
		"settled": _above_zero(-line.amount),
		"balance": line.balance,
	}


def _chart(found: Statement, first: date) -> dict[str, Any] | None:
	"""What was owed after each day on which something happened, or after each month where these are many."""
	if not found.lines:
		return None
	monthly = len({line.day for line in found.lines}) > _POINTS
	form = "MMM yyyy" if monthly else "d MMM yy"
	points = {formatdate(first, form): found.opening}
	points |= {formatdate(line.day, form): line.balance for line in found.lines}
	return column.chart("line", points, {_("Balance"): points.values()}, in_time=True, colors=["#2490ef"])


def _above_zero(amount: Decimal) -> Decimal | None:
	return amount if amount > 0 else None


def _cards(found: Statement) -> list[dict[str, Any]]:
	return [
		column.card(_("Opening balance"), found.opening, "Currency"),
		column.card(_("Charged"), found.charged, "Currency", "Blue"),
		column.card(_("Paid or credited"), found.settled, "Currency", "Green"),
		column.card(
			_("Closing balance"), found.closing, "Currency", "Orange" if found.closing > 0 else "Green"
		),
	]
