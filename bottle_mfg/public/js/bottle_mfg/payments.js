// From a bill to its payment.
import { new_document } from "./new_document";

// What is done with money for a bill: a payment that comes in or goes out, or a refund of a return.
function payment_label(doctype, is_return) {
	if (doctype === "Bottle Sale") return is_return ? __("Refund") : __("Receive Payment");
	return is_return ? __("Receive Refund") : __("Pay");
}

/** On a bill of which something is outstanding, a button that opens its payment, filled in. */
export function offer_payment(frm, partner) {
	const { doctype, doc } = frm;
	const open = doc.docstatus === 1 && Boolean(doc.outstanding_amount) && may_pay(doc);
	// The connections of the form have a button for it, too.
	frm.can_make_methods = { ...frm.can_make_methods, "Bottle Payment": () => open };
	frm.make_methods = { ...frm.make_methods, "Bottle Payment": () => pay(frm, partner) };
	if (open) frm.add_custom_button(payment_label(doctype, doc.is_return), () => pay(frm, partner));
}

/** Open a new payment with the values of another one, which failed. */
export function try_again(frm) {
	const same = ["reference_type", "reference_name", "party_type", "party", "direction", "amount", "mode"];
	const values = Object.fromEntries(same.map((fieldname) => [fieldname, frm.doc[fieldname]]));
	return new_document("Bottle Payment", { ...values, retry_of: frm.docname });
}

// Money is given back to customers by those who may take a payment back.
function may_pay(doc) {
	const refund = doc.doctype === "Bottle Sale" && doc.is_return;
	return frappe.model.can_create("Bottle Payment") && (!refund || frappe.model.can_cancel("Bottle Payment"));
}

function pay(frm, partner) {
	const { doctype, doc } = frm;
	const sale = doctype === "Bottle Sale";
	return new_document("Bottle Payment", {
		reference_type: doctype,
		reference_name: doc.name,
		party_type: sale ? "Bottle Customer" : "Bottle Supplier",
		party: doc[partner],
		direction: sale === !doc.is_return ? "Receive" : "Pay",
		amount: Math.abs(doc.outstanding_amount),
	});
}
