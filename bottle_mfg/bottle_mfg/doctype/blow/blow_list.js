frappe.listview_settings["Blow"] = {
	get_indicator(doc) {
		if (doc.docstatus === 1) return [__("Blown"), "green", "docstatus,=,1"];
	},
};
