// Large documents: asking for a second person's approval, giving it, and the question asked once more.
// The server holds the limits, too: here they only spare people a refusal.
import { money, quantity } from "./numbers";

const V1 = "bottle_mfg.api.v1";
const PENDING = "Pending Approval";
const { amounts = {}, limits = {}, confirm_above } = (frappe.boot.bottle_mfg || {}).approval || {};

for (const doctype of Object.keys(amounts)) {
	frappe.ui.form.on(doctype, { refresh: show_approval });
}

/** Whether the draft is above its limit, and nobody has approved what it says. */
export function lacks_approval(frm) {
	const limit = flt(limits[frm.doctype]);
	if (!limit || amount_of(frm) <= limit) return false;
	return !frm.doc.approved_by || frm.is_dirty();
}

/** Offer what there is to do in place of a submit: to approve, or to save the draft and ask somebody for it. */
export function offer_approval(frm) {
	const { may_approve } = state_of(frm);
	if (may_approve && !frm.is_dirty()) return approve(frm);
	const words = [
		__("{0} is above {1}: a second person has to approve it before it is submitted.", [
			shown(frm, amount_of(frm)),
			shown(frm, limits[frm.doctype]),
		]),
		__("Save it and ask for the approval?"),
	];
	frappe.confirm(words.join("<br><br>"), () => request(frm));
}

/** Ask `sentence` before a submit; for a large document in a way that nobody clicks away unread. */
export function confirm_submit(frm, sentence, yes, no) {
	const limit = flt(confirm_above);
	const amount = frm.doctype === "Blow" ? 0 : amount_of(frm);
	if (!limit || amount <= limit) return frappe.confirm(sentence, yes, no);
	const title = __("This is a large one: {0}", [money(amount)]);
	let going = false;
	const go = () => {
		going = true;
		yes();
	};
	const dialog = frappe.warn(title, sentence, go, __("Submit"));
	dialog.onhide = () => going || no();
	return dialog;
}

/** The pill of a draft in a list. */
export function draft_indicator(doc) {
	if (doc.docstatus !== 0) return null;
	if (doc.approved_by) return [__("Approved"), "blue", "approved_by,is,set"];
	if (doc.workflow_state === PENDING) return [__(PENDING), "yellow", `workflow_state,=,${PENDING}`];
	return [__("Draft"), "red", "docstatus,=,0"];
}

function show_approval(frm) {
	if (frm.doc.docstatus !== 0 || frm.is_new()) return;
	const { doc } = frm;
	if (doc.approved_by) {
		say(frm, __("Approved by {0}. A change would void that.", [frappe.user.full_name(doc.approved_by)]), "blue");
		return;
	}
	const { needed, may_approve, by_workflow } = state_of(frm);
	if (!needed) return;
	say(
		frm,
		doc.workflow_state === PENDING
			? __("Waits for the approval of a second person.")
			: __("Above its limit: a second person has to approve it."),
		"orange"
	);
	// Frappe's own menu of actions has them then.
	if (by_workflow) return;
	if (may_approve) {
		frm.add_custom_button(__("Approve"), () => approve(frm));
		frm.change_custom_button_type(__("Approve"), null, "primary");
		frm.add_custom_button(__("Reject"), () => reject(frm));
	} else if (doc.workflow_state !== PENDING) {
		frm.add_custom_button(__("Request Approval"), () => request(frm));
	}
}

// In place of Frappe's "Submit this document to confirm".
function say(frm, words, colour) {
	frm.set_intro();
	frm.set_intro(words, colour);
}

async function request(frm) {
	if (frm.is_new() || frm.is_dirty()) await frm.save();
	if (frm.is_new() || frm.is_dirty()) return; // what is wrong was said
	await call(frm, "request_approval");
	frappe.show_alert({ message: __("Saved. Those who may approve it have been told."), indicator: "green" });
}

function approve(frm) {
	const sentence = __("Approve {0} over {1}, and submit it?", [frm.docname, shown(frm, amount_of(frm))]);
	frappe.confirm(sentence, () => call(frm, "approve", { modified: frm.doc.modified, submit: 1 }));
}

function reject(frm) {
	const reason = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
	const send = (values) => call(frm, "reject_approval", values);
	frappe.prompt([reason], send, __("Reject {0}", [frm.docname]), __("Reject"));
}

async function call(frm, method, more = {}) {
	await frappe.xcall(`${V1}.${method}`, { doctype: frm.doctype, name: frm.docname, ...more });
	return frm.reload_doc();
}

const state_of = (frm) => (frm.doc.__onload || {}).approval || {};

function amount_of({ doc, doctype }) {
	return doc.result === "Failed" ? 0 : Math.abs(flt(doc[amounts[doctype]])); // a failed payment moves nothing
}

function shown(frm, amount) {
	return frm.doctype === "Blow" ? __("{0} preforms", [quantity(amount)]) : money(amount);
}
