"""Corrections too large to wait for: queued, run by a worker, resumed if that dies, and visible all the while.

A correction is one transaction: until it commits nobody sees any of it, and if its worker is killed nothing of it
is left. Whoever comes next starts it over and ends at the same figures.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_to_date, get_datetime, now_datetime, strip_html

from bottle_mfg.alerts import corrections
from bottle_mfg.errors import BusyError, ConflictError, InBackgroundError, throw
from bottle_mfg.ledger import Key
from bottle_mfg.posting import entries
from bottle_mfg.posting.alone import alone, is_free
from bottle_mfg.posting.corrections import LargeCorrection
from bottle_mfg.posting.sql import STANDARD_COLUMNS, columns, places, standard_values

OPEN = ("Queued", "Running")
TIMEOUT = 6 * 60 * 60
"""Seconds that a worker is given for one correction."""
WAITING_MINUTES = 30
"""After so long a correction should be done, or a worker be at it."""

_EVENT = "bottle_correction"
_ACTIONS = {"Submit": "submit", "Cancel": "cancel"}


def queue(action: str, doc: Any, large: LargeCorrection) -> dict[str, Any]:
	"""Have a document submitted or cancelled by a worker once the transaction is committed; gives the answer's keys.

	Raises `InBackgroundError` where that is under way already.
	"""
	if open_for(doc.doctype, doc.name):
		throw(InBackgroundError(_("{0} is being worked on in the background already.").format(doc.name)))
	given = (
		*STANDARD_COLUMNS,
		"document_type",
		"document",
		"action",
		"status",
		"since",
		"entries",
		"reached",
		"document_modified",
	)
	row = (
		*standard_values(now_datetime()),
		doc.doctype,
		doc.name,
		action,
		"Queued",
		large.since,
		large.entries,
		json.dumps(sorted(large.keys)),
		doc.modified,
	)
	frappe.db.sql(
		f"""insert into `tabBottle Correction` (name, {columns(given)})
		values {places([row], "nextval(`bottle_correction_id_seq`)")}""",
		row,
	)
	name = frappe.db.sql("select lastval(`bottle_correction_id_seq`)")[0][0]
	_enqueue(name)
	return _answer(name, large.entries, large.since)


def accepted(action: str, doc: Any) -> dict[str, Any] | None:
	"""What was answered when this action on a document was left to a worker the last time; None if it never was."""
	row = frappe.db.get_value(
		"Bottle Correction",
		{"document_type": doc.doctype, "document": doc.name, "action": action},
		["name", "entries", "since"],
		order_by="name desc",
	)
	return _answer(*row) if row else None


def _answer(correction: int, entries: int, since: datetime) -> dict[str, Any]:
	return {"correction": correction, "entries": entries, "since": str(since)}


def open_for(doctype: str, name: str) -> list[int]:
	"""The corrections of a document that are not over."""
	return frappe.db.sql(
		"""select name from `tabBottle Correction`
		where document = %s and document_type = %s and status in %s""",
		(name, doctype, OPEN),
		pluck=True,
	)


def reaching(doctype: str, name: str, posted: datetime | None) -> list[dict[str, Any]]:
	"""The corrections under way that are of a document, or may change its costs."""
	found = []
	moved: set[Key] | None = None
	for one in frappe.db.sql(
		"""select name, document_type, document, action, entries, since, reached
		from `tabBottle Correction` where status in %s""",
		(OPEN,),
		as_dict=True,
	):
		own = (one.document_type, one.document) == (doctype, name)
		if not own:
			if posted is None or posted < one.since:
				continue
			moved = entries.keys_of(doctype, name) if moved is None else moved
			if not moved & {Key(*key) for key in json.loads(one.reached)}:
				continue
		done = frappe.cache().get_value(_progress_key(one.name)) or 0
		found.append(
			{
				"name": one.name,
				"document_type": one.document_type,
				"document": one.document,
				"entries": one.entries,
				"done": done,
				"own": own,
			}
		)
	return found


def why_failed(doc: Any) -> str | None:
	"""Why the last correction of a document failed; None if it did not, or the document was changed since."""
	row = frappe.db.get_value(
		"Bottle Correction",
		{"document_type": doc.doctype, "document": doc.name},
		["status", "error", "finished_at"],
		order_by="name desc",
		as_dict=True,
	)
	if not row or row.status != "Failed" or not row.finished_at:
		return None
	return row.error if get_datetime(doc.modified) <= row.finished_at else None


def resume() -> None:
	"""Hand corrections whose worker is gone to another one. Runs every minute."""
	for name in frappe.db.sql(
		"select name from `tabBottle Correction` where status in %s order by name", (OPEN,), pluck=True
	):
		if is_free(_lock_name(name)):
			_enqueue(name)


def look_at_waiting() -> None:
	"""Have people told of corrections that no worker is at, and that were asked for long ago: the hourly job.

	One whose worker died says Running until another has it: only its lock tells.
	"""
	rows: list[Any] = frappe.db.sql(
		"""select name, owner, document_type, document from `tabBottle Correction`
		where status in %s and creation < %s order by name""",
		(OPEN, add_to_date(now_datetime(), minutes=-WAITING_MINUTES)),
		as_dict=True,
	)
	corrections.waiting([row for row in rows if is_free(_lock_name(row.name))])


def run(correction: int) -> None:
	"""Do a correction, unless it is done or another worker is at it."""
	with alone(_lock_name(correction)) as ours:
		if not ours:
			return
		frappe.db.rollback()
		row = frappe.db.sql(
			"select * from `tabBottle Correction` where name = %s and status in %s",
			(correction, OPEN),
			as_dict=True,
		)
		if not row:
			return
		_set(correction, status="Running", started_at=now_datetime())
		frappe.db.commit()
		_tell(correction, 0)
		asked_by = frappe.session.user
		frappe.set_user(row[0].owner)
		try:
			_correct(row[0])
		except BusyError:
			# `resume` tries again: others were at work on the same goods.
			frappe.db.rollback()
			_set(correction, status="Queued")
		except Exception as error:
			frappe.db.rollback()
			corrections.failed(row[0], _fail(row[0], error))
		finally:
			frappe.set_user(asked_by)
		frappe.db.commit()
		_tell(correction, row[0].entries)


def _correct(row: Any) -> None:
	"""Submit or cancel the document and note that it is done, in one transaction."""
	doc = frappe.get_doc(row.document_type, row.document)
	if doc.modified != row.document_modified:
		throw(ConflictError(_("{0} was changed meanwhile. Please do it once more.").format(doc.name)))
	doc.flags.correction_progress = lambda done: _tell(row.name, done)
	getattr(doc, _ACTIONS[row.action])()
	_set(row.name, status="Done", finished_at=now_datetime(), error=None)


def _fail(row: Any, error: Exception) -> str:
	"""Note why a correction failed, for good; gives the reason."""
	sentence = strip_html(str(error)) or type(error).__name__
	_set(row.name, status="Failed", finished_at=now_datetime(), error=sentence)
	if not getattr(error, "code", None):
		frappe.log_error(title=f"Bottle Correction {row.name}")
	frappe.db.commit()
	return sentence


def _set(correction: int, **values: Any) -> None:
	sets = ", ".join(f"`{column}` = %s" for column in values)
	frappe.db.sql(
		f"update `tabBottle Correction` set {sets}, modified = %s where name = %s",
		(*values.values(), now_datetime(), correction),
	)


def _enqueue(correction: int) -> None:
	frappe.enqueue(
		"bottle_mfg.posting.background.run",
		queue="long",
		timeout=TIMEOUT,
		enqueue_after_commit=True,
		correction=correction,
	)


def _tell(correction: int, done: int) -> None:
	"""Say to whoever looks how far it is; the database says nothing before the commit."""
	frappe.cache().set_value(_progress_key(correction), done, expires_in_sec=TIMEOUT)
	frappe.publish_realtime(_EVENT, {"name": correction, "done": done})


def _lock_name(correction: int) -> str:
	return f"correction.{correction}"


def _progress_key(correction: int) -> str:
	return f"{_EVENT}|{correction}"
