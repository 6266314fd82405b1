frappe.listview_settings["Bottle Expense"] = {
	onload: bottle_mfg.wide_list,
	has_indicator_for_draft: true,
	add_fields: ["approved_by", "workflow_state"],

	get_indicator(doc) {
		if (doc.docstatus === 0) return bottle_mfg.draft_indicator(doc);
		if (doc.docstatus === 1) return [__("Paid"), "green", "docstatus,=,1"];
	},
};
