"""A day in the factory: preforms are bought, blown into bottles, sold and paid for.

BOTTLE_API_KEY="key:secret" python a_day.py http://127.0.0.1:8000 \\
    --supplier "…" --customer "…" --preform PRE-… --bottle BTL-… --warehouse "Main Store"

Without BOTTLE_API_KEY it signs in by OAuth, with BOTTLE_CLIENT_ID, BOTTLE_USER and BOTTLE_PASSWORD.
"""

from __future__ import annotations

import argparse
import os
import uuid

from bottle_client import BottleClient, Refused


def main() -> None:
	named = arguments()
	client = signed_in(named.site)
	where = {"warehouse": named.warehouse}

	purchase = client.call(
		"create_purchase",
		supplier=named.supplier,
		items=[{"item": named.preform, "quantity": 1000, "unit_price": 2}],
		**where,
	)
	print(f"bought 1000 preforms for {purchase['total_amount']:.2f}")

	blow = client.call(
		"create_blow",
		from_item=named.preform,
		to_item=named.bottle,
		quantity=1000,
		good_quantity=950,
		blow_cost_per_unit=0,
		**where,
	)
	print(f"blew 950 bottles at {blow['produced_unit_cost']:.4f}")

	order = {"customer": named.customer, "items": [{"item": named.bottle, "quantity": 100, "unit_price": 4}]}
	key = str(uuid.uuid4())
	sale = client.call("create_sale", key=key, **order, **where)
	print(f"sold 100 bottles for {sale['total_price']:.2f}, profit {sale['profit']:.2f}")

	again = client.call("create_sale", key=key, **order, **where)
	print(f"sent again: {'the same sale' if again['name'] == sale['name'] else 'ANOTHER SALE'}")
	try:
		client.call("create_sale", key=key, **order, **where, notes="something else")
	except Refused as refused:
		print(f"other content: {refused.status} {refused.code}")

	try:
		too_many = [{"item": named.bottle, "quantity": 10_000, "unit_price": 4}]
		client.call("create_sale", customer=named.customer, items=too_many, **where)
	except Refused as refused:
		for short in refused.body["shortages"]:
			print(f"{refused.code}: {short['available']} of {short['requested']}, {short['shortage']} short")

	fewer = [{"item": named.bottle, "quantity": 50, "unit_price": 4}]
	client.call("create_sale", customer=named.customer, items=fewer, **where)
	print("sold 50 bottles")

	bill = {"reference_type": "Bottle Sale", "reference_name": sale["name"]}
	paid = client.insert(
		"Bottle Payment", **bill, amount=sale["outstanding_amount"], mode="Cash", docstatus=1
	)
	print(f"received {paid['amount']:.2f}")

	sales = client.documents("Bottle Sale", filters={"customer": named.customer}, fields=["name"], limit=1)
	print(f"sales of the customer: {len(list(sales))}")

	(held,) = client.call("availability", items=[named.bottle], **where)
	print(f"left: {held['quantity']} bottles")


def arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser()
	parser.add_argument("site")
	for name in ("supplier", "customer", "preform", "bottle", "warehouse"):
		parser.add_argument(f"--{name}", required=True)
	return parser.parse_args()


def signed_in(site: str) -> BottleClient:
	if "BOTTLE_API_KEY" in os.environ:
		key, _colon, secret = os.environ["BOTTLE_API_KEY"].partition(":")
		return BottleClient.with_api_key(site, key, secret)
	names = ("BOTTLE_CLIENT_ID", "BOTTLE_USER", "BOTTLE_PASSWORD")
	return BottleClient.with_password(site, *(os.environ[name] for name in names))


if __name__ == "__main__":
	main()
