// Figures shown while a document is a draft. The server computes them anew and takes none of these.

/** Show computed values of the document, without making it a changed one. */
export function show_values(frm, values) {
	for (const [fieldname, value] of Object.entries(values)) {
		if (frm.doc[fieldname] === value) continue;
		frm.doc[fieldname] = value;
		frm.refresh_field(fieldname);
	}
}

/** Show computed values of a line in the grid; the cell that is being typed in keeps its focus. */
export function show_in_row(frm, row, values) {
	const grid_row = frm.fields_dict[row.parentfield].grid.grid_rows_by_docname[row.name];
	for (const [fieldname, value] of Object.entries(values)) {
		if (row[fieldname] === value) continue;
		row[fieldname] = value;
		grid_row && grid_row.refresh_field(fieldname);
	}
}

/** Show each line's amount for the unit price that `unit_price(row)` gives, and return their sum. */
export function line_totals(frm, unit_price) {
	let total = 0;
	for (const row of frm.doc.items || []) {
		const amount = flt(flt(row.quantity) * unit_price(row), precision("amount", row));
		show_in_row(frm, row, { amount });
		total += amount;
	}
	return total;
}
