const SALE_COLOURS = {
	"Pending Approval": "yellow",
	Confirmed: "blue",
	Shipped: "purple",
	Completed: "green",
};

frappe.listview_settings["Bottle Sale"] = {
	onload: bottle_mfg.wide_list,
	add_fields: ["status", "payment_status", "is_return"],

	get_indicator(doc) {
		const pill = bottle_mfg.return_indicator(doc);
		if (pill) return pill;
		const colour = SALE_COLOURS[doc.status];
		return colour && [__(doc.status), colour, `status,=,${doc.status}`];
	},

	formatters: { payment_status: bottle_mfg.payment_pill },
};
