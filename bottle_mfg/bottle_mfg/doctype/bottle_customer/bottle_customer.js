frappe.ui.form.on("Bottle Customer", { refresh: bottle_mfg.show_party });
