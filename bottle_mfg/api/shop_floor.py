"""The screen at the machines: how the day stands there, and the counts that come from it, sooner or later."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import add_to_date, get_datetime, getdate, now_datetime, nowdate
from frappe.utils.data import get_system_timezone

from bottle_mfg.api.approvals import request_approval
from bottle_mfg.api.arguments import from_json, refuse, text
from bottle_mfg.api.entering import CREATED
from bottle_mfg.api.keys import wanted_key
from bottle_mfg.api.types import FloorDay, FloorEntry, FloorRun, RejectLine, Shift, ShopFloor
from bottle_mfg.controllers.approval import PENDING, limit_of
from bottle_mfg.controllers.fields import storable
from bottle_mfg.controllers.numbers import decimal
from bottle_mfg.controllers.stock_document import default_warehouse
from bottle_mfg.errors import IdempotencyConflictError, OtherUserError, number, throw
from bottle_mfg.ledger import Balance, Key
from bottle_mfg.posting import background
from bottle_mfg.posting.balances import read
from bottle_mfg.reporting.production import Made, Wanted, made

AT_ONCE = timedelta(minutes=2)
"""What arrives within this time is posted as it arrives; what comes later, at the moment when it was entered."""
OLDEST = timedelta(days=31)
"""A device that says something is older has a wrong clock."""

MOST_LATEST = 12
MOST_PREFORMS = 500
_COUNTED = ("from_item", "to_item", "quantity", "good_quantity", "machine", "shift", "operator", "warehouse")
BLOWN, UNDER_WAY, DRAFT = "Blown", "Under Way", "Draft"
_STATES = {0: DRAFT, 1: BLOWN, 2: "Cancelled"}


@frappe.whitelist(methods=["GET", "POST"])
def shop_floor(machine: str | None = None, warehouse: str | None = None) -> ShopFloor:
	"""How the day stands at the machines: what was blown and lost today, the latest runs, the preforms left.

	Args:
	    machine: whose latest runs are wanted; default all
	    warehouse: name of the Bottle Warehouse whose preforms are meant; default that of the settings

	Returns:
	    now (UTC), user, date (today, the site's), whole (all machines together) and machines, by their names: runs,
	    preforms_used, bottles_produced, rejects (pieces), reject_rate (percent); latest: runs of today and
	    yesterday, the latest first; preforms: by their codes, how many there are.

	Raises:
	    `InvalidValueError`: 422
	    `PermissionError`: 403, for users who may not blow
	"""
	_require_blowing()
	asked = text("machine", machine or "")
	place = text("warehouse", warehouse or default_warehouse() or "")
	today = getdate(nowdate())
	by_machine = made(Wanted(today, today), "Machine", reasons=False)
	whole = Made()
	for one in by_machine.values():
		whole.add(one)
	return {
		"now": datetime.now(timezone.utc).isoformat(),
		"user": frappe.session.user,
		"date": str(today),
		"whole": _day(whole),
		"machines": {name: _day(one) for name, one in by_machine.items()},
		"latest": _latest(asked),
		"preforms": _preforms(place),
	}


@frappe.whitelist(methods=["POST"])
def create_shop_floor_blow(
	from_item: str | None = None,
	to_item: str | None = None,
	quantity: float | None = None,
	good_quantity: float | None = None,
	rejects: list[RejectLine] | str | None = None,
	machine: str | None = None,
	shift: Shift | None = None,
	operator: str | None = None,
	warehouse: str | None = None,
	entered_at: str | None = None,
	user: str | None = None,
	idempotency_key: str | None = None,
) -> FloorEntry:
	"""Enter what was counted at a machine, maybe hours ago while there was no connection: make a Blow and submit it.

	Above the limit for blows it is left as a draft, and the managers are asked for their approval. The moment of
	entering is when it is posted if it comes more than two minutes later. Where the key was used by the same user
	for the same counts, the answer is the document that it made, whatever the time says.

	Args:
	    from_item: code of the preform; required
	    to_item: code of the bottle; required
	    quantity: preforms put into the machine; required
	    good_quantity: good bottles that came out, at most `quantity`; required
	    rejects: pieces lost by reason, together at most quantity - good_quantity (also as JSON text)
	    machine: any text
	    shift: Morning, Evening or Night
	    operator: any text
	    warehouse: name of the Bottle Warehouse; default that of the settings
	    entered_at: when it was counted: ISO 8601 with an offset from UTC, at most 31 days ago; default now
	    user: who entered it; refused where the session is another user's
	    idempotency_key: at most 140 characters; required. The header Idempotency-Key does the same

	Returns:
	    doctype, name and state of the Blow: Blown, Pending Approval, Under Way (a worker submits it) or Draft; with
	    status 201.

	Raises:
	    `InvalidValueError`: 422, with every fault at once
	    `NotFoundError`: 404, for records that do not exist
	    `PermissionError`: 403
	    `OtherUserError`: 403
	    `InsufficientStockError`: 400, where there are, or were then, not so many preforms
	    `ConflictError`: 409: idempotency_conflict, closed_period
	    `BusyError`: 503
	"""
	_require_blowing()
	if user and user != frappe.session.user:
		throw(OtherUserError(_("This was entered by somebody else."), user=frappe.session.user))
	key = text("idempotency_key", wanted_key(idempotency_key))
	if not key.strip() or not storable(key):
		refuse("idempotency_key", _("{0} is missing").format("idempotency_key"), "missing")
	values = {
		"from_item": from_item,
		"to_item": to_item,
		"quantity": quantity,
		"good_quantity": good_quantity,
		"rejects": from_json(rejects),
		"machine": machine,
		"shift": shift,
		"operator": operator,
		"warehouse": warehouse or default_warehouse(),
	}
	doc = _entered_before(key.strip(), values) or _enter(values | _when(entered_at), key)
	frappe.local.response.setdefault("http_status_code", CREATED)
	return {"doctype": "Blow", "name": doc.name, "state": _state(doc)}


def _require_blowing() -> None:
	if not frappe.has_permission("Blow", "create"):
		frappe.throw(_("You may not enter what was blown."), frappe.PermissionError)


def _entered_before(key: str, values: dict[str, Any]) -> Any:
	"""The user's document that the key made of the same counts; None where there is none yet.

	A device sends again what it got no answer to. By then the time that it is posted at may be another one.
	"""
	found = frappe.db.get_value(
		"Blow", {"idempotency_key": key, "owner": frappe.session.user}, ["name", *_COUNTED], as_dict=True
	)
	if not found:
		return None
	if any(_plain(found[name]) != _plain(values[name]) for name in _COUNTED):
		sentence = _("This idempotency key was used before: it made {0}, with other content.")
		throw(IdempotencyConflictError(sentence.format(found.name), doctype="Blow", name=found.name))
	return frappe.get_doc("Blow", found.name)


def _enter(values: dict[str, Any], key: str) -> Any:
	stated = {name: one for name, one in values.items() if one not in (None, "")}
	limit, counted = limit_of("Blow"), decimal(values["quantity"]) or Decimal(0)
	above = bool(limit) and counted > limit
	doc = frappe.get_doc({"doctype": "Blow", **stated, "docstatus": int(not above), "idempotency_key": key})
	doc.insert()
	if above:
		request_approval("Blow", doc.name)
		doc.reload()
	return doc


def _when(entered_at: Any) -> dict[str, str]:
	"""The date and time to post at, where that is not the present."""
	if entered_at in (None, ""):
		return {}
	try:
		moment = datetime.fromisoformat(str(entered_at).replace("Z", "+00:00"))
		entered = moment.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)
	except (ValueError, OverflowError):
		moment = None
	if moment is None or moment.tzinfo is None:
		refuse(
			"entered_at", _("{0} is not a moment (ISO 8601, with an offset)").format("entered_at"), "moment"
		)
	now = now_datetime()
	if entered < now - OLDEST:
		refuse("entered_at", _("This is more than {0} days old").format(OLDEST.days), "too_old")
	if entered > now - AT_ONCE and entered.date() >= now.date():
		return {}
	return {"date": str(entered.date()), "posting_time": str(entered.time())}


def _state(doc: Any) -> str:
	"""Blown, Pending Approval, Under Way, Draft or Cancelled."""
	if doc.docstatus == 0 and doc.workflow_state == PENDING:
		return PENDING
	if doc.docstatus == 0 and not doc.needs_approval and background.accepted("Submit", doc):
		return UNDER_WAY
	return _STATES[int(doc.docstatus)]


def _latest(machine: str) -> list[FloorRun]:
	since = add_to_date(getdate(nowdate()), days=-1)
	fields = [
		*(
			"name",
			"docstatus",
			"workflow_state",
			"needs_approval",
			"date",
			"creation",
			"owner",
			"idempotency_key",
		),
		*("from_item", "to_item", "quantity", "good_quantity", "reject_quantity"),
		*("machine", "shift", "operator"),
	]
	rows = frappe.get_list(
		"Blow",
		filters={"date": (">=", since)} | ({"machine": machine} if machine else {}),
		fields=fields,
		order_by="creation desc",
		limit_page_length=MOST_LATEST,
	)
	return [_run(row) for row in rows]


def _run(row: Any) -> FloorRun:
	zone = ZoneInfo(get_system_timezone())
	return {
		"name": row.name,
		"state": _state(frappe._dict(row, doctype="Blow")),
		"entered_at": get_datetime(row.creation).replace(tzinfo=zone).isoformat(),
		"own": row.owner == frappe.session.user,
		"from_item": row.from_item,
		"to_item": row.to_item,
		"quantity": row.quantity,
		"good_quantity": row.good_quantity,
		"reject_quantity": row.reject_quantity,
		"machine": row.machine or "",
		"shift": row.shift or "",
		"operator": row.operator or "",
	}


def _preforms(warehouse: str) -> dict[str, float]:
	usable = {"item_type": "Preform", "disabled": 0}
	codes = frappe.get_list("Bottle Item", filters=usable, pluck="name", limit_page_length=MOST_PREFORMS)
	held = read(Key(code, warehouse) for code in codes)
	return {code: number(held.get(Key(code, warehouse), Balance()).quantity) for code in codes}


def _day(one: Made) -> FloorDay:
	return {
		"runs": one.runs,
		"preforms_used": number(one.quantity),
		"bottles_produced": number(one.good_quantity),
		"rejects": number(one.reject_quantity),
		"reject_rate": float(one.reject_rate),
	}


def _plain(value: Any) -> Any:
	"""A value as it compares, whether a client wrote it or the database."""
	if value in (None, ""):
		return ""
	found = decimal(value)
	return str(value).strip() if found is None else found
