"""Bills that became overdue: one summary for each reader, by a daily job, which tells of each bill once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money, formatdate, getdate, nowdate

from bottle_mfg.alerts import known
from bottle_mfg.alerts.kinds import OVERDUE, is_on
from bottle_mfg.alerts.telling import MANAGER, SALES, Message, bold, people, tell
from bottle_mfg.ledger import ZERO
from bottle_mfg.payments import bills
from bottle_mfg.payments.access import may_see_amounts
from bottle_mfg.payments.bills import KINDS, PARTIAL, PENDING, Kind
from bottle_mfg.posting.sql import exact

READERS = {"Bottle Sale": (MANAGER, SALES), "Bottle Purchase": (MANAGER,)}
REPORTS = {"Bottle Sale": "Bottle Receivables", "Bottle Purchase": "Bottle Payables"}

_OPEN = (PENDING, PARTIAL, bills.OVERDUE)


@dataclass(frozen=True)
class Late:
	"""A bill that was to be paid before today. `amount` is what is outstanding of it."""

	name: str
	party: str
	due: date
	amount: Decimal


def look_at_all(today: date | None = None) -> None:
	"""Tell everybody which bills became overdue since the last time: the daily job. Commits."""
	if not is_on(OVERDUE):
		return
	for kind in KINDS.values():
		_look(kind, today or getdate(nowdate()))
		frappe.db.commit()


def _look(kind: Kind, today: date) -> None:
	late = {one.name: one for one in _late(kind, today)}
	told = known.told(OVERDUE, kind.doctype)
	known.forget(OVERDUE, kind.doctype, told - late.keys())
	new = known.claim(OVERDUE, kind.doctype, late.keys() - told)
	for user in people(*READERS[kind.doctype]) if new else []:
		his = [late[name] for name in _readable(kind, sorted(new), user)]
		if his:
			tell(user, lambda his=his, kind=kind: _message(kind, his))


def _late(kind: Kind, today: date) -> list[Late]:
	rows: list[Any] = frappe.db.sql(
		f"""select name, `{kind.party}`, due_date, cast(outstanding_amount as char) from `tab{kind.doctype}`
		where payment_status in %s and due_date < %s and docstatus = 1 and outstanding_amount > 0""",
		(_OPEN, today),
	)
	return [Late(name, party, due, exact(amount)) for name, party, due, amount in rows]


def _readable(kind: Kind, names: Sequence[str], user: str) -> list[str]:
	"""Those of the bills that a user finds in his list, if he may see amounts there."""
	if not (frappe.has_permission(kind.doctype, "read", user=user) and may_see_amounts(kind.doctype, user)):
		return []
	return frappe.get_list(
		kind.doctype, filters={"name": ("in", names)}, pluck="name", limit_page_length=0, user=user
	)


def _message(kind: Kind, late: list[Late]) -> Message:
	worst = max(late, key=lambda one: (one.amount, -one.due.toordinal(), one.name))
	named = (bold(worst.party), money(worst.amount), worst.name)
	if len(late) == 1:
		sentence = {
			"Bottle Sale": _("{0} has not paid {1} of {2}, due {3}"),
			"Bottle Purchase": _("{0} has not been paid {1} of {2}, due {3}"),
		}[kind.doctype]
		text = sentence.format(*named, formatdate(worst.due))
		return Message(text, kind.doctype, worst.name)
	sentence = {
		"Bottle Sale": _("{0} sales became overdue, {1} in all. The largest: {2}, {3} ({4})"),
		"Bottle Purchase": _("{0} purchases became overdue, {1} in all. The largest: {2}, {3} ({4})"),
	}[kind.doctype]
	whole = sum((one.amount for one in late), ZERO)
	text = sentence.format(bold(len(late)), money(whole), *named)
	return Message(text, kind.doctype, worst.name, REPORTS[kind.doctype])


def money(amount: Decimal) -> str:
	"""An amount as the site writes it."""
	return fmt_money(float(amount), currency=frappe.db.get_default("currency"))
