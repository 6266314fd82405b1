frappe.listview_settings["Bottle Payment"] = {
	onload: bottle_mfg.wide_list,
	has_indicator_for_draft: true,
	add_fields: ["approved_by", "workflow_state", "result"],

	get_indicator(doc) {
		if (doc.docstatus === 0) return bottle_mfg.draft_indicator(doc);
		if (doc.docstatus !== 1) return;
		const colour = doc.result === "Failed" ? "red" : "green";
		return [__(doc.result), colour, `result,=,${doc.result}|docstatus,=,1`];
	},
};
