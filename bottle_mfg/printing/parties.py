"""Who stands on paper: the factory, and whom the document is with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from bottle_mfg.printing.writing import begun

SETTINGS = "Bottle Mfg Settings"

_GSTIN = re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]")

STATES = {
	"01": "Jammu and Kashmir",
	"02": "Himachal Pradesh",
	"03": "Punjab",
	"04": "Chandigarh",
	"05": "Uttarakhand",
	"06": "Haryana",
	"07": "Delhi",
	"08": "Rajasthan",
	"09": "Uttar Pradesh",
	"10": "Bihar",
	"11": "Sikkim",
	"12": "Arunachal Pradesh",
	"13": "Nagaland",
	"14": "Manipur",
	"15": "Mizoram",
	"16": "Tripura",
	"17": "Meghalaya",
	"18": "Assam",
	"19": "West Bengal",
	"20": "Jharkhand",
	"21": "Odisha",
	"22": "Chhattisgarh",
	"23": "Madhya Pradesh",
	"24": "Gujarat",
	"26": "Dadra and Nagar Haveli and Daman and Diu",
	"27": "Maharashtra",
	"29": "Karnataka",
	"30": "Goa",
	"31": "Lakshadweep",
	"32": "Kerala",
	"33": "Tamil Nadu",
	"34": "Puducherry",
	"35": "Andaman and Nicobar Islands",
	"36": "Telangana",
	"37": "Andhra Pradesh",
	"38": "Ladakh",
	"97": "Other Territory",
}
"""The states of India by the code that a GSTIN begins with."""


@dataclass(frozen=True)
class Party:
	"""A name with what belongs to it. What is not known is empty."""

	name: str
	address: tuple[str, ...] = ()
	tax_id: str = ""
	state: str = ""
	phone: str = ""
	email: str = ""

	@property
	def tax_label(self) -> str:
		return _("GSTIN") if is_gstin(self.tax_id) else _("Tax ID")


@dataclass(frozen=True)
class Bank:
	"""Where the factory is paid."""

	name: str
	account: str
	code: str
	upi_id: str

	def __bool__(self) -> bool:
		return bool(self.account or self.upi_id)


def is_gstin(tax_id: str) -> bool:
	"""Whether a tax ID is of the form of an Indian GSTIN."""
	return bool(_GSTIN.fullmatch(tax_id))


def state_of(tax_id: str) -> str:
	"""The state and code that a GSTIN tells, such as "Maharashtra (27)"; empty for any other tax ID."""
	code = tax_id[:2]
	return f"{_(STATES[code])} ({code})" if is_gstin(tax_id) and code in STATES else ""


def seller() -> Party:
	"""The factory, as its settings say."""
	settings = frappe.get_cached_doc(SETTINGS)
	tax_id = _text(settings.factory_tax_id)
	return Party(
		begun(_text(settings.legal_name)),
		_lines(settings.factory_address),
		tax_id,
		_text(settings.factory_state) or state_of(tax_id),
		_text(settings.factory_phone),
		_text(settings.factory_email),
	)


def bank() -> Bank:
	"""Where the factory is paid, as its settings say."""
	settings = frappe.get_cached_doc(SETTINGS)
	return Bank(*(_text(settings.get(name)) for name in ("bank_name", "bank_account", "bank_code", "upi_id")))


def partner(doctype: str, name: str) -> Party:
	"""A customer or supplier. Of one that was deleted there is the name alone."""
	found = frappe.db.get_value(doctype, name, "*", as_dict=True) or frappe._dict()
	tax_id = _text(found.tax_id)
	state = _text(found.place_of_supply) or state_of(tax_id)
	return Party(begun(name), _lines(found.address), tax_id, state, _text(found.phone), _text(found.email))


def _text(value: Any) -> str:
	return str(value or "").strip()


def _lines(value: Any) -> tuple[str, ...]:
	return tuple(begun(line.strip()) for line in str(value or "").splitlines() if line.strip())
