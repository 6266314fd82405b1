"""Prints as PDF, in answer to a request."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, nowdate

from bottle_mfg.controllers.numbers import day
from bottle_mfg.printing.jinja import bottle_print
from bottle_mfg.printing.statement import FORMAT, USUAL, Asked
from bottle_mfg.reporting.filters import FilterReader


@frappe.whitelist(methods=["GET"])
def statement(customer: str, from_date: str | None = None, to_date: str | None = None) -> None:
	"""Answer with a customer's account as PDF: of the last 90 days where no others are asked for.

	Sales staff get what they see in the report. Raises `InvalidValueError` for days that make no sense,
	`DoesNotExistError` and `PermissionError`.
	"""
	first, last = days(from_date, to_date)
	send_statement(customer, Asked(first, last))


def days(from_date: str | None, to_date: str | None) -> tuple[date, date]:
	"""The days that somebody asks for. Raises `InvalidValueError` where they make no sense."""
	asked = {"to_date": to_date or nowdate(), "from_date": from_date}
	if not from_date and (last := day(asked["to_date"])):
		asked["from_date"] = str(last - USUAL)
	reader = FilterReader(asked)
	found = reader.dates()
	reader.check()
	return found


def send_statement(customer: str, asked: Asked) -> None:
	"""Answer with a statement as PDF."""
	frappe.flags.bottle_statement = asked
	send(frappe.get_doc("Bottle Customer", customer), FORMAT)


def send(doc: Any, print_format: str | None = None) -> None:
	"""Answer with the print of a document as PDF. Raises what Frappe raises where it may not be printed."""
	bottle_print(doc)  # refuses here: Frappe would make a PDF of its error page
	plain = not cint(frappe.db.get_single_value("Print Settings", "with_letterhead"))
	made = frappe.get_print(doc.doctype, doc.name, print_format, as_pdf=True, no_letterhead=int(plain))
	frappe.local.response.filename = f"{doc.name}.pdf".replace(" ", "-").replace("/", "-")
	frappe.local.response.filecontent = made
	frappe.local.response.type = "pdf"
