"""The figures of the number cards. Each method answers only those who may run the report that has the same figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.glance import figures, rights
from bottle_mfg.ledger import ZERO
from bottle_mfg.reporting.bills import seen
from bottle_mfg.reporting.low_stock import low_items

Card = dict[str, Any]


def card(value: Decimal | int, fieldtype: str, report: str, *, alarm: bool = False, **filters: Any) -> Card:
	"""What Frappe shows on a card, and where a click on it leads; red, where somebody should do something about it."""
	return {"value": float(value), "fieldtype": fieldtype, "alarm": alarm, **rights.route(report, **filters)}


@frappe.whitelist()
def stock_value() -> Card:
	"""What is in stock is worth, at cost."""
	rights.require(rights.stock_value)
	value = sum(figures.stock_values().values(), ZERO)
	return card(value, "Currency", rights.STOCK_BALANCE)


@frappe.whitelist()
def sales_today() -> Card:
	"""What was sold today, less what came back."""
	return _sold(figures.today(), figures.today())


@frappe.whitelist()
def sales_this_month() -> Card:
	"""What was sold this month, less what came back."""
	return _sold(*figures.month())


def _sold(first: date, last: date) -> Card:
	rights.require(rights.sales)
	amount = figures.sold(seen("Bottle Sale"), first, last)
	return card(amount, "Currency", rights.SALES, from_date=first, to_date=last)


@frappe.whitelist()
def gross_profit_this_month() -> Card:
	"""What was earned on what was sold this month, before expenses."""
	rights.require(rights.profit)
	first, last = figures.month()
	profit = sum((profit for _sales, profit in figures.profit_by_month(first, last).values()), ZERO)
	return card(profit, "Currency", rights.PROFIT_AND_LOSS, from_date=first, to_date=last)


@frappe.whitelist()
def overdue() -> Card:
	"""What customers should have paid by now."""
	rights.require(rights.debts)
	on = figures.today()
	amount = figures.overdue(seen("Bottle Sale"), on)
	return card(amount, "Currency", rights.RECEIVABLES, alarm=amount > ZERO, date=on)


@frappe.whitelist()
def items_low() -> Card:
	"""How many items have to be ordered."""
	rights.require(rights.stock)
	count = len(low_items(confined=True))
	report = rights.LOW_STOCK if rights.may_run(rights.LOW_STOCK) else rights.STOCK_BALANCE
	return card(count, "Int", report, alarm=count > 0)


@frappe.whitelist()
def blown_today() -> Card:
	"""How many good bottles were blown today."""
	rights.require(rights.production)
	day = figures.today()
	good = figures.together(figures.blown(day, day)).good_quantity
	return card(good, "Float", rights.PRODUCTION, from_date=day, to_date=day)


@frappe.whitelist()
def reject_rate() -> Card:
	"""Rejects of this month in percent of the preforms that went in."""
	rights.require(rights.production)
	first, last = figures.month()
	rate = figures.together(figures.blown(first, last)).reject_rate
	return card(rate, "Percent", rights.PRODUCTION, from_date=first, to_date=last)
