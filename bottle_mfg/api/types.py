"""What goes into the methods for integrators and what comes out of them, by the names that the JSON has."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from typing_extensions import Required


class OfDocType(str):
	"""The DocType that a document in an answer is of."""


PurchaseDocument = Annotated[dict[str, Any], OfDocType("Bottle Purchase")]
BlowDocument = Annotated[dict[str, Any], OfDocType("Blow")]
SaleDocument = Annotated[dict[str, Any], OfDocType("Bottle Sale")]
PaymentDocument = Annotated[dict[str, Any], OfDocType("Bottle Payment")]

Shift = Literal["Morning", "Evening", "Night"]
Bill = Literal["Bottle Sale", "Bottle Purchase"]
Mode = Literal["Cash", "Bank", "UPI", "Cheque"]
Result = Literal["Completed", "Failed"]
Order = Literal["asc", "desc"]


class PurchaseLine(TypedDict, total=False):
	"""`quantity` in the item's unit, `unit_price` in currency for one of it (not needed on a return)."""

	item: Required[str]
	quantity: Required[float]
	unit_price: float
	against_row: str


class SaleLine(TypedDict, total=False):
	"""`unit_price` (default: the item's selling price) and `blow_price` in currency for one unit of the item."""

	item: Required[str]
	quantity: Required[float]
	unit_price: float
	blow_price: float
	against_row: str


class MaterialLine(TypedDict, total=False):
	"""What a blow used beside preforms, or what came out beside bottles; then `rate` is what one unit is worth."""

	item: Required[str]
	quantity: Required[float]
	kind: Literal["Used", "By-product"]
	rate: float


class RejectLine(TypedDict, total=False):
	"""Pieces that were lost, and why."""

	stage: Literal["Preform", "Bottle"]
	reason: Required[str]
	quantity: Required[float]


class Held(TypedDict, total=False):
	"""What a warehouse holds of an item, in the item's unit. `unit_cost` and `value` (currency) for who may see costs."""

	item_id: str
	warehouse: str
	quantity: float
	unit_cost: float
	value: float


class ItemPrice(TypedDict, total=False):
	"""What one unit of an item sells at and, for who may see costs, what it cost (currency, 4 places).

	`unit_cost` is the moving average in the warehouse, `last_purchase_price` the price of its latest purchase or null.
	"""

	item_id: str
	item_name: str
	uom: str
	selling_price: float
	unit_cost: float
	last_purchase_price: float | None


class ItemDay(TypedDict, total=False):
	"""What a day did to an item, in the item's unit. `revenue` and `cost_of_goods` (currency) for who may see costs."""

	item_id: str
	item_name: str
	purchased: float
	consumed: float
	produced: float
	sold: float
	revenue: float
	cost_of_goods: float


class DailySummary(TypedDict, total=False):
	"""A day of the factory: pieces, and for who may see costs what it earned (currency)."""

	date: str
	warehouse: str | None
	items: list[ItemDay]
	blow_runs: int
	preforms_used: float
	bottles_produced: float
	rejects: float
	purchases: float
	revenue: float
	cost_of_goods: float
	gross_profit: float
	conversion_cost: float
	stock_value: float


class Page(TypedDict):
	"""Some records of a list, and `next`, with which to ask for those after them; null after the last."""

	data: list[dict[str, Any]]
	next: str | None


class Approval(TypedDict):
	"""How it stands with the approval of a document. `approved_on` and `modified` are in the site's time zone."""

	doctype: str
	name: str
	docstatus: int
	state: str | None
	approved_by: str | None
	approved_on: str | None
	modified: str


class ItemUse(TypedDict):
	"""What was used of an item, in its unit: `quantity` in `days` (30, fewer if it is newer), `per_day` on average.

	Used is what was sold, less what came back, and what blows used up. `days_of_cover` says for how many days what
	there is will do at that rate; null where nothing was used.
	"""

	quantity: float
	days: int
	per_day: float
	days_of_cover: float | None


class DayCost(TypedDict):
	"""What one unit cost (currency, 4 places) at the end of a day, over all warehouses."""

	date: str
	unit_cost: float


class Bought(TypedDict):
	"""A line of a purchase; `unit_price` in currency for one unit, without other charges."""

	date: str
	purchase: str
	supplier: str
	quantity: float
	unit_price: float


class ItemOverview(TypedDict, total=False):
	"""How it stands with an item; each part for who may read what it is made of."""

	item_id: Required[str]
	stock: list[Held]
	use: ItemUse
	costs: list[DayCost]
	purchases: list[Bought]


class BillAtAGlance(TypedDict):
	"""A bill or a return (its amounts, in currency, are below zero)."""

	name: str
	date: str
	due_date: str | None
	is_return: bool
	payment_status: str
	total: float
	outstanding: float


class PaymentAtAGlance(TypedDict):
	"""A payment, an attempt that failed (`result`) or a draft (`docstatus` 0). `amount` in currency."""

	name: str
	date: str
	reference_name: str
	direction: Literal["Receive", "Pay"]
	mode: Mode | None
	transaction_ref: str | None
	result: Result
	failure_reason: str | None
	docstatus: int
	amount: float


class PartyOverview(TypedDict, total=False):
	"""How it stands with a customer or supplier, in currency; `to_refund` is taken off `outstanding` already.

	`own`: of the user's own documents only.
	"""

	name: Required[str]
	own: bool
	outstanding: float
	overdue: float
	to_refund: float
	open_bills: int
	oldest_due: str | None
	bills: list[BillAtAGlance]
	payments: list[PaymentAtAGlance]


class BillOverview(TypedDict):
	"""What was paid of a bill and what came back of it."""

	name: str
	payments: list[PaymentAtAGlance]
	returns: list[BillAtAGlance]


class CostPart(TypedDict):
	"""An item that went into a blow or came out beside the bottles, and what it is worth (currency)."""

	item_id: str
	quantity: float
	value: float


class BlowCosts(TypedDict):
	"""What a blow costs (currency). `total_cost` is material and conversion less the credit for by-products."""

	preforms: CostPart
	used: list[CostPart]
	by_products: list[CostPart]
	material_cost: float
	conversion_cost: float
	scrap_credit: float
	total_cost: float
	good_quantity: float
	produced_unit_cost: float
	short: list[str]


class Scanned(TypedDict):
	"""The item that a barcode or code stands for."""

	item_id: str
	item_name: str
	item_type: str
	uom: str
	barcode: str | None
	disabled: bool


class FloorDay(TypedDict):
	"""What a day came to at a machine: pieces, and the rejects in percent of the preforms."""

	runs: int
	preforms_used: float
	bottles_produced: float
	rejects: float
	reject_rate: float


class FloorRun(TypedDict):
	"""One run of a machine as it was entered. `entered_at` is ISO 8601; `own` says whether the user entered it."""

	name: str
	state: Literal["Blown", "Pending Approval", "Under Way", "Draft", "Cancelled"]
	entered_at: str
	own: bool
	from_item: str
	to_item: str
	quantity: float
	good_quantity: float
	reject_quantity: float
	machine: str
	shift: str
	operator: str


class ShopFloor(TypedDict):
	"""How the day stands at the machines. `machines` is by their names, `preforms` by their codes."""

	now: str
	user: str
	date: str
	whole: FloorDay
	machines: dict[str, FloorDay]
	latest: list[FloorRun]
	preforms: dict[str, float]


class FloorEntry(TypedDict):
	"""What became of a count."""

	doctype: Literal["Blow"]
	name: str
	state: Literal["Blown", "Pending Approval", "Under Way", "Draft", "Cancelled"]


class ReorderLine(TypedDict, total=False):
	"""What to order of an item: `quantity` in its unit, `unit_price` in currency for one of it."""

	item: Required[str]
	quantity: float
	supplier: str
	unit_price: float


class DraftedPurchase(TypedDict):
	"""A draft of a Bottle Purchase, and the items that are on it."""

	name: str
	supplier: str
	items: list[str]


class LeftOut(TypedDict):
	"""An item that was not ordered. `code` is on_draft or not_low; `purchase` is the draft, where the user may read it."""

	item: str
	code: str
	purchase: str | None
	detail: str


class Reordered(TypedDict):
	"""What was ordered, and what was not."""

	purchases: list[DraftedPurchase]
	left_out: list[LeftOut]
