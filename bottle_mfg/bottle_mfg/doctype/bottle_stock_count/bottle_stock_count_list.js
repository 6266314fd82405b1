frappe.listview_settings["Bottle Stock Count"] = {
	onload: bottle_mfg.wide_list,
	get_indicator(doc) {
		if (doc.docstatus === 1) return [__("Counted"), "green", "docstatus,=,1"];
	},
};
