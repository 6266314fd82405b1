// What there was when the books began: what the forms of counts, sales and purchases show of it.

/** An entry in the menu of a new form that turns it into an opening balance or opening stock; `label` says which. */
export function offer_opening(frm, label) {
	if (!frm.is_new() || frm.doc.is_return || frm.doc.is_opening) return;
	if (!frappe.model.can_import(frm.doctype)) return;
	frm.page.add_menu_item(label, () => frm.set_value("is_opening", 1));
}

/** Leave out of an opening balance the empty line that the form began with, and show what is left. */
export function show_opening_bill(frm) {
	if (!frm.doc.is_opening || frm.doc.docstatus !== 0) return;
	frm.clear_table("items");
	frm.refresh_fields();
}

/** Show the column of opening costs where there is opening stock. */
export function show_opening_costs(frm) {
	const { grid } = frm.get_field("items");
	const shown = frm.doc.is_opening ? 1 : 0;
	if (grid.opening_costs_shown === shown) return;
	grid.opening_costs_shown = shown;
	grid.update_docfield_property("opening_cost", "in_list_view", shown);
	grid.update_docfield_property("reason", "in_list_view", 1 - shown);
	grid.visible_columns = undefined;
	grid.setup_visible_columns();
	grid.header_row && grid.header_row.wrapper.remove();
	delete grid.header_row;
	grid.make_head();
	grid.grid_rows.forEach((row) => row.wrapper.remove());
	grid.grid_rows = [];
	grid.refresh();
}
