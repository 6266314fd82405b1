"""The demo factory's names and prices: Shree Ganga Pet, which blows three sizes of water bottles.

Prices are in Indian rupees for one piece, without tax.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FACTORY = {
	"legal_name": "Shree Ganga Pet Industries",
	"factory_address": "Plot 14, MIDC Phase II\nDombivli East, Thane 421204",
	"factory_tax_id": "27AAKFS5550P1Z3",
	"factory_phone": "+91 22 5550 0100",
	"factory_email": "accounts@shreegangapet.example",
	"bank_name": "Cooperative Bank, Dombivli",
	"bank_account": "005500120045",
	"bank_code": "COOP0000555",
	"upi_id": "shreegangapet@examplebank",
	"invoice_terms": "Goods once sold are taken back unused and within 15 days.\nSubject to Thane jurisdiction.",
}
"""What stands on the factory's papers."""

PASSWORD = "bottles"
"""Of every demo login."""

USERS = {
	"manager@demo.example": ("Meera Joshi", "Bottle Manager"),
	"stock@demo.example": ("Suresh Yadav", "Bottle Stock User"),
	"sales@demo.example": ("Anita Rao", "Bottle Sales User"),
	"viewer@demo.example": ("Vikram Shah", "Bottle Viewer"),
}
MANAGER, STOCK_USER, SALES_USER, _VIEWER = USERS
CUSTOMER_LOGIN, CUSTOMER_NAME = "customer@demo.example", "Rohan Iyer"
"""Somebody at a customer's, who sees that customer's own on the portal and has no role."""

PREFORM_12, PREFORM_18, PREFORM_24 = "PF-12G", "PF-18G", "PF-24G"
BOTTLE_250, BOTTLE_500, BOTTLE_1000 = "BT-250ML-A", "BT-500ML-A", "BT-1L-A"
JAR, CAP = "JAR-20L", "CAP-28-BLUE"
LABEL, REGRIND = "LABEL-500ML", "REGRIND-PET"

ITEMS = {
	PREFORM_12: {
		"item_name": "Preform 12 g",
		"item_type": "Preform",
		"weight_g": 12,
		"neck_finish": "28 mm PCO 1881",
		"colour": "Clear",
		"hsn_code": "39233010",
		"reorder_level": 8000,
		"reorder_qty": 16000,
		"lead_time_days": 4,
	},
	PREFORM_18: {
		"item_name": "Preform 18 g",
		"item_type": "Preform",
		"weight_g": 18,
		"neck_finish": "28 mm PCO 1881",
		"colour": "Clear",
		"hsn_code": "39233010",
		"reorder_level": 12000,
		"reorder_qty": 32000,
		"lead_time_days": 4,
	},
	PREFORM_24: {
		"item_name": "Preform 24 g",
		"item_type": "Preform",
		"weight_g": 24,
		"neck_finish": "28 mm PCO 1881",
		"colour": "Clear",
		"hsn_code": "39233010",
		"reorder_level": 9000,
		"reorder_qty": 24000,
		"lead_time_days": 5,
	},
	BOTTLE_250: {
		"item_name": "Bottle 250 ml A",
		"barcode": "8901234500258",
		"item_type": "Bottle",
		"size_ml": 250,
		"grade": "A",
		"weight_g": 12,
		"hsn_code": "39233090",
		"reorder_level": 5000,
		"reorder_qty": 8000,
		"selling_price": 2.65,
	},
	BOTTLE_500: {
		"item_name": "Bottle 500 ml A",
		"barcode": "8901234500500",
		"item_type": "Bottle",
		"size_ml": 500,
		"grade": "A",
		"weight_g": 18,
		"hsn_code": "39233090",
		"reorder_level": 4000,
		"selling_price": 3.65,
	},
	BOTTLE_1000: {
		"item_name": "Bottle 1 L A",
		"barcode": "8901234501002",
		"item_type": "Bottle",
		"size_ml": 1000,
		"grade": "A",
		"weight_g": 24,
		"hsn_code": "39233090",
		"reorder_level": 3000,
		"selling_price": 4.75,
	},
	JAR: {
		"item_name": "Water jar 20 L",
		"item_type": "Sold",
		"size_ml": 20000,
		"hsn_code": "39233090",
		"reorder_level": 40,
		"reorder_qty": 120,
		"lead_time_days": 7,
		"selling_price": 205,
	},
	CAP: {
		"item_name": "Cap 28 mm blue",
		"barcode": "8901234500289",
		"item_type": "Consumable",
		"neck_finish": "28 mm PCO 1881",
		"colour": "Blue",
		"hsn_code": "39235010",
		"reorder_level": 30000,
		"reorder_qty": 60000,
		"lead_time_days": 6,
		"selling_price": 0.42,
	},
	LABEL: {
		"item_name": "Label 500 ml",
		"item_type": "Consumable",
		"hsn_code": "48211010",
		"reorder_level": 15000,
		"reorder_qty": 50000,
		"lead_time_days": 5,
	},
	REGRIND: {
		"item_name": "Regrind PET",
		"item_type": "Consumable",
		"uom": "kg",
		"colour": "Clear",
		"hsn_code": "39159042",
		"selling_price": 38,
	},
}

GANGA, BALAJI, KAVERI = "Ganga Preforms Pvt Ltd", "Balaji Closures", "Kaveri Plastics"

SUPPLIERS = {
	GANGA: {"phone": "+91 22 5550 1201", "tax_id": "27AAACG1201A1Z5", "address": "Bhiwandi, Maharashtra"},
	BALAJI: {"phone": "+91 265 555 0142", "tax_id": "24AAACB0142B1Z8", "address": "Vadodara, Gujarat"},
	KAVERI: {"phone": "+91 80 5550 7733", "tax_id": "29AAACK7733C1Z2", "address": "Peenya, Bengaluru"},
}

CUSTOMERS = {
	"Aqua Fresh Packaged Water": {
		"phone": "+91 98 5550 0101",
		"credit_days": 30,
		"tax_id": "27AAHFA0101K1Z4",
		"address": "Gala 7, Saravali, Bhiwandi 421311",
	},
	"Himalaya Springs": {
		"phone": "+91 98 5550 0102",
		"credit_days": 15,
		"user": CUSTOMER_LOGIN,
		"tax_id": "24AAGCH0102M1Z6",
		"address": "12 GIDC Estate, Vapi 396195",
	},
	"Sai Juice Corner": {
		"phone": "+91 98 5550 0103",
		"credit_days": 0,
		"address": "Station Road, Kalyan West",
	},
	"Nirmal Water Works": {
		"phone": "+91 98 5550 0104",
		"credit_days": 21,
		"tax_id": "27AAEFN0104Q1Z9",
		"address": "Survey 42, Ambernath 421501",
	},
	"Blue Drop Beverages": {
		"phone": "+91 98 5550 0105",
		"credit_days": 45,
		"tax_id": "29AAFCB0105R1Z1",
		"address": "88 Peenya Phase 1, Bengaluru 560058",
	},
	"Gokul Dairy": {
		"phone": "+91 98 5550 0106",
		"credit_days": 7,
		"address": "Market Yard, Dombivli East",
	},
}


SHOP = "Shop at the Gate"

WAREHOUSES: dict[str, dict[str, str]] = {SHOP: {}}
"""Beside the default one, where the factory keeps its goods."""

FOR_THE_SHOP = ((BOTTLE_500, 400), (BOTTLE_1000, 250), (JAR, 2))
"""What the shop is sent each time, in pieces."""

MISCOUNTED = (
	(BOTTLE_500, -18, "Damage"),
	(BOTTLE_1000, 0, ""),
	(BOTTLE_250, 6, "Miscount"),
	(CAP, -120, "Miscount"),
	(JAR, -1, "Theft"),
)
"""What each count of the main store finds: by how many pieces the books were wrong, and why."""


@dataclass(frozen=True)
class Bought:
	"""Something the factory buys: from whom, at what price, and how much freight a delivery costs."""

	supplier: str
	price: Decimal
	freight: Decimal


BOUGHT = {
	PREFORM_12: Bought(GANGA, Decimal("1.62"), Decimal(650)),
	PREFORM_18: Bought(GANGA, Decimal("2.38"), Decimal(1400)),
	PREFORM_24: Bought(GANGA, Decimal("3.14"), Decimal(1250)),
	JAR: Bought(KAVERI, Decimal("162.00"), Decimal(900)),
	CAP: Bought(BALAJI, Decimal("0.31"), Decimal(480)),
	LABEL: Bought(BALAJI, Decimal("0.07"), Decimal(150)),
}


@dataclass(frozen=True)
class Line:
	"""What one machine makes: its preform and bottle, a shift's preforms, the cost of blowing one, its losses.

	It stands still while there are `keep` bottles in stock. Each good bottle gets a `label`, if there is one.
	"""

	machine: str
	preform: str
	bottle: str
	quantity: int
	keep: int
	cost: Decimal
	reject_rate: float
	reasons: tuple[tuple[str, str], ...]
	label: str | None = None


LINES = (
	Line(
		"Blow 1",
		PREFORM_18,
		BOTTLE_500,
		5200,
		12000,
		Decimal("0.48"),
		0.014,
		(("Bottle", "Start-up"), ("Bottle", "Burst"), ("Bottle", "Haze")),
		LABEL,
	),
	Line(
		"Blow 2",
		PREFORM_24,
		BOTTLE_1000,
		3600,
		8000,
		Decimal("0.56"),
		0.018,
		(("Bottle", "Start-up"), ("Bottle", "Off-centre gate"), ("Preform", "Neck damage")),
	),
	Line(
		"Blow 3",
		PREFORM_12,
		BOTTLE_250,
		2400,
		5000,
		Decimal("0.42"),
		0.031,
		(("Bottle", "Uneven wall"), ("Bottle", "Pearlescence"), ("Preform", "Short shot")),
	),
)

OPERATORS = {"Morning": ("Ramesh Patil", "Imran Shaikh"), "Evening": ("Lakshmi Nair", "Deepak Kumar")}

REGROUND = Decimal("0.9")
"""How much of the weight of what was rejected comes back as regrind."""

BROUGHT_BACK = 9
"""Of every so many orders the customer brings some back: one in twenty of the first line's pieces."""

GIVEN_BACK = {JAR: 6}
"""How many of the second delivery of an item were cracked, and went back to the supplier the next day."""

CREDIT_OF_SUPPLIERS = 14
"""Days after a delivery by which it is paid."""


@dataclass(frozen=True)
class Cost:
	"""What has to be paid every month on a `day`, for something that is no goods."""

	day: int
	category: str
	payee: str
	amount: Decimal
	mode: str
	covered: bool = False


COSTS = (
	Cost(1, "Rent", "Patel Estates", Decimal(18500), "Cheque"),
	Cost(3, "Salaries", "Office and sales", Decimal(24000), "Bank"),
	Cost(3, "Salaries", "Machine operators", Decimal(21500), "Bank", covered=True),
	Cost(8, "Electricity", "State Power Board", Decimal("16240.50"), "UPI", covered=True),
	Cost(15, "Maintenance", "Compressor service", Decimal(3200), "Cash", covered=True),
	Cost(18, "Other", "Tea, stationery, phone", Decimal("1460.75"), "Cash"),
)
