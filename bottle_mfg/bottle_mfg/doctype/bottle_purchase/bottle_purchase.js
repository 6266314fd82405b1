const purchase_form = {
	next: __("New Purchase"),

	focus: (frm) => (frm.doc.supplier ? bottle_mfg.start_first_line(frm) : frm.get_field("supplier").set_focus()),

	items: (frm) => (frm.doc.items || []).map((row) => row.item),

	show(frm) {
		const sign = bottle_mfg.sign_of(frm.doc);
		const goods = bottle_mfg.line_totals(frm, (row) => sign * flt(row.unit_price));
		const total_amount = goods + sign * flt(frm.doc.other_charges) + flt(frm.doc.opening_amount);
		if (frm.get_perm(1, "read")) bottle_mfg.show_values(frm, { total_amount });
		const asked = {};
		for (const row of frm.doc.items || []) {
			const leaving = frm.doc.is_return ? flt(row.quantity) : 0;
			if (row.item) asked[row.item] = flt(asked[row.item]) + leaving;
		}
		bottle_mfg.show_stock_note(frm, asked);
	},

	question(frm) {
		if (frm.doc.is_opening) return ask_opening(frm);
		const lines = frm.doc.items.filter((row) => row.item && flt(row.quantity));
		if (!frm.doc.supplier || !lines.length) return null;
		const goods = bottle_mfg.list_goods(lines);
		const from = frappe.utils.escape_html(frm.doc.supplier);
		if (frm.doc.is_return) return __("Give back {0} to {1}?", [goods, from]);
		return frm.get_perm(1, "read")
			? __("Buy {0} from {1} for {2}?", [goods, from, bottle_mfg.money(frm.doc.total_amount)])
			: __("Buy {0} from {1}?", [goods, from]);
	},
};

bottle_mfg.entry_form("Bottle Purchase", purchase_form);

frappe.ui.form.on("Bottle Purchase", {
	setup(frm) {
		frm.set_query("supplier", () => ({ filters: { disabled: 0 } }));
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		bottle_mfg.show_returns(frm, "supplier");
		bottle_mfg.offer_payment(frm, "supplier");
		bottle_mfg.show_payments(frm);
		bottle_mfg.scan_field(frm, (item) => bottle_mfg.add_to_lines(frm, item));
		bottle_mfg.offer_opening(frm, __("Opening Balance"));
	},
	supplier: (frm) => frm.doc.is_opening || bottle_mfg.start_first_line(frm),
	is_opening: bottle_mfg.show_opening_bill,
	opening_amount: purchase_form.show,
	other_charges: purchase_form.show,
});

frappe.ui.form.on("Bottle Purchase Item", {
	async item(frm, cdt, cdn) {
		bottle_mfg.ask_stock(frm, purchase_form);
		const row = locals[cdt][cdn];
		const item = row.item;
		if (!item || frm.doc.is_return || flt(row.unit_price) || !frm.get_perm(1, "read")) return;
		const last = await bottle_mfg.ask_last_price(item);
		if (last !== null && row.item === item && !flt(row.unit_price)) {
			frappe.model.set_value(cdt, cdn, "unit_price", last);
		}
	},
	quantity: purchase_form.show,
	unit_price: purchase_form.show,
	items_remove: (frm) => bottle_mfg.ask_stock(frm, purchase_form),
});

function ask_opening({ doc }) {
	if (!doc.supplier || !flt(doc.opening_amount)) return null;
	const facts = [frappe.utils.escape_html(doc.supplier), bottle_mfg.money(doc.opening_amount)];
	return __("{0} was owed {1} when the books began?", facts);
}
