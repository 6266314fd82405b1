{% include "bottle_mfg/public/js/reports/common.js" %}

frappe.query_reports["Bottle Low Stock"] = {
	filters: [
		bottle_mfg.reports.link("item", __("Item"), "Bottle Item"),
		bottle_mfg.reports.item_type(),
		bottle_mfg.reports.link("supplier", __("Last Supplier"), "Bottle Supplier", {
			hidden: !frappe.model.can_read("Bottle Purchase"),
		}),
		bottle_mfg.reports.number("days", __("Use of the Last Days"), [30, 7, 14, 60, 90, 180], __("Use of {0} days")),
		bottle_mfg.reports.page(),
	],
	get_datatable_options: (options) =>
		may_order() ? Object.assign(options, { checkboxColumn: true }) : options,
	onload(report) {
		if (!may_order()) return;
		report.page.add_inner_button(__("Make Purchase"), () => order(report), null, "primary");
	},
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "to_do" && value) {
			const colour = data.drafted ? "blue" : data.quantity ? "orange" : "red";
			return `<span class="indicator-pill ${colour}">${frappe.utils.escape_html(value)}</span>`;
		}
		return bottle_mfg.reports.format(value, row, column, data, default_formatter);
	},
};

function may_order() {
	return frappe.model.can_create("Bottle Purchase");
}

/** Ask once more about the rows that are ticked (none: all that have to be bought), then draft their purchases. */
function order(report) {
	const items = report.data.filter((row) => row.item && !row.drafted);
	// Where there is no row there is no table.
	const ticked = report.datatable ? report.get_checked_items().filter((row) => row?.item) : [];
	const wanted = ticked.length
		? ticked.filter((row) => !row.drafted)
		: items.filter((row) => !row.blown_here);
	if (!wanted.length) {
		frappe.msgprint(ticked.length ? __("A draft has these items already.") : __("There is nothing to buy."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Make Purchase"),
		size: "large",
		fields: [
			...warehouse(),
			lines(wanted),
			{
				fieldtype: "HTML",
				options: `<p class="text-muted small">${__(
					"One draft for each supplier. Nothing is ordered or paid before you submit it."
				)}</p>`,
			},
		],
		primary_action_label: __("Make Purchase"),
		primary_action({ warehouse, lines }) {
			const items = (lines || []).map(({ item, supplier, quantity, unit_price }) => ({
				item,
				supplier,
				quantity,
				unit_price,
			}));
			if (!items.length) return;
			dialog.disable_primary_action();
			// frappe.xcall waits for a 200 for ever: what makes documents answers 201.
			frappe
				.call("bottle_mfg.api.v1.make_purchases", { items, warehouse })
				.then(({ message }) => {
					dialog.hide();
					show(report, message);
				})
				.always(() => dialog.enable_primary_action());
		},
	});
	dialog.show();
}

/** Where the goods will come into, for who has a choice. */
function warehouse() {
	const { default_warehouse, warehouses } = frappe.boot.bottle_mfg;
	if (warehouses < 2) return [];
	const field = bottle_mfg.reports.link("warehouse", __("Into Warehouse"), "Bottle Warehouse");
	return [{ ...field, default: default_warehouse, reqd: 1 }];
}

function lines(rows) {
	const column = { in_list_view: 1, reqd: 1 };
	return {
		fieldname: "lines",
		fieldtype: "Table",
		label: __("Items"),
		cannot_add_rows: true,
		in_place_edit: true,
		data: rows.map((row) => ({
			item: row.item,
			supplier: row.supplier,
			quantity: row.suggested,
			unit_price: row.last_price,
		})),
		fields: [
			{ ...column, fieldname: "item", fieldtype: "Data", label: __("Item"), read_only: 1, columns: 2 },
			{
				...column,
				fieldname: "supplier",
				fieldtype: "Link",
				label: __("Supplier"),
				options: "Bottle Supplier",
				get_query: () => ({ filters: { disabled: 0 } }),
				columns: 4,
			},
			{ ...column, fieldname: "quantity", fieldtype: "Float", label: __("Quantity"), columns: 2 },
			{
				...column,
				fieldname: "unit_price",
				fieldtype: "Currency",
				label: __("Unit Price"),
				precision: 4,
				columns: 2,
			},
		],
	};
}

/** Go to the draft, or to the drafts; say what is on an earlier one. */
function show(report, { purchases, left_out }) {
	left_out.forEach(({ detail }) => {
		frappe.show_alert({ message: frappe.utils.escape_html(detail), indicator: "orange" }, 10);
	});
	const made = purchases.map(({ name }) => name);
	const earlier = left_out.map(({ purchase }) => purchase).filter(Boolean);
	const names = [...new Set(made.length ? made : earlier)];
	if (names.length === 1) frappe.set_route("Form", "Bottle Purchase", names[0]);
	else if (names.length) frappe.set_route("List", "Bottle Purchase", { name: ["in", names] });
	else report.refresh();
}
