// What the forms of the documents that move stock share.
import { Availability } from "./availability";
import { confirm_cancel, offer_cost_changes, show_corrections } from "./corrections";
import { drop_empty_lines, first_line } from "./lines";
import { submit_in_one_step } from "./submit";
import { tab_through_what_is_seen } from "./tabbing";
import { today } from "./today";

/** Register the shared behaviour of a form.
 *
 * `form` says: `items(frm)`, the item codes on it; `show(frm)`, which computes and shows its figures;
 * `question(frm)`, asked before submit, null while facts are missing; `focus(frm)`, which puts the cursor
 * where work starts; `next`, the label of the button that starts another one; and `warehouse`, the field that
 * says where the goods are, if it is not called so.
 */
export function entry_form(doctype, form) {
	frappe.ui.form.on(doctype, {
		setup(frm) {
			frm.availability = new Availability(() => frm.doc.docstatus === 0 && form.show(frm));
			submit_in_one_step(frm, form.question);
			tab_through_what_is_seen(frm);
			frm.focus_on_first_input = () => form.focus(frm);
		},
		onload(frm) {
			if (!frm.is_new()) return;
			fill_defaults(frm, place(form));
			if (frm.fields_dict.items && !frm.doc.is_opening) first_line(frm.doc);
		},
		refresh(frm) {
			if (!form.warehouse) hide_the_only_warehouse(frm);
			if (frm.doc.docstatus === 1 && frappe.model.can_create(doctype)) {
				frm.add_custom_button(form.next, () => frappe.new_doc(doctype));
			}
			ask_stock(frm, form);
			show_corrections(frm);
			offer_cost_changes(frm);
		},
		before_cancel: confirm_cancel,
		[place(form)]: (frm) => ask_stock(frm, form),
		// Not every release of Frappe does so itself.
		validate: drop_empty_lines,
	});
}

/** Ask for the stock of the form's items anew: one of them, or the warehouse, has changed. */
export function ask_stock(frm, form) {
	if (frm.doc.docstatus === 0) frm.availability.ask(frm.doc[place(form)], form.items(frm));
}

function place(form) {
	return form.warehouse || "warehouse";
}

function hide_the_only_warehouse(frm) {
	const { default_warehouse, warehouses } = frappe.boot.bottle_mfg;
	const obvious = warehouses < 2 && frm.doc.warehouse === default_warehouse;
	frm.toggle_display("warehouse", !obvious);
}

function fill_defaults(frm, warehouse) {
	const defaults = frappe.boot.bottle_mfg;
	frm.doc[warehouse] = frm.doc[warehouse] || defaults.default_warehouse;
	frm.doc.date = frm.doc.date || today();
	// Frappe does not wait for onload: by now the fields may have been drawn.
	for (const fieldname of [warehouse, "date"]) frm.refresh_field(fieldname);
}
