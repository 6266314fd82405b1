frappe.listview_settings["Blow"] = {
	onload(list) {
		bottle_mfg.wide_list(list);
		bottle_mfg.offer_shop_floor(list.page);
	},
	has_indicator_for_draft: true,
	add_fields: ["approved_by", "workflow_state"],

	get_indicator(doc) {
		if (doc.docstatus === 0) return bottle_mfg.draft_indicator(doc);
		if (doc.docstatus === 1) return [__("Blown"), "green", "docstatus,=,1"];
	},
};
