frappe.ui.form.on("Bottle Supplier", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.disabled || !frappe.model.can_create("Bottle Purchase")) return;
		frm.add_custom_button(__("New Purchase"), () =>
			bottle_mfg.new_document("Bottle Purchase", { supplier: frm.doc.name })
		);
	},
});
