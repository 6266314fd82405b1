frappe.ui.form.on("Bottle Expense", {
	setup(frm) {
		frm.set_query("category", () => ({ filters: { disabled: 0 } }));
		bottle_mfg.submit_in_one_step(frm, question, null);
	},
	refresh(frm) {
		if (frm.doc.docstatus === 1 && frappe.model.can_create(frm.doctype)) {
			frm.add_custom_button(__("New Expense"), () => frappe.new_doc(frm.doctype));
		}
	},
	async category(frm) {
		const { category } = frm.doc;
		if (!category) return;
		const { message } = await frappe.db.get_value("Bottle Expense Category", category, "covered_by_blow_cost");
		if (frm.doc.category === category) frm.set_value("covered_by_blow_cost", message.covered_by_blow_cost);
	},
});

function question({ doc }) {
	if (!doc.category || !flt(doc.amount)) return null;
	const facts = [bottle_mfg.money(doc.amount), frappe.utils.escape_html(doc.category)];
	if (!doc.payee) return __("Pay {0} for {1}?", facts);
	return __("Pay {0} for {1} to {2}?", [...facts, frappe.utils.escape_html(doc.payee)]);
}
