const TYPE_COLOURS = { Preform: "orange", Bottle: "blue", Sold: "purple", Consumable: "gray" };

frappe.listview_settings["Bottle Item"] = {
	onload: bottle_mfg.wide_list,
	add_fields: ["item_type", "disabled"],

	get_indicator(doc) {
		if (doc.disabled) return [__("Disabled"), "red", "disabled,=,1"];
		return [__(doc.item_type), TYPE_COLOURS[doc.item_type], `item_type,=,${doc.item_type}`];
	},
};
