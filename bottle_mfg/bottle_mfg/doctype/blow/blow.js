const PAIR = ["from_item", "to_item"];
const WHO_AND_WHERE = ["machine", "shift", "operator"];
const REMEMBERED = [...PAIR, ...WHO_AND_WHERE];
const BY_PRODUCT = "By-product";
const memory = () => `bottle_mfg:blow:${frappe.session.user}`;

const blow_form = {
	next: __("New Blow"),

	focus: (frm) => frm.get_field(frm.doc.from_item ? "quantity" : "from_item").set_focus(),

	items: (frm) => [frm.doc.from_item, ...used_up(frm).map((row) => row.item)],

	show(frm) {
		const preforms = flt(frm.doc.quantity);
		const good = flt(frm.doc.good_quantity);
		bottle_mfg.show_values(frm, { reject_quantity: Math.max(preforms - good, 0) });
		show_preforms(frm, preforms);
		show_good(frm, preforms, good);
		frm.costs && frm.costs.ask();
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
		if (frm.is_new() && !bottle_mfg.is_copy(frm.doc)) fill_remembered(frm);
	},
	refresh(frm) {
		bottle_mfg.scan_field(frm, (item) => take_scanned(frm, item));
		if (frm.get_perm(1, "read") && frappe.boot.bottle_mfg.sees_stock_costs) {
			frm.costs = frm.costs || new bottle_mfg.BlowCosts(frm, (costs) => show_expected_cost(frm, costs));
			frm.costs.ask(true);
		}
		if (frm.doc.docstatus !== 0) frm.get_field("quantity").set_new_description("");
		if (frm.is_new()) bottle_mfg.offer_shop_floor(frm.page);
		bottle_mfg.offer_words(frm, "machine", frappe.boot.bottle_mfg.machines);
	},
	from_item: (frm) => bottle_mfg.ask_stock(frm, blow_form),
	quantity: blow_form.show,
	good_quantity: blow_form.show,
	blow_cost_per_unit: blow_form.show,
	date: blow_form.show,
	posting_time: blow_form.show,
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
	const { doc } = frm;
	doc.blow_cost_per_unit ??= frappe.boot.bottle_mfg.blow_cost_per_unit;
	const remembered = JSON.parse(localStorage.getItem(memory()) || "{}");
	// another preform makes another bottle
	const other = PAIR.some((fieldname) => doc[fieldname] && doc[fieldname] !== remembered[fieldname]);
	for (const fieldname of other ? WHO_AND_WHERE : REMEMBERED) {
		doc[fieldname] = doc[fieldname] || remembered[fieldname];
	}
	// Frappe does not wait for onload: by now the fields may have been drawn without their values.
	for (const fieldname of ["blow_cost_per_unit", ...REMEMBERED]) frm.refresh_field(fieldname);
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

/** The figures of a draft; submitting finds them anew. */
function show_expected_cost(frm, costs) {
	const { material_cost = 0, conversion_cost = 0, scrap_credit = 0, total_cost = 0 } = costs || {};
	bottle_mfg.show_values(frm, {
		preform_cost: costs ? costs.preforms.value : 0,
		material_cost,
		conversion_cost,
		scrap_credit,
		total_cost,
		produced_unit_cost: material_cost ? costs.produced_unit_cost : 0,
	});
	frm.layout.refresh_dependency();
}

/** What was scanned goes where its type belongs: into the machine, out of it, or among what is used up. */
function take_scanned(frm, { item_id, item_type }) {
	if (item_type === "Preform") frm.set_value("from_item", item_id);
	else if (item_type === "Bottle") frm.set_value("to_item", item_id);
	else if (item_type === "Consumable") return bottle_mfg.add_to_lines(frm, { item_id }, "quantity", "materials");
	else return __("{0} is neither blown nor used up", [item_id]);
	return item_id;
}
