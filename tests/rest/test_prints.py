"""Prints over HTTP: the figures are the document's, nobody reads more than he may, and no name does anything."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from tests.rest.conftest import Client, data
from tests.rest.test_costs import FIGURES
from tests.rest.test_portal import customer_login, page

HOSTILE = "<script>alert(1)</script>&\"x\"'y'"
HARMLESS = re.compile(r"(\w+)&lt;script&gt;alert\(1\)&lt;/script&gt;&amp;&#34;x&#34;&#39;y&#39;")
SHOWN = {
	"sale": {"seller", "bank", "terms", "address", "phone", "item", "hsn"},
	"returned": {"seller", "terms", "address", "phone", "item"},
	"bought": {"seller", "supplier", "bill", "notes", "item"},
	"blown": {"seller", "machine", "operator", "remark", "item", "neck", "colour"},
	"paid": {"seller", "address", "phone", "reference"},
	"account": {"seller", "bank", "address", "phone", "reference"},
}
"""What people wrote that stands on a print of each kind."""
PAPER = {
	"factory_address": "Plot 14\nThane",
	"factory_tax_id": "27AAKFS5550P1Z3",
	"bank_account": "005500120045",
	"upi_id": "factory@bank",
	"invoice_terms": "Back within 15 days.",
}


@pytest.fixture(scope="module")
def paper(shared: Any, clients: dict[str, Client]) -> Iterator[SimpleNamespace]:
	"""A factory with a name on paper, and one document of each kind; scripts in every name that people choose."""
	import frappe

	frappe.db.rollback()
	_write_names(shared)
	bought = shared.purchase(10, 77.25, supplier_bill_no=f"B {shared.tag}", other_charges=20).submit()
	bought.db_set({"supplier_bill_no": f"B {shared.tag} bill{HOSTILE}", "notes": f"notes{HOSTILE}"})
	shared.purchase(items=[shared.line(shared.cap, 1000, 0.1)]).submit()
	blown = shared.blow(
		10,
		8,
		shift="Night",
		rejects=[{"stage": "Bottle", "reason": "Burst", "quantity": 1}],
		materials=[{"item": shared.cap, "quantity": 8}],
	).submit()
	written = {
		"machine": f"machine{HOSTILE}",
		"operator": f"Ramesh operator{HOSTILE}",
		"notes": f"remark{HOSTILE}",
	}
	blown.db_set(written)
	frappe.db.commit()
	frappe.clear_document_cache("Bottle Mfg Settings", "Bottle Mfg Settings")
	lines = [
		shared.line(shared.bottle, 100, 3.5, blow_price=0.5),
		shared.line(shared.cap, 40, 0.425),
		shared.line(shared.bottle, 20, 4),
	]
	values = {
		"customer": shared.customer,
		"warehouse": shared.warehouse,
		"items": lines,
		"notes": "ours alone",
	}
	sold = data(clients["sales"].insert("Bottle Sale", docstatus=1, **values))
	frappe.db.rollback()
	sale = frappe.get_doc("Bottle Sale", sold["name"])
	paid = shared.pay(sale, 197, mode="UPI", transaction_ref="REF-9")
	paid.db_set("transaction_ref", f"REF-9 reference{HOSTILE}")
	back = [{"item": shared.bottle, "quantity": 20, "against_row": sale.items[2].name}]
	returned = shared.make("Bottle Sale", is_return=1, return_against=sale.name, items=back).submit()
	other = shared.sale(5, 4).submit()
	frappe.db.commit()
	yield SimpleNamespace(
		sale=sale.name,
		paid=paid.name,
		returned=returned.name,
		other=other.name,
		bought=bought.name,
		blown=blown.name,
		account=shared.customer,
	)
	frappe.db.rollback()
	settings = frappe.get_doc("Bottle Mfg Settings")
	settings.update(dict.fromkeys((*PAPER, "legal_name", "bank_name"))).save()
	frappe.db.commit()


def _write_names(shared: Any) -> None:
	"""On paper: the factory, its items, a customer and a supplier, each with a script of somebody's in it."""
	import frappe

	frappe.get_doc("Bottle Mfg Settings").update(PAPER).save()
	frappe.db.set_single_value("Bottle Mfg Settings", "legal_name", f"Ganga & Söhne seller{HOSTILE}")
	frappe.db.set_single_value("Bottle Mfg Settings", "bank_name", f"bank{HOSTILE}")
	frappe.db.set_single_value(
		"Bottle Mfg Settings", "invoice_terms", f"{PAPER['invoice_terms']} terms{HOSTILE}"
	)
	for item, values in (
		(shared.bottle, {"hsn_code": "39233090", "colour": f"colour{HOSTILE}"}),
		(shared.cap, {"hsn_code": f"hsn{HOSTILE}"}),
		(shared.preform, {"hsn_code": "39233010", "neck_finish": f"neck{HOSTILE}"}),
	):
		frappe.db.set_value("Bottle Item", item, {"item_name": f"{item} शीशी item{HOSTILE}", **values})
	buyer = {
		"tax_id": "24AAGCH0102M1Z6",
		"address": f"12 GIDC address{HOSTILE}\nVapi",
		"phone": f"phone{HOSTILE}",
	}
	frappe.db.set_value("Bottle Customer", shared.customer, buyer)
	frappe.db.set_value("Bottle Supplier", shared.supplier, "address", f"supplier{HOSTILE}")


def printed(client: Client, doctype: str, name: str, **parameters: Any) -> requests.Response:
	return page(client, "printview", doctype=doctype, name=name, **parameters)


def text_of(answer: requests.Response) -> str:
	"""What a reader of the page reads."""
	assert answer.status_code == 200, answer.text[:2000]
	_head, _, body = answer.text.partition("<body>")
	body = re.sub(r"<(style|script)\b.*?</\1>", " ", body, flags=re.DOTALL)
	return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def pdf_of(answer: requests.Response) -> list[str]:
	"""The text of each page of a PDF."""
	from pypdf import PdfReader

	assert answer.status_code == 200, answer.text[:2000]
	assert answer.content.startswith(b"%PDF"), answer.text[:500]
	return [re.sub(r"\s+", " ", one.extract_text()) for one in PdfReader(io.BytesIO(answer.content)).pages]


def get(client: Client, method: str, **parameters: Any) -> requests.Response:
	return client.send("GET", f"method/{method}", params=parameters)


def test_the_invoice(paper: SimpleNamespace, shared: Any, sales: Client) -> None:
	from frappe.utils import money_in_words

	text = text_of(printed(sales, "Bottle Sale", paper.sale))
	for part in (
		"Ganga &amp; Söhne",
		"27AAKFS5550P1Z3",
		"Maharashtra (27)",
		"24AAGCH0102M1Z6",
		"Place of Supply Gujarat (24)",
		"Vapi",
		"100 pcs 4.00 blowing 0.50 400.00",
		"40 pcs 0.425 17.00",
		"20 pcs 4.00 80.00",
		"120 pcs 480.00",
		"40 pcs 17.00",
		money_in_words(497),
		"Partly paid",
		"005500120045",
		"Back within 15 days.",
	):
		assert part in text, (part, text)
	assert re.search(r"Total 160 pcs \S+ 497\.00", text)
	assert re.search(r"Paid \S+ 197\.00", text)
	assert re.search(r"Credited for returns \S+ 80\.00 To pay \S+ 220\.00", text)
	assert "ours alone" not in text


@pytest.mark.parametrize("person", ["manager", "sales", "viewer"])
def test_an_invoice_shows_no_cost_to_anybody(
	person: str, paper: SimpleNamespace, clients: dict[str, Client]
) -> None:
	answer = printed(clients[person], "Bottle Sale", paper.sale)
	assert text_of(answer)
	assert not FIGURES.search(answer.text)
	for word in ("profit", "Profit", "cost_of_goods", "Cost of Goods"):
		assert word not in answer.text


def test_a_credit_note(paper: SimpleNamespace, manager: Client) -> None:
	text = text_of(printed(manager, "Bottle Sale", paper.returned))
	assert "Credit Note" in text
	assert f"Against Invoice {paper.sale}" in text
	assert re.search(r"Total credited 20 pcs \S+ 80\.00", text)
	assert re.search(rf"Taken off {paper.sale} \S+ 80\.00", text)
	assert not re.search(r"-80\b|-20 pcs", text)


def test_a_purchase(paper: SimpleNamespace, shared: Any, stock: Client, viewer: Client) -> None:
	text = text_of(printed(stock, "Bottle Purchase", paper.bought))
	assert re.search(r"77\.25 772\.50 Other Charges 20\.00 Total 10 pcs \S+ 792\.50", text)
	assert f"B {shared.tag}" in text
	seen = printed(viewer, "Bottle Purchase", paper.bought)
	assert "Goods Received" in text_of(seen)
	assert "10 pcs" in text_of(seen)
	for amount in ("77.25", "772.5", "792.5", "20.00"):
		assert amount not in text_of(seen)


def test_a_batch_card(paper: SimpleNamespace, manager: Client) -> None:
	text = text_of(printed(manager, "Blow", paper.blown))
	for part in (
		"Night",
		"Ramesh",
		"Preforms in 10",
		"Good bottles out 8",
		"Rejects 2",
		"Reject rate 20.00 %",
	):
		assert part in text
	assert "Bottle Burst 1 10.00 % No reason given 1 10.00 %" in text
	assert re.search(r"Used CAP-\S+ .{0,80} 8 pcs", text)
	for word in ("Cost", "21.", "168"):
		assert word not in text


def test_a_receipt(paper: SimpleNamespace, manager: Client, sales2: Client) -> None:
	from frappe.utils import money_in_words

	text = text_of(printed(manager, "Bottle Payment", paper.paid))
	for part in (
		"Payment Receipt",
		"Received from",
		money_in_words(197),
		f"For Invoice {paper.sale}",
		"UPI",
		"REF-9",
	):
		assert part in text
	assert re.search(r"Open on \S+ \S+ 220\.00", text)
	assert printed(sales2, "Bottle Payment", paper.paid).status_code in (403, 404)


def test_only_the_marks_that_are_due(paper: SimpleNamespace, shared: Any, db: Any, manager: Client) -> None:
	assert 'document-status="' not in printed(manager, "Bottle Sale", paper.sale).text
	draft = shared.sale(3, 4)
	failed = shared.payment(
		shared.sale(1, 4).submit(), 4, result="Failed", failure_reason="declined"
	).submit()
	failed.db_set("failure_reason", f"declined{HOSTILE}")
	db.commit()
	assert 'document-status="draft">Draft<' in printed(manager, "Bottle Sale", draft.name).text
	answer = printed(manager, "Bottle Payment", failed.name)
	assert "This payment failed" in text_of(answer)
	assert "declined" in HARMLESS.findall(answer.text)


def test_who_may_print(
	paper: SimpleNamespace, sales: Client, sales2: Client, stock: Client, guest: Client, manager: Client
) -> None:
	assert paper.sale in text_of(printed(sales, "Bottle Sale", paper.sale))
	assert paper.other in text_of(printed(manager, "Bottle Sale", paper.other))
	for client, name in (
		(sales, paper.other),
		(sales2, paper.sale),
		(stock, paper.sale),
		(guest, paper.sale),
	):
		asked = {"doctype": "Bottle Sale", "name": name}
		for answer in (
			printed(client, **asked),
			get(client, "frappe.utils.print_format.download_pdf", **asked),
			client.call("frappe.www.printview.get_html_and_style", doc="Bottle Sale", name=name),
		):
			assert answer.status_code in (301, 302, 401, 403, 404), answer.text[:500]
			assert "497.00" not in answer.text


def test_what_is_printed_is_what_is_stored(
	paper: SimpleNamespace, sales2: Client, sales: Client, db: Any
) -> None:
	"""A client that sends a document may say that he wrote it, and what it comes to."""
	import frappe

	from bottle_mfg.printing.jinja import bottle_print

	claim = {"doctype": "Bottle Sale", "name": paper.sale, "owner": "sales2@bottle.test", "docstatus": 1}
	claim |= {"total_price": 1, "items": []}
	way = "frappe.www.printview.get_html_and_style"
	refused = sales2.call(way, doc=json.dumps(claim))
	assert refused.status_code in (403, 404), refused.text[:500]
	assert "497.00" not in refused.text
	own = sales.call(way, doc=json.dumps(claim | {"owner": "sales@bottle.test"}))
	assert own.status_code == 200, own.text[:500]
	assert "497.00" in own.text
	frappe.set_user("sales2@bottle.test")
	with pytest.raises((frappe.PermissionError, frappe.DoesNotExistError)):
		bottle_print(frappe.get_doc(claim))


@pytest.mark.parametrize("kind", SHOWN)
def test_no_name_is_run(kind: str, paper: SimpleNamespace, manager: Client) -> None:
	doctypes = {
		"bought": "Bottle Purchase",
		"blown": "Blow",
		"paid": "Bottle Payment",
		"account": "Bottle Customer",
	}
	answer = printed(manager, doctypes.get(kind, "Bottle Sale"), getattr(paper, kind))
	assert text_of(answer)
	assert not re.findall(r".{30}<script>alert.{30}", answer.text)
	assert set(HARMLESS.findall(answer.text)) == SHOWN[kind]


def test_a_letter_head(paper: SimpleNamespace, db: Any, shared: Any, manager: Client) -> None:
	name = f"Head {shared.tag}"
	values = {"letter_head_name": name, "source": "HTML", "content": f"<h2>Since 1998 {shared.tag}</h2>"}
	head = shared.make("Letter Head", **values)
	db.commit()
	try:
		with_it = printed(manager, "Bottle Sale", paper.sale, letterhead=name, no_letterhead=0)
		assert text_of(with_it).count(f"Since 1998 {shared.tag}") == 1
		without = printed(manager, "Bottle Sale", paper.sale, letterhead=name, no_letterhead=1)
		assert shared.tag in text_of(without)
		assert "Since 1998" not in text_of(without)
	finally:
		head.delete()
		db.commit()


def test_our_pdfs_have_a_letter_head_where_the_site_prints_with_one(
	paper: SimpleNamespace, db: Any, shared: Any, manager: Client
) -> None:
	def pdf() -> str:
		return " ".join(
			pdf_of(get(manager, "bottle_mfg.printing.download.statement", customer=shared.customer))
		)

	name, field = f"Usual {shared.tag}", ("Print Settings", "with_letterhead")
	values = {"letter_head_name": name, "source": "HTML", "content": f"<h2>Since 1998 {shared.tag}</h2>"}
	usual = db.get_value("Letter Head", {"is_default": 1})
	was = db.get_single_value(*field)
	head = shared.make("Letter Head", is_default=1, **values)
	try:
		for wanted in (1, 0):
			db.set_single_value(*field, wanted)
			db.commit()
			assert ("Since 1998" in pdf()) == bool(wanted)
	finally:
		db.rollback()
		head.delete()
		db.set_single_value(*field, was)
		if usual:
			db.set_value("Letter Head", usual, "is_default", 1)
		db.commit()


def test_a_long_invoice_breaks_well(paper: SimpleNamespace, shared: Any, db: Any, manager: Client) -> None:
	"""As PDF: every page has the table's head, every line stands on one page, and the total is not alone."""
	lines = [shared.line(shared.bottle, number, 1.25) for number in range(1, 61)]
	draft = shared.sale(items=lines)
	db.commit()
	asked = {"doctype": "Bottle Sale", "name": draft.name}
	pages = pdf_of(get(manager, "frappe.utils.print_format.download_pdf", **asked))
	assert 3 <= len(pages) <= 5
	for number, text in enumerate(pages, 1):
		assert "HSN" in text and "Quantity" in text and "Amount (" in text
		assert number == 1 or f"{number} of {len(pages)}" in text
	for number in range(1, 61):
		line = f"{number * 1.25:,.2f}"
		assert sum(f" {line} " in f" {text} " for text in pages) >= 1, number
	assert "2,287.50" in pages[-1]
	assert "60 pcs" in pages[-1] and "59 pcs" in pages[-1]
	assert "Draft" in pages[0] or "DRAFT" in pages[0]


def test_from_the_list_and_with_a_mail(paper: SimpleNamespace, db: Any, manager: Client) -> None:
	import frappe

	names = json.dumps([paper.sale, paper.other])
	pages = pdf_of(
		get(manager, "frappe.utils.print_format.download_multi_pdf", doctype="Bottle Sale", name=names)
	)
	assert [paper.sale in pages[0], paper.other in pages[1], len(pages)] == [True, True, 2]
	assert "Invoice" in pages[0]
	attached = frappe.attach_print("Bottle Payment", paper.paid)
	assert attached["fname"] == f"{paper.paid}.pdf"
	assert attached["fcontent"].startswith(b"%PDF")


def test_a_statement(
	paper: SimpleNamespace, shared: Any, sales: Client, stock: Client, manager: Client
) -> None:
	way = "bottle_mfg.printing.download.statement"
	text = " ".join(pdf_of(get(manager, way, customer=shared.customer)))
	for part in ("Statement of Account", paper.sale, paper.other, paper.returned, paper.paid, "Not Due"):
		assert part in text
	assert "Billed or refunded" in text
	for balance in ("497.00", "417.00"):
		assert balance in text
	own = text_of(printed(sales, "Bottle Customer", shared.customer))
	assert paper.sale in own and paper.other not in own
	assert "Only your own documents" in own
	assert get(stock, way, customer=shared.customer).status_code in (403, 404)
	assert get(manager, way, customer=shared.customer, from_date="soon").status_code == 422
	assert get(manager, way, customer="Nobody").status_code == 404


def test_the_customer_takes_his_own_papers(
	paper: SimpleNamespace, shared: Any, url: str, db: Any, sales: Client
) -> None:
	other = shared.make("Bottle Customer", customer_name=f"Else {shared.tag}").name
	theirs = shared.sale(1, 4, customer=other).submit()
	draft = shared.sale(1, 4)
	me = customer_login(url, shared.customer)
	bill, account = "bottle_mfg.portal.prints.bill", "bottle_mfg.portal.prints.statement"
	(text,) = pdf_of(get(me, bill, name=paper.sale))
	assert paper.sale in text and "497.00" in text
	assert not FIGURES.search(text)
	text = " ".join(pdf_of(get(me, account)))
	assert paper.sale in text and paper.other in text and theirs.name not in text
	for name in (theirs.name, draft.name, "SO-000000-0000", ""):
		assert get(me, bill, name=name).status_code == 404
	for who in (sales, Client(url)):
		assert get(who, bill, name=paper.sale).status_code in (401, 403)
		assert get(who, account).status_code in (401, 403)
	refused = get(me, "frappe.utils.print_format.download_pdf", doctype="Bottle Sale", name=paper.sale)
	assert refused.status_code in (403, 404)
