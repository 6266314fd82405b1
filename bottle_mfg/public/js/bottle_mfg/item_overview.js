// How it stands with an item, on top of its form.
import { step_chart } from "./charts";
import { new_document } from "./new_document";
import { money, price, quantity } from "./numbers";
import { day, escape, figures, link, show_panel, side_by_side, table } from "./panels";
import { ask_last_price } from "./availability";

const OVERVIEW = "bottle_mfg.api.v1.item_overview";
const SOON = 7; // days of cover below which the figure warns where no lead time is known
const WHOLE = 10; // used per day: from here on nobody asks for fractions

/** Stock by warehouse, how long it will do, what it cost and was bought for; what of it the user may see. */
export function show_item(frm) {
	const item = frm.docname;
	return show_panel(
		frm,
		frappe.boot.bottle_mfg.sees_stock_costs ? __("Stock and Cost") : __("Stock"),
		() => frappe.xcall(OVERVIEW, { item }),
		(seen) => draw(frm, seen)
	);
}

/** What can be done with the item next: buttons, and the plus signs of the connections, for what the user may make. */
export function offer_tasks(frm) {
	const { name: item, item_type, selling_price } = frm.doc;
	const tasks = {};
	if (item_type !== "Bottle") {
		tasks["Bottle Purchase"] = [__("Buy"), () => new_document("Bottle Purchase", {}, () => buying_line(item))];
	}
	if (["Preform", "Bottle"].includes(item_type)) {
		const role = item_type === "Preform" ? "from_item" : "to_item";
		tasks.Blow = [__("Blow"), () => new_document("Blow", { [role]: item })];
	}
	tasks["Bottle Sale"] = [
		__("Sell"),
		() => new_document("Bottle Sale", {}, () => ({ item, unit_price: selling_price })),
	];
	const offered = (doctype) => !frm.doc.disabled && doctype in tasks && frappe.model.can_create(doctype);
	frm.can_make_methods = {};
	for (const doctype of ["Bottle Purchase", "Blow", "Bottle Sale"]) {
		frm.can_make_methods[doctype] = () => offered(doctype);
		if (offered(doctype)) frm.add_custom_button(...tasks[doctype]);
	}
	frm.make_methods = Object.fromEntries(Object.entries(tasks).map(([doctype, [, make]]) => [doctype, make]));
	connect_blows(frm, item_type);
}

/** The connection with blows leads to those that have the item in the place where it belongs. */
function connect_blows(frm, item_type) {
	const { data } = frm.dashboard;
	if (!data || !data.non_standard_fieldnames) return;
	data.non_standard_fieldnames.Blow = { Preform: "from_item", Bottle: "to_item" }[item_type] || "item";
}

async function buying_line(item) {
	const may_know = frappe.model.can_read("Bottle Purchase") && frappe.boot.bottle_mfg.sees_purchase_prices;
	const last = may_know ? await ask_last_price(item) : null;
	return last === null ? { item } : { item, unit_price: last };
}

function draw(frm, { stock, use, costs, purchases }) {
	const unit = __(frm.doc.uom);
	return [
		figures([...stock_figures(frm, stock, unit), ...use_figures(frm, use, unit)]),
		side_by_side(
			stock && stock.length > 1 && by_warehouse(stock),
			costs && costs.length > 1 && step_chart(cost_chart(costs)),
			purchases && frm.doc.item_type !== "Bottle" && bought(purchases)
		),
	].join("");
}

function stock_figures(frm, stock, unit) {
	if (!stock) return [];
	const total = sum(stock, "quantity");
	const low = !frm.doc.disabled && flt(frm.doc.reorder_level) && total <= flt(frm.doc.reorder_level);
	const where = stock.length === 1 && stock[0].warehouse;
	const level = low && __("at or below the reorder level of {0}", [quantity(frm.doc.reorder_level)]);
	const meaning = [where, level].filter(Boolean).join(" · ");
	const list = [[__("In Stock"), `${quantity(total)} ${escape(unit)}`, meaning, low && "warning"]];
	if (!stock.length || stock[0].value === undefined) return list;
	const value = sum(stock, "value");
	return [...list, [__("Cost of One"), price(value / total)], [__("Stock Value"), money(value)]];
}

function use_figures(frm, use, unit) {
	if (!use) return [];
	const meaning = __("{0} sold or used in {1} days", [quantity(use.quantity), use.days]);
	const per_day = flt(use.per_day, use.per_day < WHOLE ? 3 : 0);
	const rate = [__("Used per Day"), `${quantity(per_day)} ${escape(unit)}`, meaning];
	if (use.days_of_cover === null) return [rate];
	const days = use.days_of_cover;
	const colour = days < (cint(frm.doc.lead_time_days) || SOON) ? "danger" : null;
	return [rate, [__("Days of Cover"), quantity(days), __("until it runs out at that rate"), colour]];
}

function by_warehouse(stock) {
	const costs = stock[0].value !== undefined;
	const columns = [[__("Warehouse")], [__("Quantity"), true]];
	if (costs) columns.push([__("Cost of One"), true], [__("Value"), true]);
	const rows = stock.map((row) => [
		frappe.utils.get_form_link("Bottle Warehouse", row.warehouse, true, escape(row.warehouse)),
		quantity(row.quantity),
		...(costs ? [price(row.unit_cost), money(row.value)] : []),
	]);
	return table(__("Where It Is"), columns, rows);
}

function bought(purchases) {
	const rows = purchases.map((one) => [
		link("Bottle Purchase", one.purchase, day(one.date)),
		escape(one.supplier),
		quantity(one.quantity),
		price(one.unit_price),
	]);
	const columns = [[__("Date")], [__("Supplier")], [__("Quantity"), true], [__("Price of One"), true]];
	return table(__("Last Purchases"), columns, rows, __("Never bought"));
}

function cost_chart(costs) {
	const points = costs.map((one) => ({ date: one.date, value: one.unit_cost }));
	return { title: __("What One Cost"), points, show: price };
}

const sum = (rows, key) => rows.reduce((total, row) => total + flt(row[key]), 0);
