frappe.ui.form.on("Bottle Customer", {
	refresh(frm) {
		if (frm.is_new()) return;
		const statement = "Bottle Customer Statement";
		if (frappe.boot.user.all_reports[statement]) {
			frm.add_custom_button(__("Statement"), () =>
				frappe.set_route("query-report", statement, { customer: frm.doc.name })
			);
		}
		if (frm.doc.disabled || !frappe.model.can_create("Bottle Sale")) return;
		frm.add_custom_button(__("New Sale"), () =>
			bottle_mfg.new_document("Bottle Sale", { customer: frm.doc.name })
		);
	},
});
