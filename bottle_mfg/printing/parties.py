"""Who stands on paper: the factory, and whom the document is with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from bottle_mfg.controllers.tax_ids import is_gstin, tidied
from bottle_mfg.printing.writing import begun

SETTINGS = "Bottle Mfg Settings"


@dataclass(frozen=True)
class Party:
	"""A name with what belongs to it. What is not known is empty.

	`state` is where it is registered; `place_of_supply` is stated where goods go elsewhere.
	"""

	name: str
	address: tuple[str, ...] = ()
	tax_id: str = ""
	state: str = ""
	phone: str = ""
	email: str = ""
	place_of_supply: str = ""

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


def state_of(tax_id: str) -> str:
	"""The state and code that a GSTIN tells, such as "Maharashtra (27)"; empty for any other tax ID."""
	state = states().get(tax_id[:2]) if is_gstin(tax_id) else None
	return f"{state} ({tax_id[:2]})" if state else ""


def states() -> dict[str, str]:
	"""The states of India by the code that a GSTIN begins with."""
	return {
		"01": _("Jammu and Kashmir"),
		"02": _("Himachal Pradesh"),
		"03": _("Punjab"),
		"04": _("Chandigarh"),
		"05": _("Uttarakhand"),
		"06": _("Haryana"),
		"07": _("Delhi"),
		"08": _("Rajasthan"),
		"09": _("Uttar Pradesh"),
		"10": _("Bihar"),
		"11": _("Sikkim"),
		"12": _("Arunachal Pradesh"),
		"13": _("Nagaland"),
		"14": _("Manipur"),
		"15": _("Mizoram"),
		"16": _("Tripura"),
		"17": _("Meghalaya"),
		"18": _("Assam"),
		"19": _("West Bengal"),
		"20": _("Jharkhand"),
		"21": _("Odisha"),
		"22": _("Chhattisgarh"),
		"23": _("Madhya Pradesh"),
		"24": _("Gujarat"),
		"26": _("Dadra and Nagar Haveli and Daman and Diu"),
		"27": _("Maharashtra"),
		"29": _("Karnataka"),
		"30": _("Goa"),
		"31": _("Lakshadweep"),
		"32": _("Kerala"),
		"33": _("Tamil Nadu"),
		"34": _("Puducherry"),
		"35": _("Andaman and Nicobar Islands"),
		"36": _("Telangana"),
		"37": _("Andhra Pradesh"),
		"38": _("Ladakh"),
		"97": _("Other Territory"),
	}


def seller() -> Party:
	"""The factory, as its settings say."""
	settings = frappe.get_cached_doc(SETTINGS)
	tax_id = _text(tidied(settings.factory_tax_id))
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
	tax_id, supplied = _text(tidied(found.tax_id)), _text(found.place_of_supply)
	return Party(
		begun(name),
		_lines(found.address),
		tax_id,
		state_of(tax_id) or supplied,
		_text(found.phone),
		_text(found.email),
		supplied,
	)


def _text(value: Any) -> str:
	return str(value or "").strip()


def _lines(value: Any) -> tuple[str, ...]:
	return tuple(begun(line.strip()) for line in str(value or "").splitlines() if line.strip())
