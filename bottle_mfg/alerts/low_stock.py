"""Items at or below their reorder level: told once, until they are above it again.

As in the stock balance, what all warehouses hold together decides; items without a level, disabled ones and those
that never were in stock are never low. A submit only looks at the balances that it holds anyway, against a list in
Redis; what may have crossed a level is asked for after its commit, and told by a worker. The daily job finds whatever
was missed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from bottle_mfg.alerts import afterwards, known
from bottle_mfg.alerts.kinds import LOW_STOCK, is_on
from bottle_mfg.alerts.telling import MANAGER, STOCK, Message, bold, people, tell
from bottle_mfg.errors import plain
from bottle_mfg.ledger import Key
from bottle_mfg.posting.sql import exact
from bottle_mfg.posting.voucher import Change

ITEM = "Bottle Item"
REPORT = "Bottle Low Stock"

_LEVELS = "bottle_reorder_levels"
_KEPT = 600
"""Seconds that the list in Redis is good for, should somebody have changed a level past the item's form."""

_SETTLINGS = 3
_NAMED = 3


@dataclass(frozen=True)
class Level:
	"""The level of an item in its unit, and whether people know that it is low."""

	level: Decimal
	told: bool

	def may_cross(self, change: Change) -> bool:
		"""Whether what one warehouse holds may have taken all of them across the level."""
		if self.told:
			return change.after > change.before
		return change.after < change.before and change.after <= self.level


@dataclass(frozen=True)
class State:
	"""What all warehouses hold of an item, in its unit."""

	item: str
	item_name: str
	uom: str
	level: Decimal
	quantity: Decimal
	disabled: bool
	told: bool

	@property
	def low(self) -> bool:
		return not self.disabled and bool(self.level) and self.quantity <= self.level


def note(changes: Mapping[Key, Change]) -> None:
	"""See after the commit whether these changes of balances took an item across its level."""
	if changes and is_on(LOW_STOCK):
		afterwards.after_commit(lambda: _look_for_crossed(changes))


def item_changed(item: Any) -> None:
	"""An item was saved, or is gone: where that concerns its level, see after the commit what that means."""
	before = item.get_doc_before_save() or frappe._dict()
	if (before.reorder_level or 0, before.disabled or 0) != (item.reorder_level or 0, item.disabled or 0):
		afterwards.after_commit(lambda: _look_again(item.name))


def item_named(item: str) -> None:
	"""An item has another name, or none."""
	afterwards.after_commit(lambda: _look_again(item))


def look(items: Collection[str]) -> None:
	"""Tell which of the items are low, and note which are no longer. For a worker: commits."""
	if not is_on(LOW_STOCK):
		return
	for _time in range(_SETTLINGS):
		# Others may have moved the goods before they could see what was noted here.
		if not _settle(_states(items)):
			return


def look_at_all() -> None:
	"""What `look` does, for all items: the daily job."""
	known.forget(LOW_STOCK, ITEM, known.told(LOW_STOCK, ITEM) - set(_existing()))
	frappe.db.commit()
	look(_existing())


def _look_for_crossed(changes: Mapping[Key, Change]) -> None:
	levels = _levels()
	asked = {
		key.item
		for key, change in changes.items()
		if key.item in levels and levels[key.item].may_cross(change)
	}
	crossed = _crossed(asked)
	if crossed:
		afterwards.leave_to_worker("low_stock.look", items=crossed)


def _crossed(items: Collection[str]) -> list[str]:
	if not items:
		return []
	with afterwards.looking():
		return [one.item for one in _states(items) if one.low != one.told]


def _look_again(item: str) -> None:
	_forget_levels()
	if is_on(LOW_STOCK) and _crossed([item]):
		afterwards.leave_to_worker("low_stock.look", items=[item])


def _settle(found: Collection[State]) -> bool:
	"""Tell what is low and nobody knows, forget what is over; gives whether there was anything."""
	over = [one.item for one in found if one.told and not one.low]
	known.forget(LOW_STOCK, ITEM, over)
	new = known.claim(LOW_STOCK, ITEM, [one.item for one in found if one.low and not one.told])
	_tell([one for one in found if one.item in new])
	frappe.db.commit()
	if over or new:
		_forget_levels()
	return bool(over or new)


def _tell(low: list[State]) -> None:
	for user in people(MANAGER, STOCK) if low else []:
		his = [one for one in low if _may_read(one.item, user)]
		if his:
			tell(user, lambda his=his: _message(his))


def _may_read(item: str, user: str) -> bool:
	return bool(frappe.has_permission(ITEM, "read", doc=frappe.get_cached_doc(ITEM, item), user=user))


def _message(low: list[State]) -> Message:
	low = sorted(low, key=lambda one: (one.quantity > 0, one.item))
	first = low[0]
	if len(low) > 1:
		return Message(_several(low), ITEM, first.item, _report())
	if first.quantity:
		text = _("{0} is low: {1} {2} left, reorder level {3}").format(
			bold(first.item_name), plain(first.quantity), _(first.uom), plain(first.level)
		)
	else:
		text = _("{0} is out of stock. Reorder level: {1} {2}").format(
			bold(first.item_name), plain(first.level), _(first.uom)
		)
	return Message(text, ITEM, first.item)


def _several(low: list[State]) -> str:
	names = ", ".join(bold(one.item_name) for one in low[:_NAMED])
	if len(low) > _NAMED:
		return _("{0} items are low: {1} and {2} more").format(len(low), names, len(low) - _NAMED)
	return _("{0} items are low: {1}").format(len(low), names)


def _report() -> str | None:
	return REPORT if frappe.db.exists("Report", REPORT) else None


def _states(items: Collection[str]) -> list[State]:
	if not items:
		return []
	rows = frappe.db.sql(
		"""select item.name, item.item_name, item.uom, cast(item.reorder_level as char),
			cast(sum(stock.quantity) as char), item.disabled, max(alert.name) is not null
		from `tabBottle Item` item
		join `tabBottle Stock` stock on stock.item = item.name
		left join `tabBottle Alert` alert
			on alert.kind = %s and alert.document_type = %s and alert.document_name = item.name
		where item.name in %s group by item.name""",
		(LOW_STOCK, ITEM, sorted(items)),
	)
	return [
		State(name, title, uom, exact(level), exact(quantity), bool(disabled), bool(told))
		for name, title, uom, level, quantity, disabled, told in rows
	]


def _existing() -> list[str]:
	"""The items that may be low, or that people were told of."""
	return frappe.db.sql(
		"""select item.name from `tabBottle Item` item where item.reorder_level > 0
		union select item.name from `tabBottle Alert` alert join `tabBottle Item` item on item.name = alert.document_name
		where alert.kind = %s and alert.document_type = %s""",
		(LOW_STOCK, ITEM),
		pluck=True,
	)


def _levels() -> dict[str, Level]:
	"""The items that have a level. It is read afresh after each commit: another may just have noted something."""
	levels: dict[str, Level] | None = frappe.cache().get_value(_LEVELS, expires=True)
	if levels is None:
		with afterwards.looking():
			rows = _with_levels()
		levels = {name: Level(exact(level), bool(told)) for name, level, told in rows}
		frappe.cache().set_value(_LEVELS, levels, expires_in_sec=_KEPT)
	return levels


def _with_levels() -> list[tuple[str, str, int]]:
	return frappe.db.sql(
		"""select item.name, cast(item.reorder_level as char), alert.name is not null
		from `tabBottle Item` item left join `tabBottle Alert` alert
			on alert.kind = %s and alert.document_type = %s and alert.document_name = item.name
		where item.reorder_level > 0 and item.disabled = 0""",
		(LOW_STOCK, ITEM),
	)


def _forget_levels() -> None:
	frappe.cache().delete_value(_LEVELS)
