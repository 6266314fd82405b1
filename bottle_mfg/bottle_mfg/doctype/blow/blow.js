const REMEMBERED = ["from_item", "to_item", "machine", "shift", "operator"];
const BY_PRODUCT = "By-product";
const memory = () => `bottle_mfg:blow:${frappe.session.user}`;

const blow_form = {
	next: __("New Blow"),

	focus: (frm) => frm.get_field(frm.doc.from_item && frm.doc.to_item ? "quantity" : "from_item").set_focus(),

	items: (frm) => [frm.doc.from_item, ...used_up(frm).map((row) => row.item)],

	show(frm) {
		const preforms = flt(frm.doc.quantity);
		const good = flt(frm.doc.good_quantity);
		bottle_mfg.show_values(frm, { reject_quantity: Math.max(preforms - good, 0) });
		show_preforms(frm, preforms);
		show_good(frm, preforms, good);
		if (frm.get_perm(1, "read")) show_expected_cost(frm, preforms, good);
	},

	question(frm) {
		const { from_item, to_item, quantity, good_quantity } = frm.doc;
		if (!from_item || !to_item || !flt(quantity) || !flt(good_quantity)) return null;
		return __("Blow {0} {1} into {2} {3}?", [
			bottle_mfg.quantity(quantity),
			frappe.utils.escape_html(from_item),
			bottle_mfg.quantity(good_quantity),
			frappe.utils.escape_html(to_item),
		]);
	},
};

bottle_mfg.entry_form("Blow", blow_form);

frappe.ui.form.on("Blow", {
	setup(frm) {
		frm.set_query("from_item", () => ({ filters: { item_type: "Preform", disabled: 0 } }));
		frm.set_query("to_item", () => ({ filters: { item_type: "Bottle", disabled: 0 } }));
		frm.set_query("item", "materials", (doc, cdt, cdn) => {
			// an empty line may be gone by the time its field asks
			const { kind } = locals[cdt][cdn] || {};
			const types = kind === BY_PRODUCT ? ["Consumable", "Sold"] : ["Consumable"];
			return { filters: { item_type: ["in", types], disabled: 0 } };
		});
	},
	onload(frm) {
		if (frm.is_new()) fill_remembered(frm);
	},
	refresh(frm) {
		if (frm.doc.docstatus !== 0) frm.get_field("quantity").set_new_description("");
	},
	from_item: (frm) => bottle_mfg.ask_stock(frm, blow_form),
	quantity: blow_form.show,
	good_quantity: blow_form.show,
	blow_cost_per_unit: blow_form.show,
	on_submit: (frm) => remember(frm),
});

frappe.ui.form.on("Blow Material", {
	item: (frm) => bottle_mfg.ask_stock(frm, blow_form),
	kind(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (row.kind !== BY_PRODUCT && row.rate) frappe.model.set_value(cdt, cdn, "rate", 0);
		bottle_mfg.ask_stock(frm, blow_form);
	},
	quantity: blow_form.show,
	rate: blow_form.show,
	materials_remove: (frm) => bottle_mfg.ask_stock(frm, blow_form),
});

/** The lines of what goes into the machine beside the preforms. */
function used_up(frm) {
	return (frm.doc.materials || []).filter((row) => row.item && row.kind !== BY_PRODUCT);
}

/** A machine operator blows the same bottle all day: only the two counts are left to type. */
function fill_remembered(frm) {
	const { blow_cost_per_unit } = frappe.boot.bottle_mfg;
	if (blow_cost_per_unit !== undefined) frm.doc.blow_cost_per_unit = blow_cost_per_unit;
	const remembered = JSON.parse(localStorage.getItem(memory()) || "{}");
	for (const fieldname of REMEMBERED) {
		frm.doc[fieldname] = frm.doc[fieldname] || remembered[fieldname];
	}
}

function remember(frm) {
	const facts = REMEMBERED.map((fieldname) => [fieldname, frm.doc[fieldname]]);
	localStorage.setItem(memory(), JSON.stringify(Object.fromEntries(facts)));
}

function show_preforms(frm, preforms) {
	const asked = frm.doc.from_item ? { [frm.doc.from_item]: preforms } : {};
	for (const row of used_up(frm)) asked[row.item] = flt(row.quantity);
	const note = bottle_mfg.stock_note(frm, asked);
	frm.get_field("quantity").set_new_description(note);
}

function show_good(frm, preforms, good) {
	const note = preforms && good > preforms ? __("More bottles than preforms") : "";
	frm.get_field("good_quantity").set_new_description(`<div class="text-danger bold">${note}</div>`);
}

/** What a bottle would cost at the values of now; submitting finds the exact figures. */
function show_expected_cost(frm, preforms, good) {
	const preform_cost = worth(frm, frm.doc.from_item, preforms);
	let material_cost = preform_cost;
	for (const row of used_up(frm)) material_cost += worth(frm, row.item, flt(row.quantity));
	const by_products = (frm.doc.materials || []).filter((row) => row.kind === BY_PRODUCT);
	const declared = by_products.reduce((sum, row) => sum + flt(row.quantity) * flt(row.rate), 0);
	const scrap_credit = Math.min(declared, material_cost);
	const conversion_cost = preforms * flt(frm.doc.blow_cost_per_unit);
	const total_cost = material_cost + conversion_cost - scrap_credit;
	const produced_unit_cost = material_cost && good ? flt(total_cost / good, 4) : 0;
	bottle_mfg.show_values(frm, {
		preform_cost,
		material_cost,
		conversion_cost,
		scrap_credit,
		total_cost,
		produced_unit_cost,
	});
}

function worth(frm, item, quantity) {
	const held = frm.availability.of(item);
	return held && held.quantity ? (flt(held.value) * quantity) / held.quantity : 0;
}
