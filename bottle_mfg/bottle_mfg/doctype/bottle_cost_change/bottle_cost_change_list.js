frappe.listview_settings["Bottle Cost Change"] = {
	onload: bottle_mfg.wide_list,
};
