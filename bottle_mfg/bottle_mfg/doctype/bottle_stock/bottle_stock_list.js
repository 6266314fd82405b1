frappe.listview_settings["Bottle Stock"] = {
	onload: bottle_mfg.wide_list,
	hide_name_column: true,
	add_fields: ["quantity"],

	get_indicator(doc) {
		return doc.quantity
			? [__("In Stock"), "green", "quantity,>,0"]
			: [__("Out of Stock"), "red", "quantity,=,0"];
	},
};
