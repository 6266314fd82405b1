const NEXT_STATUS = {
	Confirmed: ["Shipped", "Completed"],
	Shipped: ["Completed"],
};

const sale_form = {
	next: __("New Sale"),

	focus: (frm) => (frm.doc.customer ? bottle_mfg.start_first_line(frm) : frm.get_field("customer").set_focus()),

	items: (frm) => (frm.doc.items || []).map((row) => row.item),

	show(frm) {
		const sign = bottle_mfg.sign_of(frm.doc);
		const total = bottle_mfg.line_totals(frm, (row) => sign * (flt(row.unit_price) + flt(row.blow_price)));
		const total_price = total + flt(frm.doc.opening_amount);
		const pieces = (frm.doc.items || []).reduce((sum, row) => sum + flt(row.quantity), 0);
		bottle_mfg.show_values(frm, { total_price, total_quantity: pieces });
		if (frm.doc.is_return || frm.doc.is_opening) return;
		if (frm.get_perm(1, "read")) show_expected_profit(frm, total);
		const asked = {};
		for (const row of frm.doc.items || []) {
			if (row.item) asked[row.item] = flt(asked[row.item]) + flt(row.quantity);
		}
		bottle_mfg.show_stock_note(frm, asked);
	},

	question(frm) {
		if (frm.doc.is_opening) return ask_opening(frm);
		const lines = frm.doc.items.filter((row) => row.item && flt(row.quantity));
		if (!frm.doc.customer || !lines.length) return null;
		const facts = [
			bottle_mfg.list_goods(lines),
			frappe.utils.escape_html(frm.doc.customer),
			bottle_mfg.money(Math.abs(frm.doc.total_price)),
		];
		return frm.doc.is_return
			? __("Take back {0} from {1} for {2}?", facts)
			: __("Sell {0} to {1} for {2}?", facts);
	},
};

bottle_mfg.entry_form("Bottle Sale", sale_form);

frappe.ui.form.on("Bottle Sale", {
	setup(frm) {
		frm.set_query("customer", () => ({ filters: { disabled: 0 } }));
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		bottle_mfg.show_returns(frm, "customer");
		bottle_mfg.offer_payment(frm, "customer");
		bottle_mfg.show_payments(frm);
		bottle_mfg.scan_field(frm, (item) => bottle_mfg.add_to_lines(frm, item));
		bottle_mfg.offer_opening(frm, __("Opening Balance"));
		if (frm.doc.docstatus !== 1 || !frm.perm[0].write) return;
		for (const status of NEXT_STATUS[frm.doc.status] || []) {
			frm.add_custom_button(__("Mark {0}", [__(status)]), () => mark(frm, status));
		}
	},
	customer: (frm) => frm.doc.is_opening || bottle_mfg.start_first_line(frm),
	is_opening: bottle_mfg.show_opening_bill,
	opening_amount: sale_form.show,
});

frappe.ui.form.on("Bottle Sale Item", {
	async item(frm, cdt, cdn) {
		bottle_mfg.ask_stock(frm, sale_form);
		const row = locals[cdt][cdn];
		const item = row.item;
		if (!item || frm.doc.is_return) return;
		const { message } = await frappe.db.get_value("Bottle Item", item, "selling_price");
		if (row.item === item) frappe.model.set_value(cdt, cdn, "unit_price", flt(message.selling_price));
	},
	quantity: sale_form.show,
	unit_price: sale_form.show,
	blow_price: sale_form.show,
	items_remove: (frm) => bottle_mfg.ask_stock(frm, sale_form),
});

function ask_opening({ doc }) {
	if (!doc.customer || !flt(doc.opening_amount)) return null;
	const facts = [frappe.utils.escape_html(doc.customer), bottle_mfg.money(doc.opening_amount)];
	return __("{0} owed {1} when the books began?", facts);
}

/** What the sale would cost and earn at the unit costs of now; submitting finds the exact figures. */
function show_expected_profit(frm, total) {
	let cost_of_goods = 0;
	for (const row of frm.doc.items || []) {
		const held = frm.availability.of(row.item);
		const unit_cost = held ? flt(held.unit_cost) : 0;
		const cost = flt(unit_cost * flt(row.quantity), precision("cost", row));
		bottle_mfg.show_in_row(frm, row, { unit_cost, cost, profit: flt(row.amount) - cost });
		cost_of_goods += cost;
	}
	bottle_mfg.show_values(frm, { cost_of_goods, profit: total - cost_of_goods });
}

function mark(frm, status) {
	frm.set_value("status", status).then(() => frm.save("Update"));
}
