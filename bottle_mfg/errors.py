"""Every error that a client of the app can meet: HTTP status, stable code, sentence, figures.

Raise them with `throw`, which also puts the figures into the JSON answer, so that /api/resource and /api/method
answer alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html, fmt_money, formatdate

from bottle_mfg.ledger import InTheWay, Shortage


class BottleError(frappe.ValidationError):
	"""An error with the keys that its JSON answer carries. `str()` gives the sentence."""

	http_status_code = 417
	code = "error"
	title = "Not possible"

	def __init__(self, message: str, **keys: Any) -> None:
		super().__init__(message)
		self.keys = keys

	def answer(self) -> dict[str, Any]:
		"""The top-level keys of the JSON answer."""
		return {"detail": str(self), "code": self.code, **self.keys}

	def html(self) -> str:
		"""What the Desk shows."""
		return escape_html(str(self))


class InsufficientStockError(BottleError):
	http_status_code = 400
	code = "insufficient_stock"
	title = "Not enough stock"

	def __init__(self, shortages: Iterable[Shortage]) -> None:
		self.lines = [
			_("{0} in {1}: {2} available, {3} requested, {4} short").format(
				short.item,
				short.warehouse,
				plain(short.available),
				plain(short.requested),
				plain(short.shortage),
			)
			for short in shortages
		]
		figures = [
			{
				"item_id": short.item,
				"warehouse": short.warehouse,
				"available": number(short.available),
				"requested": number(short.requested),
				"shortage": number(short.shortage),
			}
			for short in shortages
		]
		super().__init__("; ".join(self.lines), **figures[0], shortages=figures)

	def html(self) -> str:
		return bullets(self.lines)


class InTheWayError(InsufficientStockError):
	"""A correction of the past would leave a later document without the goods that it took."""

	title = "Later documents need these goods"

	def __init__(self, way: InTheWay) -> None:
		super().__init__([way.shortage])
		short = way.shortage
		# The day on its form is the factory's for everybody. A moment would be another zone's for some readers.
		self.lines = [
			_("{0} of {1} takes {2} {3} out of {4}, but then only {5} would be there: {6} short").format(
				way.voucher_no,
				formatdate(way.posting_datetime),
				plain(short.requested),
				short.item,
				short.warehouse,
				plain(short.available),
				plain(short.shortage),
			)
		]
		self.args = (self.lines[0],)
		self.keys |= {
			"voucher_type": way.voucher_type,
			"voucher_no": way.voucher_no,
			"posting_datetime": str(way.posting_datetime),
		}


class NotFoundError(BottleError):
	"""A document names a record that does not exist."""

	http_status_code = 404
	code = "not_found"
	title = "Not found"


@dataclass(frozen=True)
class Fault:
	"""One thing that is wrong with a document: where, what, and the kind of fault."""

	loc: tuple[str | int, ...]
	msg: str
	type: str

	def sentence(self) -> str:
		row = next((part for part in self.loc if isinstance(part, int)), None)
		return self.msg if row is None else _("Row {0}: {1}").format(row + 1, self.msg)


class InvalidValueError(BottleError):
	"""All faults of a document at once."""

	http_status_code = 422
	code = "invalid_value"
	title = "Please check"

	def __init__(self, faults: Iterable[Fault]) -> None:
		self.faults = list(faults)
		super().__init__("; ".join(fault.sentence() for fault in self.faults))

	def answer(self) -> dict[str, Any]:
		detail = [{"loc": list(fault.loc), "msg": fault.msg, "type": fault.type} for fault in self.faults]
		return {"detail": detail, "code": self.code}

	def html(self) -> str:
		return bullets([fault.sentence() for fault in self.faults])


class ForbiddenError(BottleError):
	"""Not for this user, or not yet."""

	http_status_code = 403
	code = "not_permitted"
	title = "Not allowed"


class OwnApprovalError(ForbiddenError):
	"""Nobody approves what he entered something of himself."""

	code = "own_approval"


class OtherUserError(ForbiddenError):
	"""What a device kept for one user comes with the session of another; `user` is whose session it is."""

	code = "other_user"


class ApprovalRequiredError(ForbiddenError):
	"""Above its limit a document is submitted only once somebody else has approved it.

	`amount` is None where the user may not see costs; `approved` is what was approved, where that was less.
	"""

	code = "approval_required"
	title = "Approval needed"

	def __init__(self, limit: Decimal, amount: Decimal | None, approved: Decimal | None = None) -> None:
		if amount is None:
			sentence = _("This is above {0}: a second person has to approve it first.").format(plain(limit))
		elif approved is None:
			sentence = _("{0} is above {1}: a second person has to approve this first.").format(
				plain(amount), plain(limit)
			)
		else:
			sentence = _("{0} were approved; by now it is {1}. It has to be approved again.").format(
				plain(approved), plain(amount)
			)
		figure = None if amount is None else number(amount)
		super().__init__(sentence, threshold=number(limit), amount=figure)


class ConflictError(BottleError):
	http_status_code = 409


@dataclass(frozen=True)
class TooMany:
	"""A line of a return that asks for more than is left of what was sold or bought. All in the item's unit."""

	place: int
	item: str
	whole: Decimal
	returned: Decimal
	requested: Decimal

	@property
	def left(self) -> Decimal:
		return self.whole - self.returned

	def sentence(self) -> str:
		return _("Row {0}: {1}: {2} of {3} can still be returned, not {4}").format(
			self.place + 1, self.item, plain(self.left), plain(self.whole), plain(self.requested)
		)


class OverReturnError(ConflictError):
	"""More would come back than went out; `lines` names every such line."""

	code = "over_return"
	title = "Not so many left"

	def __init__(self, lines: list[TooMany]) -> None:
		self.lines = [line.sentence() for line in lines]
		figures = [
			{
				"loc": ["items", line.place, "quantity"],
				"item_id": line.item,
				"quantity": number(line.whole),
				"returned": number(line.returned),
				"left": number(line.left),
				"requested": number(line.requested),
			}
			for line in lines
		]
		super().__init__("; ".join(self.lines), lines=figures)

	def html(self) -> str:
		return bullets(self.lines)


class HasReturnsError(ConflictError):
	"""What came back of a document keeps it from being cancelled."""

	code = "has_returns"
	title = "Goods came back"


class HasPaymentsError(ConflictError):
	"""What was paid of a bill, or refunded, keeps it from being cancelled."""

	code = "has_payments"
	title = "There are payments"


class OverPaymentError(ConflictError):
	"""More would be paid than is outstanding."""

	code = "over_payment"
	title = "Too much"


class DuplicateBillError(ConflictError):
	"""The supplier's bill was entered already; `name` is the purchase that has it, for who may read that."""

	code = "duplicate_bill"
	title = "Entered already"


class ChangedMeanwhileError(ConflictError):
	"""What the user saw of a document is not what it says by now."""

	code = "changed_meanwhile"
	title = "Changed meanwhile"


class NothingToApproveError(ConflictError):
	"""The document is no draft, or below its limit."""

	code = "nothing_to_approve"
	title = "Nothing to approve"


class ClosedPeriodError(ConflictError):
	code = "closed_period"
	title = "Period closed"


class IdempotencyConflictError(ConflictError):
	"""A client's key stands for another document already."""

	code = "idempotency_conflict"
	title = "Entered before"


class InBackgroundError(ConflictError):
	"""A worker has the document already."""

	code = "in_background"
	title = "Under way"


class WrongVerbError(BottleError):
	"""A route does not know the HTTP method that it was asked with; `allow` lists those that it knows."""

	http_status_code = 405
	code = "wrong_verb"


class TooManyRequestsError(BottleError):
	"""More requests than a user may send in a minute; `retry_after` says in how many seconds he may go on."""

	http_status_code = 429
	code = "too_many_requests"
	title = "Too many requests"


class BusyError(BottleError):
	"""The lock could not be had in time."""

	http_status_code = 503
	code = "busy"
	title = "Please try again"
	retry_after = 2
	"""Seconds after which a client may try again."""


def throw(error: BottleError) -> NoReturn:
	"""Raise `error` with its keys in the JSON answer and its sentence in the Desk."""
	frappe.local.response.update(error.answer())
	frappe.msgprint(error.html(), title=_(error.title), indicator="red")
	raise error


def plain(figure: Decimal) -> str:
	"""A number as the site writes it: no exponent, no trailing zeros."""
	exponent = figure.normalize().as_tuple().exponent
	return fmt_money(figure, precision=max(-int(exponent), 0))


def number(figure: Decimal) -> int | float:
	"""A number for JSON: whole ones without a fraction."""
	return int(figure) if figure == figure.to_integral_value() else float(figure)


def bullets(lines: list[str]) -> str:
	"""One line as it is, several as an HTML list."""
	if len(lines) == 1:
		return escape_html(lines[0])
	return "<ul>" + "".join(f"<li>{escape_html(line)}</li>" for line in lines) + "</ul>"
