"""Who may do what over HTTP: the matrix of DESIGN §7, tried by real users."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.rest.conftest import Client, data, error

# One letter for each thing a person may do: (r)ead and list, (c)reate, (w)rite, (d)elete, and with documents
# (s)ubmit, (x) cancel, (a)mend. What is not there is refused with 403.
MAY = {
	#                        manager    stock     sales     viewer
	"Bottle Item":          ("rcwd",    "rcw",    "r",      "r"),
	"Bottle Warehouse":     ("rcwd",    "r",      "r",      "r"),
	"Bottle Supplier":      ("rcwd",    "rcw",    "",       "r"),
	"Bottle Customer":      ("rcwd",    "",       "rcw",    "r"),
	"Bottle Mfg Settings":  ("rw",      "r",      "",       ""),
	"Bottle Purchase":      ("rcwdsxa", "rcwsxa", "",       "r"),
	"Blow":                 ("rcwdsxa", "rcwsxa", "",       "r"),
	"Bottle Sale":          ("rcwdsxa", "",       "rcwsxa", "r"),
	"Bottle Stock Count":   ("rcwdsxa", "rcwsxa", "",       "r"),
	"Bottle Stock Transfer": ("rcwdsxa", "rcwsxa", "",      "r"),
	"Bottle Stock":         ("r",       "r",      "r",      "r"),
	"Bottle Ledger Entry":  ("r",       "r",      "",       "r"),
	"Bottle Daily Total":   ("r",       "r",      "",       "r"),
	"Bottle Cost Change":   ("r",       "r",      "",       "r"),
	"Bottle Correction":    ("r",       "r",      "",       "r"),
	"Bottle Alert":         ("r",       "",       "",       ""),
	"Bottle Returned Goods": ("r",      "",       "",       ""),
}  # fmt: skip
PEOPLE = ("manager", "stock", "sales", "viewer")
LEDGER = (
	"Bottle Stock",
	"Bottle Ledger Entry",
	"Bottle Daily Total",
	"Bottle Cost Change",
	"Bottle Correction",
	"Bottle Alert",
	"Bottle Returned Goods",
)
DOCUMENTS = ("Bottle Purchase", "Blow", "Bottle Sale", "Bottle Stock Count", "Bottle Stock Transfer")


def cases(letter: str, doctypes: Any) -> list[Any]:
	return [
		pytest.param(doctype, person, letter in may, id=f"{person}-{doctype}")
		for doctype in doctypes
		for person, may in zip(PEOPLE, MAY[doctype], strict=True)
	]


MASTERS = [doctype for doctype in MAY if doctype not in (*DOCUMENTS, *LEDGER, "Bottle Mfg Settings")]


def expect(answer: Any, allowed: bool) -> None:
	if allowed:
		data(answer)
	else:
		assert error(answer, 403)["code"] == "not_permitted"


class Records:
	"""New records of every DocType, made by Administrator, or for a person who owns them."""

	def __init__(self, shop: Any) -> None:
		import frappe

		self.shop = shop
		self.depot = shop.depot
		shop.purchase(1000).submit()
		frappe.db.commit()

	def values(self, doctype: str) -> dict[str, Any]:
		"""What it takes to make one."""
		import frappe

		shop, code = self.shop, frappe.generate_hash(length=8)
		line = {"warehouse": shop.warehouse}
		return {
			"Bottle Item": {"item_code": code, "item_type": "Sold"},
			"Bottle Warehouse": {"warehouse_name": code},
			"Bottle Supplier": {"supplier_name": code},
			"Bottle Customer": {"customer_name": code},
			"Bottle Purchase": line | {"supplier": shop.supplier, "items": [shop.line(shop.cap, 1, 1)]},
			"Blow": line
			| {"from_item": shop.preform, "to_item": shop.bottle, "quantity": 2, "good_quantity": 1},
			"Bottle Stock Count": line | {"items": [{"item": shop.cap, "counted_quantity": 1}]},
			"Bottle Stock Transfer": {
				"from_warehouse": shop.warehouse,
				"to_warehouse": self.depot,
				"items": [{"item": shop.preform, "quantity": 1}],
			},
			"Bottle Sale": line | {"customer": shop.customer, "items": [shop.line(shop.bottle, 1, 4)]},
		}[doctype]

	def make(self, doctype: str, owner: str, steps: str = "") -> str:
		"""One that belongs to `owner`; `steps` are (s)ubmit and (x) cancel."""
		import frappe

		db = frappe.db
		db.rollback()
		if doctype == "Bottle Mfg Settings":
			return doctype
		if doctype == "Bottle Returned Goods":
			return self.make(
				"Bottle Sale", owner, "sx"
			)  # its row says that nothing comes back of it any more
		if doctype == "Bottle Cost Change":
			return self.cost_change()
		if doctype == "Bottle Correction":
			return self.correction()
		if doctype == "Bottle Alert":
			return self.alert()
		if doctype in LEDGER:
			return str(db.get_value(doctype, {"warehouse": self.shop.warehouse, "item": self.shop.bottle}))
		doc = self.shop.make(doctype, **self.values(doctype))
		if "s" in steps:
			doc.submit()
		if "x" in steps:
			doc.cancel()
		db.set_value(doctype, doc.name, "owner", f"{owner}@bottle.test", update_modified=False)
		db.commit()
		return doc.name

	def cost_change(self) -> str:
		"""That of a sale, after a late bill for what it sold."""
		import frappe
		from frappe.utils import add_days, nowdate

		shop, cap = self.shop, self.shop.item(frappe.generate_hash(length=6), "Consumable")
		shop.purchase(items=[shop.line(cap, 10, 1)], date=add_days(nowdate(), -3)).submit()
		sale = shop.sale(items=[shop.line(cap, 5, 9)], date=add_days(nowdate(), -1))
		sale.submit()
		shop.purchase(items=[shop.line(cap, 10, 3)], date=add_days(nowdate(), -2)).submit()
		frappe.db.commit()
		return str(frappe.db.get_value("Bottle Cost Change", {"document": sale.name}))

	def alert(self) -> str:
		"""That of an item."""
		import frappe

		from bottle_mfg.alerts import known

		known.claim("Low Stock", "Bottle Item", [self.shop.cap])
		frappe.db.commit()
		return str(frappe.db.get_value("Bottle Alert", {"document_name": self.shop.cap}))

	def correction(self) -> str:
		"""One that is done."""
		import frappe
		from frappe.utils import now_datetime

		from bottle_mfg.posting import background
		from bottle_mfg.posting.corrections import LargeCorrection

		large = LargeCorrection(set(), now_datetime(), 1)
		name = background.queue("Submit", self.shop.purchase(1), large)["correction"]
		frappe.db.set_value("Bottle Correction", name, "status", "Done")
		frappe.db.after_commit.reset()
		frappe.db.commit()
		return str(name)


@pytest.fixture(scope="module")
def records(shared: Any) -> Records:
	return Records(shared)


@pytest.fixture
def shop(shared: Any) -> Any:
	return shared


@pytest.mark.parametrize(("doctype", "person", "allowed"), cases("r", MAY))
def test_read(doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]) -> None:
	user, name = clients[person], records.make(doctype, person)
	expect(user.read(doctype, name), allowed)
	expect(user.call("frappe.client.get", doctype=doctype, name=name), allowed)
	expect(user.call("frappe.desk.form.load.getdoc", doctype=doctype, name=name), allowed)
	if doctype == "Bottle Mfg Settings":
		return
	expect(user.list(doctype, limit_page_length=1), allowed)
	expect(user.call("frappe.client.get_count", doctype=doctype), allowed)


@pytest.mark.parametrize(("doctype", "person", "allowed"), cases("c", [*MASTERS, *DOCUMENTS]))
def test_create(
	doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]
) -> None:
	expect(clients[person].insert(doctype, **records.values(doctype)), allowed)
	doc = records.values(doctype) | {"doctype": doctype}
	expect(clients[person].call("frappe.client.insert", doc=doc), allowed)


CHANGES = {
	"Bottle Item": "colour",
	"Bottle Supplier": "notes",
	"Bottle Customer": "notes",
	"Bottle Warehouse": "disabled",
	"Bottle Mfg Settings": "default_warehouse",
}


@pytest.mark.parametrize(
	("doctype", "person", "allowed"), cases("w", [*MASTERS, *DOCUMENTS, "Bottle Mfg Settings"])
)
def test_write(
	doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]
) -> None:
	user, name = clients[person], records.make(doctype, person)
	field = CHANGES.get(doctype, "notes")
	before = data(clients["admin"].read(doctype, name)).get(field)
	value = before if doctype == "Bottle Mfg Settings" else "1"
	expect(user.change(doctype, name, **{field: value}), allowed)
	change = {"doctype": doctype, "name": name, "fieldname": field, "value": value}
	expect(user.call("frappe.client.set_value", **change), allowed)
	after = data(clients["admin"].read(doctype, name)).get(field)
	assert str(after) == str(value if allowed else before)


@pytest.mark.parametrize(("doctype", "person", "allowed"), cases("d", [*MASTERS, *DOCUMENTS]))
def test_delete(
	doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]
) -> None:
	name = records.make(doctype, person)
	expect(clients[person].delete(doctype, name), allowed)
	assert clients["admin"].read(doctype, name).status_code == (404 if allowed else 200)


@pytest.mark.parametrize(("doctype", "person", "allowed"), cases("s", DOCUMENTS))
def test_submit(
	doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]
) -> None:
	name = records.make(doctype, person)
	expect(clients[person].change(doctype, name, docstatus=1), allowed)
	assert data(clients["admin"].read(doctype, name))["docstatus"] == int(allowed)
	doc = data(clients["admin"].read(doctype, records.make(doctype, person)))
	expect(clients[person].call("frappe.client.submit", doc=doc), allowed)


@pytest.mark.parametrize(("doctype", "person", "allowed"), cases("x", DOCUMENTS))
def test_cancel(
	doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]
) -> None:
	name = records.make(doctype, person, "s")
	expect(clients[person].call("frappe.client.cancel", doctype=doctype, name=name), allowed)
	assert data(clients["admin"].read(doctype, name))["docstatus"] == (2 if allowed else 1)


@pytest.mark.parametrize(("doctype", "person", "allowed"), cases("a", DOCUMENTS))
def test_amend(
	doctype: str, person: str, allowed: bool, records: Records, clients: dict[str, Client]
) -> None:
	cancelled = records.make(doctype, person, "sx")
	again = records.values(doctype) | {"amended_from": cancelled}
	answer = clients[person].insert(doctype, **again)
	expect(answer, allowed)
	if allowed:
		assert data(answer)["name"] == f"{cancelled}-1"


# What belongs to one salesperson does not exist for another.


@pytest.fixture
def sale(records: Records) -> str:
	return records.make("Bottle Sale", "sales")


OTHERS: dict[str, Callable[[Client, str], Any]] = {
	"read": lambda user, name: user.read("Bottle Sale", name),
	"client.get": lambda user, name: user.call("frappe.client.get", doctype="Bottle Sale", name=name),
	"form": lambda user, name: user.call("frappe.desk.form.load.getdoc", doctype="Bottle Sale", name=name),
	"timeline": lambda user, name: user.call(
		"frappe.desk.form.load.get_docinfo", doctype="Bottle Sale", name=name
	),
	"print": lambda user, name: user.call(
		"frappe.www.printview.get_html_and_style", doc="Bottle Sale", name=name
	),
	"change": lambda user, name: user.change("Bottle Sale", name, notes="mine"),
	"submit": lambda user, name: user.change("Bottle Sale", name, docstatus=1),
	"set_value": lambda user, name: user.call(
		"frappe.client.set_value", doctype="Bottle Sale", name=name, fieldname="notes", value="mine"
	),
	"cancel": lambda user, name: user.call("frappe.client.cancel", doctype="Bottle Sale", name=name),
	"delete": lambda user, name: user.delete("Bottle Sale", name),
}


@pytest.mark.parametrize("request_", OTHERS.values(), ids=OTHERS.keys())
def test_the_sale_of_somebody_else(request_: Any, sale: str, sales: Client, sales2: Client) -> None:
	assert error(request_(sales2, sale), 403)
	kept = data(sales.read("Bottle Sale", sale))
	assert (kept["docstatus"], kept.get("notes")) == (0, None)


LISTS: dict[str, Callable[[Client, str], Any]] = {
	"list": lambda user, name: user.list("Bottle Sale", filters={"name": name}),
	"lines": lambda user, name: user.call(
		"frappe.client.get_list",
		doctype="Bottle Sale Item",
		parent="Bottle Sale",
		filters={"parent": name},
	),
	"get_value": lambda user, name: user.call(
		"frappe.client.get_value",
		doctype="Bottle Sale",
		fieldname="name",
		filters={"name": name},
	),
	"count": lambda user, name: user.call(
		"frappe.client.get_count", doctype="Bottle Sale", filters={"name": name}
	),
	"desk count": lambda user, name: user.call(
		"frappe.desk.reportview.get_count", doctype="Bottle Sale", filters={"name": name}
	),
	"report view": lambda user, name: user.call(
		"frappe.desk.reportview.get",
		doctype="Bottle Sale",
		fields='["name"]',
		filters=[["Bottle Sale", "name", "=", name]],
	),
	"search": lambda user, name: user.call(
		"frappe.desk.search.search_link", doctype="Bottle Sale", txt="", filters={"name": name}
	),
}


@pytest.mark.parametrize("request_", LISTS.values(), ids=LISTS.keys())
def test_lists_of_somebody_elses_sales(request_: Any, sale: str, sales: Client, sales2: Client) -> None:
	def found(user: Client) -> Any:
		answer = request_(user, sale)
		assert answer.status_code == 200, answer.text
		body = answer.json()
		return body.get("data") or body.get("message") or body.get("results")

	assert found(sales)
	assert not found(sales2)


def test_who_says_he_owns_a_sale_does_not(sale: str, sales: Client, sales2: Client) -> None:
	theirs = data(sales.read("Bottle Sale", sale))
	mine = theirs | {"owner": "sales2@bottle.test", "notes": "mine", "doctype": "Bottle Sale"}
	for method in ("frappe.client.save", "frappe.client.submit"):
		assert error(sales2.call(method, doc=mine), 403)
	assert error(sales2.save_form(mine, "Save"), 403)
	assert data(sales.read("Bottle Sale", sale)) == theirs


def test_lines_of_other_sales_cannot_be_taken_over(
	sale: str, shop: Any, sales: Client, sales2: Client
) -> None:
	theirs = data(sales.read("Bottle Sale", sale))
	stolen = theirs["items"][0] | {"unit_price": 0.01}
	values = {"customer": shop.customer, "warehouse": shop.warehouse, "items": [stolen]}
	mine = data(sales2.insert("Bottle Sale", **values))
	data(sales2.change("Bottle Sale", mine["name"], items=[*mine["items"], stolen]))
	assert data(sales.read("Bottle Sale", sale)) == theirs


def test_lines_have_no_life_of_their_own(sale: str, sales: Client, manager: Client) -> None:
	before = data(sales.read("Bottle Sale", sale))
	line = before["items"][0]
	parent = {"parent": sale, "parenttype": "Bottle Sale", "parentfield": "items"}
	for answer in (
		manager.change("Bottle Sale Item", line["name"], quantity=5),
		manager.insert("Bottle Sale Item", item=line["item"], quantity=5, unit_price=1, **parent),
		manager.delete("Bottle Sale Item", line["name"]),
	):
		assert error(answer, 409)
	assert data(sales.read("Bottle Sale", sale)) == before


def test_keys_that_are_no_fields_do_nothing(shop: Any, sales: Client) -> None:
	values = {"customer": shop.customer, "warehouse": shop.warehouse}
	tricks = {
		"prefix": "XX",
		"validate": "x",
		"before_submit": None,
		"get": 1,
		"flags": {"ignore_permissions": 1, "ignore_validate": 1},
		"_action": "discard",
		"__newname": "SO-MINE",
		"name": "SO-MINE",
		"owner": "manager@bottle.test",
		"creation": "2001-01-01",
		"idx": "x",
		"_user_tags": [1],
		"_assign": {"a": 1},
		"parenttype": 1,
		"nonsense": {},
	}
	line = shop.line(shop.bottle, 1, 4) | {"get": 1, "meta": 1, "parent": "SO-OTHER", "name": {}, "idx": "x"}
	made = data(sales.insert("Bottle Sale", **values, items=[line], **tricks))
	assert made["name"].startswith("SO-2")
	assert made["owner"] == "sales@bottle.test"
	assert made["creation"] > "2002"
	assert made["items"][0]["idx"] == 1
	assert made["items"][0]["parent"] == made["name"]
	del tricks["name"]
	changed = data(sales.change("Bottle Sale", made["name"], notes="x", **tricks))
	kept = ("name", "owner", "creation", "idx")
	assert [changed[key] for key in kept] == [made[key] for key in kept]
	assert changed["notes"] == "x"


def test_cancelling_changes_no_fact(records: Records, shop: Any, sales: Client, manager: Client) -> None:
	name = records.make("Bottle Sale", "sales", "s")
	before = data(manager.read("Bottle Sale", name))
	lines = [before["items"][0] | {"quantity": 500, "unit_price": 9}]
	data(
		sales.change(
			"Bottle Sale", name, docstatus=2, items=lines, total_price=9, notes="never", status="Shipped"
		)
	)
	after = data(manager.read("Bottle Sale", name))
	assert (after["docstatus"], after["status"]) == (2, "Cancelled")
	same = ("total_price", "notes", "profit", "customer", "date")
	assert {key: after.get(key) for key in same} == {key: before.get(key) for key in same}
	assert [line["quantity"] for line in after["items"]] == [1]


def test_a_line_added_to_a_submitted_sale(records: Records, shop: Any, manager: Client) -> None:
	name = records.make("Bottle Sale", "sales", "s")
	parent = {"parent": name, "parenttype": "Bottle Sale", "parentfield": "items", "docstatus": 1}
	line = shop.line(shop.bottle, 5, 4)
	error(manager.insert("Bottle Sale Item", **line, **parent), 409)
	refused = manager.call("frappe.client.insert", doc=line | parent | {"doctype": "Bottle Sale Item"})
	assert error(refused, 417)["code"] == "submitted"
	assert len(data(manager.read("Bottle Sale", name))["items"]) == 1


# The ledger is written by submitted documents only, whoever asks.


@pytest.mark.parametrize("person", ["manager", "admin"])
@pytest.mark.parametrize("doctype", LEDGER)
def test_the_ledger_is_read_only(
	doctype: str, person: str, records: Records, clients: dict[str, Client], fresh: Callable[[], Any]
) -> None:
	user, name = clients[person], records.make(doctype, person)
	before = fresh().get_value(doctype, name, "*", as_dict=True)
	count = fresh().count(doctype)
	values = {"item": records.shop.bottle, "warehouse": records.shop.warehouse, "quantity": 5, "value": 5}
	doc = values | {"doctype": doctype, "name": name}
	for answer in (
		user.insert(doctype, **values),
		user.call("frappe.client.insert", doc=values | {"doctype": doctype}),
		user.change(doctype, name, quantity=5),
		user.call("frappe.client.set_value", doctype=doctype, name=name, fieldname="quantity", value=5),
		user.call("frappe.client.save", doc=doc | {"modified": str(before.modified)}),
		user.delete(doctype, name),
		user.call("frappe.client.delete", doctype=doctype, name=name),
		user.call("frappe.client.rename_doc", doctype=doctype, old_name=name, new_name="other"),
		user.save_form(doc | {"__islocal": 1}, "Save"),
	):
		assert 400 <= answer.status_code < 500, answer.text
		assert answer.json()["detail"]
	# These two answer 200 and list what failed.
	user.call(
		"frappe.client.bulk_update", docs=json.dumps([{"doctype": doctype, "docname": name, "quantity": 5}])
	)
	user.call("frappe.desk.reportview.delete_items", doctype=doctype, items=json.dumps([name]))
	assert fresh().get_value(doctype, name, "*", as_dict=True) == before
	assert fresh().count(doctype) == count


@pytest.fixture(scope="module")
def rows(records: Records) -> dict[str, str]:
	"""A row of every DocType of the ledger."""
	return {doctype: records.make(doctype, "admin") for doctype in LEDGER}


LEDGER_WAYS: dict[str, Callable[[Client, str, str], Any]] = {
	"insert_many": lambda user, doctype, name: user.call(
		"frappe.client.insert_many", docs=[{"doctype": doctype, "quantity": 5}]
	),
	"submit": lambda user, doctype, name: user.call(
		"frappe.client.submit", doc={"doctype": doctype, "name": name}
	),
	"cancel": lambda user, doctype, name: user.call("frappe.client.cancel", doctype=doctype, name=name),
	"title": lambda user, doctype, name: user.call(
		"frappe.model.rename_doc.update_document_title", doctype=doctype, docname=name, name="other"
	),
	"a method": lambda user, doctype, name: user.send(
		"POST",
		"method/run_doc_method",
		json={"dt": doctype, "dn": name, "method": "rename", "args": {"name": "x"}},
	),
	"discard": lambda user, doctype, name: user.send(
		"POST", "method/run_doc_method", json={"dt": doctype, "dn": name, "method": "discard"}
	),
	"discard the form": lambda user, doctype, name: user.call(
		"frappe.desk.form.save.discard", doctype=doctype, name=name
	),
	"calendar": lambda user, doctype, name: user.call(
		"frappe.desk.calendar.update_event",
		args=json.dumps({"doctype": doctype, "name": name, "item": "x"}),
		field_map=json.dumps({"start": "item", "end": "item"}),
	),
	"like": lambda user, doctype, name: user.call(
		"frappe.desk.like.toggle_like", doctype=doctype, name=name, add="Yes"
	),
	"no like": lambda user, doctype, name: user.call(
		"frappe.desk.like.toggle_like", doctype=doctype, name=name
	),
	"tag": lambda user, doctype, name: user.call(
		"frappe.desk.doctype.tag.tag.add_tag", dt=doctype, dn=name, tag="x"
	),
	"no tag": lambda user, doctype, name: user.call(
		"frappe.desk.doctype.tag.tag.remove_tag", dt=doctype, dn=name, tag="x"
	),
	"comment": lambda user, doctype, name: user.call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=doctype,
		reference_name=name,
		content="x",
		comment_email="a@b.test",
		comment_by="x",
	),
	"assign": lambda user, doctype, name: user.call(
		"frappe.desk.form.assign_to.add",
		doctype=doctype,
		name=name,
		assign_to='["manager@bottle.test"]',
		description="x",
	),
	"attach": lambda user, doctype, name: user.send(
		"POST",
		"method/upload_file",
		data={"doctype": doctype, "docname": name},
		files={"file": ("x.txt", b"x")},
	),
}


@pytest.mark.parametrize("way", LEDGER_WAYS)
@pytest.mark.parametrize("doctype", LEDGER)
def test_no_other_way_into_the_ledger(
	doctype: str, way: str, rows: dict[str, str], admin: Client, fresh: Callable[[], Any]
) -> None:
	"""Administrator has every right there is."""
	before = fresh().get_value(doctype, rows[doctype], "*", as_dict=True)
	count = fresh().count(doctype)
	answer = LEDGER_WAYS[way](admin, doctype, rows[doctype])
	assert 400 <= answer.status_code < 500 or (way.startswith("discard") and answer.status_code == 500), (
		answer.text
	)
	assert fresh().get_value(doctype, rows[doctype], "*", as_dict=True) == before
	assert fresh().count(doctype) == count


def test_bulk_changes_of_the_ledger(rows: dict[str, str], admin: Client, fresh: Callable[[], Any]) -> None:
	for doctype, name in rows.items():
		before = fresh().get_value(doctype, name, "*", as_dict=True)
		docs = json.dumps([name])
		method = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
		for action, values in (("update", {"docstatus": 1}), ("submit", None), ("cancel", None)):
			admin.call(method, doctype=doctype, docnames=docs, action=action, data=json.dumps(values))
		admin.call("frappe.desk.reportview.delete_items", doctype=doctype, items=docs)
		admin.call("frappe.desk.doctype.tag.tag.add_tags", dt=doctype, docs=docs, tags='["x"]')
		assert fresh().get_value(doctype, name, "*", as_dict=True) == before


# Everything stays adjustable in Frappe's Role Permission Manager.


@pytest.fixture
def adjust(admin: Client) -> Iterator[Callable[..., None]]:
	"""Changes rules as the Role Permission Manager does, and takes them back in the end."""
	manager = "frappe.core.page.permission_manager.permission_manager"
	touched = set()

	def change(action: str, doctype: str, **rule: Any) -> None:
		touched.add(doctype)
		answer = admin.call(f"{manager}.{action}", **{_doctype_key(action): doctype}, **rule)
		assert answer.status_code == 200, answer.text

	yield change
	for doctype in touched:
		assert admin.call(f"{manager}.reset", doctype=doctype).status_code == 200


def _doctype_key(action: str) -> str:
	return "parent" if action == "add" else "doctype"


def test_a_role_gets_more(
	adjust: Callable[..., None], records: Records, stock: Client, viewer: Client
) -> None:
	name = records.make("Bottle Customer", "manager")
	error(stock.read("Bottle Customer", name), 403)
	adjust("add", "Bottle Customer", role="Bottle Stock User", permlevel=0)
	data(stock.read("Bottle Customer", name))
	error(stock.change("Bottle Customer", name, notes="x"), 403)
	adjust("update", "Bottle Customer", role="Bottle Stock User", permlevel=0, ptype="write", value=1)
	data(stock.change("Bottle Customer", name, notes="x"))
	error(viewer.change("Bottle Customer", name, notes="x"), 403)


def test_a_role_gets_less(adjust: Callable[..., None], records: Records, sales: Client) -> None:
	name = records.make("Bottle Sale", "sales")
	data(sales.read("Bottle Sale", name))
	adjust(
		"update", "Bottle Sale", role="Bottle Sales User", permlevel=0, ptype="submit", value=0, if_owner=1
	)
	error(sales.change("Bottle Sale", name, docstatus=1), 403)


def test_a_role_may_see_costs(adjust: Callable[..., None], records: Records, viewer: Client) -> None:
	"""In readings, filters and answers to changes alike."""
	name = records.make("Bottle Sale", "sales", "s")
	assert "profit" not in data(viewer.read("Bottle Sale", name))
	error(viewer.list("Bottle Sale", order_by="profit"), 403)
	adjust("add", "Bottle Sale", role="Bottle Viewer", permlevel=1)
	assert data(viewer.read("Bottle Sale", name))["profit"] > 0
	data(viewer.list("Bottle Sale", order_by="profit"))


def test_who_may_see_what_blows_cost_may_not_see_what_stock_costs(
	adjust: Callable[..., None], records: Records, viewer: Client
) -> None:
	"""What a blow would cost tells what its preforms are worth; what one did cost is the blow's own."""
	name = records.make("Blow", "stock", "s")
	adjust("add", "Blow", role="Bottle Viewer", permlevel=1)
	method = "bottle_mfg.api.v1.blow_costs"
	assert data(viewer.call(method, name=name))["total_cost"] > 0
	draft = {one: data(viewer.read("Blow", name))[one] for one in ("from_item", "quantity", "good_quantity")}
	error(viewer.call(method, doc=draft), 403)


@pytest.mark.parametrize("person", ["manager", "stock"])
def test_an_amendment_that_says_no_rate_keeps_that_of_the_original(
	person: str, adjust: Callable[..., None], records: Records, clients: dict[str, Client]
) -> None:
	"""The form of who may not see the rate has none to send."""
	values = records.values("Blow")
	wrong = data(clients["manager"].insert("Blow", **values, blow_cost_per_unit=0.75, docstatus=1))["name"]
	data(clients["manager"].call("frappe.client.cancel", doctype="Blow", name=wrong))
	adjust("remove", "Blow", role="Bottle Stock User", permlevel=1)

	def rate(**more: Any) -> float:
		name = data(clients[person].insert("Blow", **values, **more))["name"]
		return data(clients["manager"].read("Blow", name))["blow_cost_per_unit"]

	assert rate() == 0, "what the settings say"
	assert rate(amended_from=wrong) == 0.75


def test_the_adjustments_are_taken_back(records: Records, stock: Client, viewer: Client) -> None:
	error(stock.read("Bottle Customer", records.make("Bottle Customer", "manager")), 403)
	assert "profit" not in data(viewer.read("Bottle Sale", records.make("Bottle Sale", "sales", "s")))


def test_rights_to_the_ledger_open_nothing(
	adjust: Callable[..., None], rows: dict[str, str], stock: Client, fresh: Callable[[], Any]
) -> None:
	"""An admin may tick what he likes in the Role Permission Manager."""
	for right in ("write", "create", "delete"):
		adjust("update", "Bottle Stock", role="Bottle Stock User", permlevel=0, ptype=right, value=1)
	name = rows["Bottle Stock"]
	before = fresh().get_value("Bottle Stock", name, "*", as_dict=True)
	error(stock.change("Bottle Stock", name, quantity=5), 403)
	error(stock.delete("Bottle Stock", name), 403)
	error(stock.insert("Bottle Stock", quantity=5), 403)
	assert fresh().get_value("Bottle Stock", name, "*", as_dict=True) == before
