frappe.ui.form.on("Bottle Item", {
	item_code(frm) {
		if (frm.is_new() && !frm.doc.item_name) frm.set_value("item_name", frm.doc.item_code);
	},

	refresh(frm) {
		if (frm.is_new()) return;
		bottle_mfg.offer_tasks(frm);
		bottle_mfg.show_item(frm);
	},
});
