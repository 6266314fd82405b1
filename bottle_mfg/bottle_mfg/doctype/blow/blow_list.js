frappe.listview_settings["Blow"] = {
	onload: bottle_mfg.wide_list,
	get_indicator(doc) {
		if (doc.docstatus === 1) return [__("Blown"), "green", "docstatus,=,1"];
	},
};
