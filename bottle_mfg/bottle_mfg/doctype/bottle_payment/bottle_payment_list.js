frappe.listview_settings["Bottle Payment"] = {
	onload: bottle_mfg.wide_list,
	add_fields: ["result"],

	get_indicator(doc) {
		if (doc.docstatus !== 1) return;
		const colour = doc.result === "Failed" ? "red" : "green";
		return [__(doc.result), colour, `result,=,${doc.result}|docstatus,=,1`];
	},
};
