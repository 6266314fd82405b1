"""Starting a Data Import: ours in a job of its own, others' as Frappe does.

Everything is one transaction: until it commits nobody sees any of it, and if its worker is killed nothing is left.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.data_import import data_import as frappes
from frappe.core.doctype.data_import.importer import create_import_log
from frappe.utils import escape_html
from frappe.utils.background_jobs import is_job_enqueued
from rq.timeouts import JobTimeoutException

from bottle_mfg.controllers.ours import is_ours
from bottle_mfg.controllers.retries import LOST
from bottle_mfg.errors import ForbiddenError, throw
from bottle_mfg.importing.entering import Entering
from bottle_mfg.importing.sheet import RowFault, Sheet
from bottle_mfg.posting.alone import alone

TIMEOUT = 2 * 60 * 60
"""Seconds that a worker is given for one file."""

SUCCESS, ERROR, TIMED_OUT = "Success", "Error", "Timed Out"

_TOLD_EVERY = 0.5


@frappe.whitelist()
def form_start_import(data_import: str) -> bool:
	"""`frappe.core.doctype.data_import.data_import.form_start_import`, which leaves the good rows of a bad file.

	Gives whether a job was begun: False where one is under way, or the file was imported already.
	"""
	doc = frappe.get_doc("Data Import", data_import)
	if not is_ours(doc.reference_doctype):
		return frappes.form_start_import(data_import)
	if not (doc.has_permission("write") and frappe.has_permission(doc.reference_doctype, "import")):
		throw(ForbiddenError(_("You may not import {0}.").format(_(doc.reference_doctype))))
	job_id = f"data_import::{doc.name}"
	if doc.status == SUCCESS or is_job_enqueued(job_id):
		return False
	doc.db_set("status", "Pending")  # what the last attempt came to is no longer true
	frappe.enqueue(
		"bottle_mfg.importing.start.run",
		queue="long",
		timeout=TIMEOUT,
		job_id=job_id,
		enqueue_after_commit=True,
		data_import=doc.name,
	)
	return True


def run(data_import: str) -> None:
	"""Import the file, unless it is imported or somebody is at it. Commits."""
	with alone(_lock_name(data_import)) as ours:
		if not ours:
			return
		frappe.db.rollback()
		doc = frappe.get_doc("Data Import", data_import)
		if doc.status != SUCCESS:
			_import(doc)
	frappe.publish_realtime("data_import_refresh", {"data_import": data_import})


def _lock_name(data_import: str) -> str:
	"""The database's locks have short names."""
	return f"import.{hashlib.sha1(data_import.encode(), usedforsecurity=False).hexdigest()[:20]}"


def _import(doc: Any) -> None:
	_begin(doc)
	frappe.flags.mute_emails = doc.mute_emails
	try:
		entering = Entering(Sheet(doc), doc, _Told(doc.name))
		if entering.run():
			_succeed(doc, entering)
		else:
			frappe.db.rollback()
			_fail(doc, entering.faults)
			for traceback in entering.unexpected[:1]:
				doc.log_error("Data import failed", traceback)
	except JobTimeoutException:
		frappe.db.rollback()
		doc.db_set("status", TIMED_OUT)
	except Exception as error:
		frappe.db.rollback()
		_fail(doc, [RowFault(None, _sentence(error), "failed")])
		if not isinstance(error, LOST):
			doc.log_error("Data import failed")
	finally:
		frappe.flags.mute_emails = False
		frappe.clear_messages()
		# What was rolled back may have been read, and kept.
		frappe.db.value_cache.clear()
		frappe.clear_document_cache(doc.reference_doctype)
	frappe.db.commit()


def _begin(doc: Any) -> None:
	"""Forget what the last attempt said, so that whoever looks sees what is true of this one."""
	frappe.cache().hdel("lang", frappe.session.user)
	frappe.set_user_lang(frappe.session.user)
	frappe.db.delete("Data Import Log", {"data_import": doc.name})
	doc.db_set({"template_warnings": "", "status": "Pending"})
	frappe.db.commit()


def _succeed(doc: Any, entering: Entering) -> None:
	for index, one in enumerate(entering.documents):
		log = {"success": True, "docname": entering.names[one.rows[0]], "row_indexes": one.rows}
		create_import_log(doc.name, index, log)
	doc.db_set("status", SUCCESS)


def _fail(doc: Any, faults: list[RowFault]) -> None:
	"""Say what is wrong: where Frappe's form lists warnings by row, and in the log."""
	doc.db_set({"template_warnings": json.dumps([_warning(fault) for fault in faults]), "status": ERROR})
	rows: dict[int | None, list[RowFault]] = {}
	for fault in faults:
		rows.setdefault(fault.row, []).append(fault)
	for index, (row, found) in enumerate(rows.items()):
		messages = [{"message": escape_html(fault.sentence())} for fault in found]
		log = {"success": False, "row_indexes": [row] if row else [], "exception": _lines(found)}
		if _packs_messages():
			log["messages"] = [json.dumps(message) for message in messages]
		else:
			log["messages"] = messages
		create_import_log(doc.name, index, log)


def _lines(faults: Iterable[RowFault]) -> str:
	return "\n".join(escape_html(fault.sentence()) for fault in faults)


def _packs_messages() -> bool:
	"""Whether this release's form expects each message of a log as JSON inside of the JSON."""
	return not hasattr(frappes, "get_import_logs")


def _warning(fault: RowFault) -> dict[str, Any]:
	said = {"message": escape_html(fault.sentence()), "type": fault.type, "fieldname": fault.fieldname}
	if fault.row:
		said["row"] = fault.row
	return said | ({"column": fault.column} if fault.column else {})


def _sentence(error: Exception) -> str:
	if isinstance(error, LOST):
		return _(
			"Others hold goods or bills of this file. Nothing was imported: please try again in a moment."
		)
	return _("The file could not be imported: {0}").format(str(error) or type(error).__name__)


class _Told:
	"""Tells the form how far the import is, now and then."""

	def __init__(self, data_import: str) -> None:
		self.data_import = data_import
		self.begun = self.told = time.monotonic()

	def __call__(self, done: int, total: int) -> None:
		now = time.monotonic()
		if now - self.told < _TOLD_EVERY and done < total:
			return
		self.told = now
		frappe.publish_realtime(
			"data_import_progress",
			{
				"current": done,
				"total": total,
				"data_import": self.data_import,
				"success": True,
				"eta": (now - self.begun) / done * (total - done),
			},
			user=frappe.session.user,
		)
