const transfer_form = {
	next: __("New Transfer"),
	warehouse: "from_warehouse",

	focus: (frm) =>
		frm.doc.to_warehouse ? bottle_mfg.start_first_line(frm) : frm.get_field("to_warehouse").set_focus(),

	items: (frm) => (frm.doc.items || []).map((row) => row.item),

	show(frm) {
		const asked = {};
		for (const row of frm.doc.items || []) {
			if (row.item) asked[row.item] = flt(asked[row.item]) + flt(row.quantity);
		}
		bottle_mfg.show_stock_note(frm, asked);
		if (frm.get_perm(1, "read")) show_expected_value(frm);
	},

	question(frm) {
		const lines = frm.doc.items.filter((row) => row.item && flt(row.quantity));
		const { from_warehouse, to_warehouse } = frm.doc;
		if (!from_warehouse || !to_warehouse || !lines.length) return null;
		return __("Move {0} from {1} to {2}?", [
			bottle_mfg.list_goods(lines),
			frappe.utils.escape_html(from_warehouse),
			frappe.utils.escape_html(to_warehouse),
		]);
	},
};

bottle_mfg.entry_form("Bottle Stock Transfer", transfer_form);

frappe.ui.form.on("Bottle Stock Transfer", {
	setup(frm) {
		frm.set_query("from_warehouse", () => ({ filters: { disabled: 0 } }));
		frm.set_query("to_warehouse", () => ({
			filters: { disabled: 0, name: ["!=", frm.doc.from_warehouse || ""] },
		}));
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		bottle_mfg.scan_field(frm, (item) => bottle_mfg.add_to_lines(frm, item));
	},
	to_warehouse: (frm) => bottle_mfg.start_first_line(frm),
});

frappe.ui.form.on("Bottle Stock Transfer Item", {
	item: (frm) => bottle_mfg.ask_stock(frm, transfer_form),
	quantity: transfer_form.show,
	items_remove: (frm) => bottle_mfg.ask_stock(frm, transfer_form),
});

/** What the goods are worth at the unit costs of now; submitting finds the exact figures. */
function show_expected_value(frm) {
	let total_value = 0;
	for (const row of frm.doc.items || []) {
		const held = frm.availability.of(row.item);
		const unit_cost = held ? flt(held.unit_cost) : 0;
		const worth = held && held.quantity ? (flt(held.value) * flt(row.quantity)) / held.quantity : 0;
		const value = flt(worth, precision("value", row));
		bottle_mfg.show_in_row(frm, row, { unit_cost, value });
		total_value += value;
	}
	bottle_mfg.show_values(frm, { total_value });
}
