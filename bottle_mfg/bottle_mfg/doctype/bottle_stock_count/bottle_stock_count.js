const count_form = {
	next: __("New Count"),

	focus: (frm) => bottle_mfg.start_first_line(frm),

	// The sheet has the whole warehouse.
	items: () => [],

	show(frm) {
		if (!frm.sheet) return;
		const differences = (frm.doc.items || []).filter((row) => row.item).map((row) => show_difference(frm, row));
		const sum = (worths) => worths.reduce((total, worth) => total + worth, 0);
		const lost_value = -sum(differences.filter((worth) => worth < 0));
		if (frm.get_perm(1, "read")) bottle_mfg.show_values(frm, { value_difference: sum(differences), lost_value });
	},

	question(frm) {
		const lines = frm.doc.items.filter((row) => row.item);
		if (!frm.doc.warehouse || !lines.length || lines.some((row) => is_null(row.counted_quantity))) return null;
		const differing = lines.filter((row) => flt(row.difference, 3)).length;
		const warehouse = frappe.utils.escape_html(frm.doc.warehouse);
		if (frm.doc.is_opening) return __("{0} items were in {1} when the books began?", [lines.length, warehouse]);
		if (!differing) return __("All {0} items in {1} are as in the books. Keep this count?", [lines.length, warehouse]);
		return __("{0} of {1} items in {2} differ. Set the stock to what was counted?", [
			differing,
			lines.length,
			warehouse,
		]);
	},
};

bottle_mfg.entry_form("Bottle Stock Count", count_form);

frappe.ui.form.on("Bottle Stock Count", {
	setup(frm) {
		frm.set_query("warehouse", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		bottle_mfg.show_opening_costs(frm);
		bottle_mfg.offer_opening(frm, __("Opening Stock"));
		if (frm.doc.docstatus !== 0) return;
		bottle_mfg.scan_field(frm, (item) => bottle_mfg.add_to_lines(frm, item, "counted_quantity"));
		if (frm.perm[0].write && !frm.doc.is_opening) frm.add_custom_button(__("Get Items"), () => get_items(frm));
		read_sheet(frm);
	},
	is_opening: (frm) => frm.trigger("refresh"),
	warehouse: read_sheet,
	date: read_sheet,
	posting_time: read_sheet,
});

frappe.ui.form.on("Bottle Stock Count Item", {
	item: count_form.show,
	counted_quantity: count_form.show,
	opening_cost: count_form.show,
	items_remove: count_form.show,
});

/** Ask what the books say about the warehouse, to show it beside what is counted. */
async function read_sheet(frm) {
	const { warehouse, date, posting_time: time } = frm.doc;
	frm.sheet = null;
	if (!warehouse) return;
	const rows = await frappe.xcall("bottle_mfg.api.v1.count_sheet", { warehouse, date, time });
	// an older question may be answered last
	if (warehouse !== frm.doc.warehouse || date !== frm.doc.date || time !== frm.doc.posting_time) return;
	frm.sheet = new Map(rows.map((row) => [row.item_id, row]));
	count_form.show(frm);
}

/** Add a line for every item in the warehouse, as the books have it: only what differs is left to type. */
async function get_items(frm) {
	await read_sheet(frm);
	if (!frm.sheet) return frappe.msgprint(__("Choose a warehouse first"));
	frm.doc.items
		.filter((row) => !row.item)
		.forEach((row) => frappe.model.clear_doc(row.doctype, row.name));
	const there = new Set(frm.doc.items.map((row) => row.item));
	const missing = [...frm.sheet.values()].filter((row) => !there.has(row.item_id));
	for (const { item_id, quantity } of missing) {
		const row = frappe.model.add_child(frm.doc, "Bottle Stock Count Item", "items");
		Object.assign(row, { item: item_id, counted_quantity: quantity });
	}
	count_form.show(frm);
	frm.refresh_field("items");
	frm.dirty();
	const added = __("{0} items added. Change what was counted differently.", [missing.length]);
	const none = __("There is nothing in this warehouse that the list has not got.");
	frappe.show_alert({ message: missing.length ? added : none, indicator: "blue" });
}

/** Show what the books have of a line's item, and how what was counted differs; returns the worth of that. */
function show_difference(frm, row) {
	const held = frm.sheet.get(row.item) || { quantity: 0 };
	const difference = is_null(row.counted_quantity) ? 0 : flt(row.counted_quantity - held.quantity, 3);
	const usual = frm.doc.is_opening ? flt(row.opening_cost) : flt(held.unit_cost);
	const unit_cost = difference ? usual : 0;
	const known = held.quantity ? (flt(held.value) * difference) / held.quantity : 0;
	const worth = frm.doc.is_opening ? usual * difference : known;
	const value_difference = flt(worth, precision("value_difference", row));
	bottle_mfg.show_in_row(frm, row, { system_quantity: held.quantity, difference, unit_cost, value_difference });
	return value_difference;
}
