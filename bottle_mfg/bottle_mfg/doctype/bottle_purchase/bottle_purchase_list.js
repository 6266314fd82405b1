frappe.listview_settings["Bottle Purchase"] = {
	onload: bottle_mfg.wide_list,
	add_fields: ["status", "payment_status"],

	get_indicator(doc) {
		if (doc.docstatus === 1) return [__("Received"), "green", "docstatus,=,1"];
	},

	formatters: { payment_status: bottle_mfg.payment_pill },
};
