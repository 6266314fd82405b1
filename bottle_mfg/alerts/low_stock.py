"""Items at or below their reorder level: told once, until they are above it again.

What is low, `reporting.low_stock` says. A submit only looks at the balances that it holds anyway, against a list in
Redis; what may have crossed a level is asked for after its commit, and told by a worker. The daily job finds whatever
was missed, and what was entered or imported with a level and still is not there.
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
from bottle_mfg.reporting.low_stock import LowItem, low_items

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
class News:
	"""What people are still to be told: items that are low by now; and those of which that is over."""

	low: list[LowItem]
	over: list[str]

	def __bool__(self) -> bool:
		return bool(self.low or self.over)


def note(changes: Mapping[Key, Change]) -> None:
	"""See after the commit whether these changes of balances took an item across its level."""
	if changes and is_on(LOW_STOCK):
		afterwards.after_commit(lambda: _look_for_crossed(changes))


def item_changed(item: Any) -> None:
	"""An item was saved: where that concerns its level, see after the commit what that means.

	What is entered or imported with a level is not there yet: nobody has to hear that at once, item by item.
	"""
	before = item.get_doc_before_save()
	if _concerning(before or frappe._dict()) == _concerning(item):
		return
	is_imported = bool(item.flags.updater_reference)
	if before is None or is_imported:
		afterwards.after_commit(forget_levels)
	else:
		afterwards.after_commit(lambda: _look_again(item.name))


def _concerning(item: Any) -> tuple[float, int]:
	return item.reorder_level or 0, item.disabled or 0


def item_named(item: str) -> None:
	"""An item has another name, or none."""
	afterwards.after_commit(lambda: _look_again(item))


def look(items: Collection[str] | None) -> None:
	"""Tell which of the items are low, and note which are no longer; None: of all. For a worker: commits."""
	if not is_on(LOW_STOCK):
		return
	for _time in range(_SETTLINGS):
		# Others may have moved the goods before they could see what was noted here.
		if not _settle(items):
			return


def look_at_all() -> None:
	"""What `look` does, for all items: the daily job."""
	look(None)


def _look_for_crossed(changes: Mapping[Key, Change]) -> None:
	levels = _levels()
	asked = {
		key.item
		for key, change in changes.items()
		if key.item in levels and levels[key.item].may_cross(change)
	}
	if asked:
		_leave_news_to_worker(asked)


def _look_again(item: str) -> None:
	forget_levels()
	if is_on(LOW_STOCK):
		_leave_news_to_worker([item])


def _leave_news_to_worker(items: Collection[str]) -> None:
	with afterwards.looking():
		news = _news(items)
	if news:
		afterwards.leave_to_worker("low_stock.look", items=[*(one.item for one in news.low), *news.over])


def _news(items: Collection[str] | None) -> News:
	low, told = low_items(items), known.told(LOW_STOCK, ITEM, items)
	over = told - {one.item for one in low}
	return News([one for one in low if one.item not in told], sorted(over))


def _settle(items: Collection[str] | None) -> bool:
	"""Tell what is low and nobody knows, forget what is over; gives whether there was anything."""
	news = _news(items)
	known.forget(LOW_STOCK, ITEM, news.over)
	new = known.claim(LOW_STOCK, ITEM, [one.item for one in news.low])
	_tell([one for one in news.low if one.item in new])
	frappe.db.commit()
	if news.over or new:
		forget_levels()
	return bool(news.over or new)


def _tell(low: list[LowItem]) -> None:
	for user in people(MANAGER, STOCK) if low else []:
		his = [one for one in low if _may_read(one.item, user)]
		if his:
			tell(user, lambda his=his: _message(his))


def _may_read(item: str, user: str) -> bool:
	return bool(frappe.has_permission(ITEM, "read", doc=frappe.get_cached_doc(ITEM, item), user=user))


def _message(low: list[LowItem]) -> Message:
	low = sorted(low, key=lambda one: (one.quantity > 0, one.item))
	first = low[0]
	if len(low) > 1:
		return Message(_several(low), ITEM, first.item, _report())
	if not first.out_of_stock:
		text = _("{0} is low: {1} {2} left, reorder level {3}").format(
			bold(first.item_name), plain(first.quantity), _(first.uom), plain(first.reorder_level)
		)
	else:
		text = _("{0} is out of stock. Reorder level: {1} {2}").format(
			bold(first.item_name), plain(first.reorder_level), _(first.uom)
		)
	return Message(text, ITEM, first.item)


def _several(low: list[LowItem]) -> str:
	names = ", ".join(bold(one.item_name) for one in low[:_NAMED])
	if len(low) > _NAMED:
		return _("{0} items are low: {1} and {2} more").format(len(low), names, len(low) - _NAMED)
	return _("{0} items are low: {1}").format(len(low), names)


def _report() -> str | None:
	return REPORT if frappe.db.exists("Report", REPORT) else None


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


def forget_levels() -> None:
	"""Whoever looks next reads them, and what people know of them, from the database."""
	frappe.cache().delete_value(_LEVELS)
