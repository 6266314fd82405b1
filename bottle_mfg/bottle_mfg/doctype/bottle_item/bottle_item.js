frappe.ui.form.on("Bottle Item", {
	item_code(frm) {
		if (frm.is_new() && !frm.doc.item_name) frm.set_value("item_name", frm.doc.item_code);
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.disabled) add_shortcuts(frm);
		show_stock(frm);
	},
});

/** What can be done with the item next: buttons for what the user may make. */
function add_shortcuts(frm) {
	const { name: item, item_type, selling_price } = frm.doc;
	const add = (label, doctype, ...values) => {
		if (!frappe.model.can_create(doctype)) return;
		frm.add_custom_button(label, () => bottle_mfg.new_document(doctype, ...values));
	};
	if (item_type !== "Bottle") {
		add(__("Buy"), "Bottle Purchase", {}, () => buying_line(item));
	}
	if (item_type === "Preform") add(__("Blow"), "Blow", { from_item: item });
	if (item_type === "Bottle") add(__("Blow"), "Blow", { to_item: item });
	add(__("Sell"), "Bottle Sale", {}, () => ({ item, unit_price: selling_price }));
}

async function buying_line(item) {
	const last = await bottle_mfg.ask_last_price(item);
	return last === null ? { item } : { item, unit_price: last };
}

/** How much of the item is in which warehouse, above the form. */
async function show_stock(frm) {
	if (!frappe.model.can_read("Bottle Stock")) return;
	const item = frm.doc.name;
	const held = await frappe.db.get_list("Bottle Stock", {
		filters: { item },
		fields: ["warehouse", "quantity"],
		order_by: "warehouse",
		limit: 50,
	});
	if (frm.doc.name !== item) return;
	const total = held.reduce((sum, row) => sum + row.quantity, 0);
	const places = held
		.filter((row) => row.quantity)
		.map((row) => `${frappe.utils.escape_html(row.warehouse)}: ${bottle_mfg.quantity(row.quantity)}`);
	const low = total <= flt(frm.doc.reorder_level);
	const words = total ? places.join(" · ") : __("None in stock");
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline(`${words} ${total ? __(frm.doc.uom) : ""}`, low ? "orange" : "blue");
}
