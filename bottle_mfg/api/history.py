"""The timeline of a document without the costs that its reader may not see.

Frappe keeps every change of a document (Version) and hands the changes to everybody who may read the document,
permission levels notwithstanding. The changes stay whole in the database, for the audit; they are cut in the answer.
"""

from __future__ import annotations

import json
from typing import Any

from frappe.model.base_document import get_controller
from werkzeug.wrappers import Request, Response

from bottle_mfg.controllers.costs import HidesCosts, cost_fields, may_see_costs

_OK = 200


def leave_out_costs(response: Response | None = None, request: Request | None = None) -> None:
	"""Cut costs out of the `docinfo` that the Desk's form is given (hook `after_request`)."""
	if response is None or response.status_code != _OK or response.mimetype != "application/json":
		return
	text = response.get_data(as_text=True)
	if '"versions"' not in text:
		return
	body = json.loads(text)
	docinfo = body.get("docinfo") if isinstance(body, dict) else None
	if not isinstance(docinfo, dict) or not _hides_costs(docinfo.get("doctype")):
		return
	hidden = cost_fields(docinfo["doctype"])
	for version in docinfo.get("versions") or []:
		version["data"] = json.dumps(_without(json.loads(version["data"]), hidden))
	response.set_data(json.dumps(body))


def _hides_costs(doctype: str | None) -> bool:
	return (
		bool(doctype) and issubclass(get_controller(doctype), HidesCosts) and not may_see_costs(str(doctype))
	)


def _without(changes: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
	"""The changes as Frappe writes them down, without the fields of these names."""
	kept = dict(changes)
	kept["changed"] = [one for one in changes.get("changed", []) if one[0] not in hidden]
	kept["row_changed"] = [
		[table, place, name, [one for one in fields if one[0] not in hidden]]
		for table, place, name, fields in changes.get("row_changed", [])
	]
	for kind in ("added", "removed"):
		kept[kind] = [
			[table, {key: one for key, one in row.items() if key not in hidden}]
			for table, row in changes.get(kind, [])
		]
	return kept
