// Goods that come back: what the forms of sales and purchases show of it.
import { quantity } from "./numbers";

/** -1 on a return, else 1: the sign of its amounts. */
export const sign_of = (doc) => (doc.is_return ? -1 : 1);

/** On a submitted document what came back of it, and a button for what has not; on a return what it is of.
 *
 * `partner` is the field of the customer or supplier: a return has that of its original.
 */
export function show_returns(frm, partner) {
	const { doc } = frm;
	// The connections of the form have a button for it, too.
	const may_return = () => doc.docstatus === 1 && !doc.is_return && is_left(doc);
	frm.can_make_methods = { ...frm.can_make_methods, [doc.doctype]: may_return };
	frm.make_methods = { ...frm.make_methods, [doc.doctype]: () => make_return(doc.doctype, doc.name) };
	frm.set_df_property(partner, "read_only", doc.is_return ? 1 : 0);
	if (doc.is_return) {
		say(frm, __("Return of {0}", [link(doc.doctype, doc.return_against)]));
		return;
	}
	if (doc.docstatus !== 1) return;
	const { quantities = {}, returns = [] } = (doc.__onload || {}).came_back || {};
	const back = doc.items.filter((row) => flt(quantities[row.name]));
	if (back.length) {
		const goods = back.map((row) => came_back(row, quantities[row.name])).join(", ");
		const names = returns.map((name) => link(doc.doctype, name)).join(", ");
		say(frm, [__("Came back: {0}", [goods]), names].filter(Boolean).join(" · "));
	}
	if (is_left(doc) && frappe.model.can_create(doc.doctype)) {
		frm.add_custom_button(__("Return"), () => make_return(doc.doctype, doc.name));
	}
}

/** Whether there are lines of which not all came back. */
function is_left(doc) {
	const { quantities = {} } = (doc.__onload || {}).came_back || {};
	return doc.items.some((row) => flt(row.quantity) > flt(quantities[row.name]));
}

/** The pill of a list for a return, in place of its status. */
export function return_indicator(doc) {
	if (doc.is_return && doc.docstatus === 1) return [__("Return"), "orange", "is_return,=,1"];
}

async function make_return(doctype, name) {
	const [draft] = frappe.model.sync(await frappe.xcall("bottle_mfg.api.v1.make_return", { doctype, name }));
	return frappe.set_route("Form", doctype, draft.name);
}

// A headline is added to those that stand there, and a form is refreshed twice on its way to submit.
function say(frm, words) {
	frm.layout.wrapper.find(".came-back").remove();
	frm.dashboard.set_headline(`<div class="came-back">${words}</div>`, "orange", true);
}

function came_back(row, back) {
	return __("{0} of {1} {2}", [
		quantity(back),
		quantity(row.quantity),
		frappe.utils.escape_html(row.item),
	]);
}

function link(doctype, name) {
	return frappe.utils.get_form_link(doctype, name, true, frappe.utils.escape_html(name));
}
