frappe.ui.form.on("Bottle Supplier", {
	refresh(frm) {
		if (frm.is_new()) return;
		const statement = "Bottle Supplier Statement";
		if (frappe.boot.user.all_reports[statement]) {
			frm.add_custom_button(__("Statement"), () =>
				frappe.set_route("query-report", statement, { supplier: frm.doc.name })
			);
		}
		if (frm.doc.disabled || !frappe.model.can_create("Bottle Purchase")) return;
		frm.add_custom_button(__("New Purchase"), () =>
			bottle_mfg.new_document("Bottle Purchase", { supplier: frm.doc.name })
		);
	},
});
