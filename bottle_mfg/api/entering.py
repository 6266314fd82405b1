"""The daily jobs in one call each: a document is made and submitted in one transaction, or nothing is."""

from __future__ import annotations

from typing import Any

import frappe

from bottle_mfg.api.arguments import from_json, truth
from bottle_mfg.api.keys import wanted_key
from bottle_mfg.api.types import (
	Bill,
	BlowDocument,
	MaterialLine,
	Mode,
	PaymentDocument,
	PurchaseDocument,
	PurchaseLine,
	RejectLine,
	Result,
	SaleDocument,
	SaleLine,
	Shift,
)

CREATED = 201


@frappe.whitelist(methods=["POST"])
def create_purchase(
	supplier: str | None = None,
	items: list[PurchaseLine] | str | None = None,
	date: str | None = None,
	posting_time: str | None = None,
	warehouse: str | None = None,
	supplier_bill_no: str | None = None,
	other_charges: float | None = None,
	due_date: str | None = None,
	notes: str | None = None,
	is_return: bool = False,
	return_against: str | None = None,
	submit: bool = True,
	idempotency_key: str | None = None,
) -> PurchaseDocument:
	"""Buy goods: make a Bottle Purchase and submit it.

	Args:
	    supplier: name of the Bottle Supplier; required unless it is a return
	    items: the lines, at least one (also as JSON text)
	    date: YYYY-MM-DD, default today
	    posting_time: HH:MM:SS; default now or, for an earlier day, its end
	    warehouse: name of the Bottle Warehouse the goods come into; default that of the settings
	    supplier_bill_no: the number on the supplier's bill
	    other_charges: freight and the like in currency, spread over the lines by their amounts
	    due_date: YYYY-MM-DD, default the date
	    notes: any text
	    is_return: whether the goods go back to the supplier
	    return_against: name of the submitted purchase that they were bought with
	    submit: false leaves a draft
	    idempotency_key: at most 140 characters; the same key and content again give the same document. The header
	        Idempotency-Key does the same

	Returns:
	    The document as the user may see it, with status 201; 202 where a worker will submit it.

	Raises:
	    `InvalidValueError`: 422, with every fault at once
	    `NotFoundError`: 404, for records that do not exist
	    `PermissionError`: 403
	    `ApprovalRequiredError`: 403, above a limit of the settings
	    `InsufficientStockError`: 400, for a return of more than there is, or where the past is corrected
	    `ConflictError`: 409: idempotency_conflict, closed_period, over_return, duplicate_bill
	    `BusyError`: 503
	"""
	values = {
		"supplier": supplier,
		"items": items,
		"date": date,
		"posting_time": posting_time,
		"warehouse": warehouse,
		"supplier_bill_no": supplier_bill_no,
		"other_charges": other_charges,
		"due_date": due_date,
		"notes": notes,
		"is_return": int(truth("is_return", is_return)),
		"return_against": return_against,
	}
	return _enter("Bottle Purchase", values, submit, idempotency_key)


@frappe.whitelist(methods=["POST"])
def create_blow(
	from_item: str | None = None,
	to_item: str | None = None,
	quantity: float | None = None,
	good_quantity: float | None = None,
	date: str | None = None,
	posting_time: str | None = None,
	warehouse: str | None = None,
	rejects: list[RejectLine] | str | None = None,
	materials: list[MaterialLine] | str | None = None,
	blow_cost_per_unit: float | None = None,
	machine: str | None = None,
	shift: Shift | None = None,
	operator: str | None = None,
	notes: str | None = None,
	submit: bool = True,
	idempotency_key: str | None = None,
) -> BlowDocument:
	"""Blow preforms into bottles: make a Blow and submit it.

	Args:
	    from_item: code of the preform; required
	    to_item: code of the bottle; required
	    quantity: preforms put into the machine; required
	    good_quantity: good bottles that came out, at most `quantity`; required
	    date: YYYY-MM-DD, default today
	    posting_time: HH:MM:SS; default now or, for an earlier day, its end
	    warehouse: name of the Bottle Warehouse; default that of the settings
	    rejects: pieces lost by reason, together at most quantity - good_quantity (also as JSON text)
	    materials: what was used up with the preforms or came out beside the bottles (also as JSON text)
	    blow_cost_per_unit: currency for one preform put in; default that of the settings
	    machine: any text
	    shift: Morning, Evening or Night
	    operator: any text
	    notes: any text
	    submit: false leaves a draft
	    idempotency_key: at most 140 characters; the same key and content again give the same document. The header
	        Idempotency-Key does the same

	Returns:
	    The document as the user may see it, with status 201; 202 where a worker will submit it.

	Raises:
	    `InvalidValueError`: 422, with every fault at once
	    `NotFoundError`: 404, for records that do not exist
	    `PermissionError`: 403
	    `ApprovalRequiredError`: 403, above a limit of the settings
	    `InsufficientStockError`: 400, where there are not so many preforms or materials
	    `ConflictError`: 409: idempotency_conflict, closed_period
	    `BusyError`: 503
	"""
	values = {
		"from_item": from_item,
		"to_item": to_item,
		"quantity": quantity,
		"good_quantity": good_quantity,
		"date": date,
		"posting_time": posting_time,
		"warehouse": warehouse,
		"rejects": rejects,
		"materials": materials,
		"blow_cost_per_unit": blow_cost_per_unit,
		"machine": machine,
		"shift": shift,
		"operator": operator,
		"notes": notes,
	}
	return _enter("Blow", values, submit, idempotency_key)


@frappe.whitelist(methods=["POST"])
def create_sale(
	customer: str | None = None,
	items: list[SaleLine] | str | None = None,
	date: str | None = None,
	posting_time: str | None = None,
	warehouse: str | None = None,
	due_date: str | None = None,
	notes: str | None = None,
	is_return: bool = False,
	return_against: str | None = None,
	submit: bool = True,
	idempotency_key: str | None = None,
) -> SaleDocument:
	"""Sell goods: make a Bottle Sale and submit it.

	Args:
	    customer: name of the Bottle Customer; required unless it is a return
	    items: the lines, at least one (also as JSON text)
	    date: YYYY-MM-DD, default today
	    posting_time: HH:MM:SS; default now or, for an earlier day, its end
	    warehouse: name of the Bottle Warehouse the goods leave; default that of the settings
	    due_date: YYYY-MM-DD, default the date and the customer's credit days
	    notes: any text
	    is_return: whether the customer brings the goods back
	    return_against: name of the submitted sale that they were sold with
	    submit: false leaves a draft
	    idempotency_key: at most 140 characters; the same key and content again give the same document. The header
	        Idempotency-Key does the same

	Returns:
	    The document as the user may see it (cost and profit for who may see costs), with status 201; 202 where a
	    worker will submit it.

	Raises:
	    `InvalidValueError`: 422, with every fault at once
	    `NotFoundError`: 404, for records that do not exist
	    `PermissionError`: 403
	    `ApprovalRequiredError`: 403, above a limit of the settings
	    `InsufficientStockError`: 400, where there is not so much of an item
	    `ConflictError`: 409: idempotency_conflict, closed_period, over_return
	    `BusyError`: 503
	"""
	values = {
		"customer": customer,
		"items": items,
		"date": date,
		"posting_time": posting_time,
		"warehouse": warehouse,
		"due_date": due_date,
		"notes": notes,
		"is_return": int(truth("is_return", is_return)),
		"return_against": return_against,
	}
	return _enter("Bottle Sale", values, submit, idempotency_key)


@frappe.whitelist(methods=["POST"])
def create_payment(
	reference_type: Bill | None = None,
	reference_name: str | None = None,
	amount: float | None = None,
	date: str | None = None,
	mode: Mode | None = None,
	transaction_ref: str | None = None,
	result: Result | None = None,
	failure_reason: str | None = None,
	retry_of: str | None = None,
	notes: str | None = None,
	submit: bool = True,
	idempotency_key: str | None = None,
) -> PaymentDocument:
	"""Receive or pay money for a bill: make a Bottle Payment and submit it.

	Args:
	    reference_type: Bottle Sale or Bottle Purchase; required
	    reference_name: name of the submitted bill; required
	    amount: currency, above zero, at most what is outstanding; required
	    date: YYYY-MM-DD, default today; not before the bill's
	    mode: Cash (the default), Bank, UPI or Cheque
	    transaction_ref: the bank's or the cheque's number
	    result: Completed (the default), or Failed for an attempt to be kept that changes nothing else
	    failure_reason: why it failed; required where it did
	    retry_of: name of the failed payment that this one tries again
	    notes: any text
	    submit: false leaves a draft
	    idempotency_key: at most 140 characters; the same key and content again give the same document. The header
	        Idempotency-Key does the same

	Returns:
	    The document, with status 201. Direction and party are those of the bill.

	Raises:
	    `InvalidValueError`: 422, with every fault at once
	    `NotFoundError`: 404, for a bill that does not exist
	    `PermissionError`: 403, also for bills that the user may not see
	    `ConflictError`: 409: idempotency_conflict, closed_period, over_payment
	    `BusyError`: 503
	"""
	values = {
		"reference_type": reference_type,
		"reference_name": reference_name,
		"amount": amount,
		"date": date,
		"mode": mode,
		"transaction_ref": transaction_ref,
		"result": result,
		"failure_reason": failure_reason,
		"retry_of": retry_of,
		"notes": notes,
	}
	return _enter("Bottle Payment", values, submit, idempotency_key)


def _enter(doctype: str, values: dict[str, Any], submit: bool, key: str | None) -> dict[str, Any]:
	"""Make a document of what was stated, the way /api/resource does, and say how it went."""
	tables = {field.fieldname for field in frappe.get_meta(doctype).get_table_fields()}
	stated = {
		name: from_json(one) if name in tables else one for name, one in values.items() if one is not None
	}
	doc = frappe.get_doc(
		{
			"doctype": doctype,
			**stated,
			"docstatus": int(truth("submit", submit)),
			"idempotency_key": wanted_key(key),
		}
	)
	doc.insert()
	frappe.local.response.setdefault("http_status_code", CREATED)
	return doc.as_dict()
