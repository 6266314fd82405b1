"""Data Imports for tests: a file as it would be attached, and what its import said."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import frappe

INSERT, UPDATE = "Insert New Records", "Update Existing Records"


def data_import(doctype: str, rows: Sequence[Sequence[Any]] | str, **values: Any) -> Any:
	"""A Data Import of rows (the first is the headings), or of a file's text, as it is when it was just saved."""
	if not isinstance(rows, str):
		text = io.StringIO()
		csv.writer(text).writerows(rows)
		rows = text.getvalue()
	name = f"{frappe.generate_hash(length=10)}.csv"
	file = frappe.get_doc({"doctype": "File", "file_name": name, "content": rows, "is_private": 1}).insert()
	wanted = {"reference_doctype": doctype, "import_type": INSERT, "import_file": file.file_url, **values}
	# Its name is the moment it was made at: two in one moment would be one.
	name = f"{doctype} Import {frappe.generate_hash(length=8)}"
	doc = frappe.get_doc({"doctype": "Data Import", **wanted}).insert(set_name=name)
	frappe.db.commit()
	return doc


def imported(doctype: str, rows: Sequence[Sequence[Any]] | str, **values: Any) -> Any:
	"""The Data Import of a file after it ran."""
	from bottle_mfg.importing.start import run

	doc = data_import(doctype, rows, **values)
	run(doc.name)
	doc.reload()
	return doc


def faults(doc: Any) -> list[tuple[int | None, str]]:
	"""What a Data Import says is wrong, by row."""
	return [(one.get("row"), one["message"]) for one in json.loads(doc.template_warnings or "[]")]


def entered(doc: Any) -> list[str]:
	"""The names of what a Data Import made, in the order of its file."""
	logs = {"data_import": doc.name, "success": 1}
	return frappe.get_all("Data Import Log", filters=logs, pluck="docname", order_by="log_index")
