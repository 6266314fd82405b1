"""Whose login it is. A customer needs no role: these pages answer for his own record alone."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from bottle_mfg.direction import direction

HOME = "my-bottles"


def customer_of(user: str) -> str | None:
	"""The customer whose login a user has; None for everybody else, and where the customer is disabled."""
	if user == "Guest":
		return None
	return frappe.db.get_value("Bottle Customer", {"user": user, "disabled": 0}, order_by="name")


def open_page(context: Any, title: str) -> str:
	"""Prepare a page of the portal; gives the customer that it is for.

	Raises `Redirect` to the login for guests, and `PermissionError` for who is no customer.
	"""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = f"/login?redirect-to=/{HOME}"
		raise frappe.Redirect
	customer = customer_of(frappe.session.user)
	if not customer:
		sentence = _("This page is for customers. Your login belongs to none.")
		frappe.throw(sentence, frappe.PermissionError)
	context.no_cache = 1
	context.title = title
	context.customer = customer
	context.direction = direction()
	return customer


def home_page(user: str) -> str | None:
	"""Where a customer lands when he has logged in (hook `get_website_user_home_page`)."""
	return HOME if customer_of(user) else None
