// How it stands with a customer or supplier, on top of the form.
import { new_document } from "./new_document";
import { money } from "./numbers";
import { dated, escape, figures, pill, show_panel, side_by_side, table } from "./panels";
import { DUE_COLOURS } from "./indicators";

const OVERVIEW = "bottle_mfg.api.v1.party_overview";
const PARTIES = {
	"Bottle Customer": {
		bill: "Bottle Sale",
		party: "customer",
		direction: "Receive",
		statement: "Bottle Customer Statement",
		make: () => __("New Sale"),
		pay: () => __("Receive Payment"),
	},
	"Bottle Supplier": {
		bill: "Bottle Purchase",
		party: "supplier",
		direction: "Pay",
		statement: "Bottle Supplier Statement",
		make: () => __("New Purchase"),
		pay: () => __("Pay"),
	},
};

/** What is owed and late, the latest bills and payments, and buttons for what comes next. */
export function show_party(frm) {
	if (frm.is_new()) return;
	const kind = PARTIES[frm.doctype];
	const { name } = frm.doc;
	if (frappe.boot.user.all_reports[kind.statement]) {
		frm.add_custom_button(__("Statement"), () =>
			frappe.set_route("query-report", kind.statement, { [kind.party]: name })
		);
	}
	offer_documents(frm, kind);
	if (!frappe.model.can_read(kind.bill)) return;
	show_panel(
		frm,
		__("Account"),
		() => frappe.xcall(OVERVIEW, { doctype: frm.doctype, name }),
		(account) => (account.bills ? draw(frm, kind, account) : null)
	);
}

function offer_documents(frm, { bill, party, make }) {
	const may_make = !frm.doc.disabled && frappe.model.can_create(bill);
	const begin = () => new_document(bill, { [party]: frm.doc.name });
	frm.can_make_methods = { [bill]: () => may_make, "Bottle Payment": () => false };
	frm.make_methods = { [bill]: begin };
	if (may_make) frm.add_custom_button(make(), begin);
}

function draw(frm, kind, account) {
	if (account.open_bills && frappe.model.can_create("Bottle Payment")) offer_payment(frm, kind);
	const { credit_days } = frm.doc;
	const late = account.overdue;
	const since = account.oldest_due && __("oldest due {0}", [frappe.datetime.str_to_user(account.oldest_due)]);
	const open = account.open_bills === 1 ? __("1 open bill") : __("{0} open bills", [account.open_bills]);
	return [
		figures([
			[__("Outstanding"), money(account.outstanding), account.open_bills ? open : __("nothing to pay")],
			[__("Overdue"), money(late), late ? since : null, late && "danger"],
			account.to_refund && [__("To Refund"), money(account.to_refund), __("taken off what is outstanding")],
			credit_days && [__("Credit Days"), escape(credit_days)],
		]),
		side_by_side(bills(kind, account.bills), account.payments && payments(account.payments)),
		account.own ? `<p class="text-muted small">${__("Only your own documents and what was paid of them.")}</p>` : "",
	].join("");
}

/** A payment of the bill that is open, or of one of them: the form offers no others. */
function offer_payment(frm, { bill, party, direction, pay }) {
	const { doctype, docname } = frm;
	const label = pay();
	if (frm.custom_buttons[label]) return;
	frm.add_custom_button(label, async () => {
		const open = await frappe.db.get_list(bill, {
			filters: { [party]: docname, docstatus: 1, is_return: 0, payment_status: ["!=", "Paid"] },
			fields: ["name", "outstanding_amount"],
			order_by: "due_date",
			limit: 2,
		});
		const of_bill = open.length === 1 ? { reference_name: open[0].name, amount: open[0].outstanding_amount } : {};
		return new_document("Bottle Payment", {
			reference_type: bill,
			party_type: doctype,
			party: docname,
			direction,
			...of_bill,
		});
	});
}

function bills(kind, list) {
	const rows = list.map((one) => [
		dated(kind.bill, one.name, one.date, state_of(one)),
		money(one.total),
		money(one.outstanding),
	]);
	const columns = [[__("Bill")], [__("Total"), true], [__("Outstanding"), true]];
	return table(__("Latest Bills"), columns, rows, __("None yet"));
}

function state_of({ is_return, payment_status }) {
	if (is_return) return pill(__("Return"), "orange");
	return pill(__(payment_status), DUE_COLOURS[payment_status] || "gray");
}

function payments(list) {
	return payment_table(__("Latest Payments"), list, __("None yet"));
}

/** Payments as rows: date, how it was paid, how much, and what came of those that moved no money. */
export function payment_table(title, list, none) {
	const rows = list.map((one) => [
		dated("Bottle Payment", one.name, one.date, result_of(one)),
		escape([__(one.mode), one.transaction_ref].filter(Boolean).join(" · ")),
		money(one.amount),
	]);
	const columns = [[__("Payment")], [__("Mode")], [__("Amount"), true]];
	return table(title, columns, rows, none);
}

function result_of({ docstatus, result, failure_reason }) {
	if (!docstatus) return pill(__("Draft"), "gray");
	if (result === "Completed") return "";
	return `${pill(__(result), "red")} <span class="text-muted">${escape(failure_reason)}</span>`;
}
