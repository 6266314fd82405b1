const COLOURS = { Queued: "orange", Running: "blue", Done: "green", Failed: "red" };

frappe.listview_settings["Bottle Correction"] = {
	add_fields: ["status"],
	get_indicator: ({ status }) => [__(status), COLOURS[status] || "gray", `status,=,${status}`],
};
