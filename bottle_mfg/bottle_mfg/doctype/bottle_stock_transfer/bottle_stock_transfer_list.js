frappe.listview_settings["Bottle Stock Transfer"] = {
	onload: bottle_mfg.wide_list,
	get_indicator(doc) {
		if (doc.docstatus === 1) return [__("Moved"), "green", "docstatus,=,1"];
	},
};
