frappe.ui.form.on("Bottle Customer", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.disabled || !frappe.model.can_create("Bottle Sale")) return;
		frm.add_custom_button(__("New Sale"), () =>
			bottle_mfg.new_document("Bottle Sale", { customer: frm.doc.name })
		);
	},
});
