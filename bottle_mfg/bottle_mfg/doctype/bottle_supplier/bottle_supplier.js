frappe.ui.form.on("Bottle Supplier", { refresh: bottle_mfg.show_party });
