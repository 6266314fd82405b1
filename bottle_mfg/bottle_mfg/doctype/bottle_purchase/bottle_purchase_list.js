frappe.listview_settings["Bottle Purchase"] = {
	onload: bottle_mfg.wide_list,
	has_indicator_for_draft: true,
	add_fields: ["approved_by", "workflow_state", "status", "payment_status", "is_return"],

	get_indicator(doc) {
		const pill = bottle_mfg.draft_indicator(doc) || bottle_mfg.return_indicator(doc);
		if (pill) return pill;
		if (doc.docstatus === 1) return [__("Received"), "green", "docstatus,=,1"];
	},

	formatters: { payment_status: bottle_mfg.payment_pill },
};
