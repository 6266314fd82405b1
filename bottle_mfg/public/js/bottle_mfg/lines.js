// The lines of a purchase or a sale.
import { quantity } from "./numbers";

/** The first line of a new document, made where Frappe made none: it does so for tables that always need one. */
export function first_line(doc) {
	const { options } = frappe.meta.get_docfield(doc.doctype, "items");
	return (doc.items || [])[0] || frappe.model.add_child(doc, options, "items");
}

/** Put the cursor into the first line, if it is still empty: the partner is chosen, the goods come next. */
export function start_first_line(frm) {
	const first = (frm.doc.items || [])[0];
	if (!frm.is_new() || !first || first.item) return;
	const { grid } = frm.fields_dict.items;
	grid.grid_rows_by_docname[first.name].activate();
	grid.set_focus_on_row(0);
}

/** Take away the lines where nothing was typed into a column: Tab leaves one behind the last that was. */
export function drop_empty_lines(frm) {
	for (const table of frm.meta.fields.filter((df) => df.fieldtype === "Table")) {
		const columns = frappe.meta.docfield_list[table.options].filter((df) => df.in_list_view);
		const is_typed = (row, df) => row[df.fieldname] && row[df.fieldname] !== df.default;
		const is_empty = (row) => !columns.some((df) => is_typed(row, df));
		const empty = (frm.doc[table.fieldname] || []).filter(is_empty);
		empty.forEach((row) => frappe.model.clear_doc(row.doctype, row.name));
		if (empty.length) frm.refresh_field(table.fieldname);
	}
}

/** The goods of some lines in words, short however many they are. */
export function list_goods(lines) {
	if (lines.length > 3) return __("{0} lines of goods", [lines.length]);
	return lines
		.map((row) => `${quantity(row.quantity)} ${frappe.utils.escape_html(row.item)}`)
		.join(", ");
}
