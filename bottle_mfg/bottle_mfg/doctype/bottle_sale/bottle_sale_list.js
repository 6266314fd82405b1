const SALE_COLOURS = {
	Confirmed: "blue",
	Shipped: "purple",
	Completed: "green",
};

frappe.listview_settings["Bottle Sale"] = {
	onload: bottle_mfg.wide_list,
	has_indicator_for_draft: true,
	add_fields: ["approved_by", "workflow_state", "status", "payment_status", "is_return"],

	get_indicator(doc) {
		const pill = bottle_mfg.draft_indicator(doc) || bottle_mfg.return_indicator(doc);
		if (pill) return pill;
		const colour = SALE_COLOURS[doc.status];
		return colour && [__(doc.status), colour, `status,=,${doc.status}`];
	},

	formatters: { payment_status: bottle_mfg.payment_pill },
};
