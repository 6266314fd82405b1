// What a blow costs, as a picture: what went in, what blowing it cost, what by-products take off, and what is left to be
// carried by the good bottles.
import { waterfall } from "./charts";
import { money, price, quantity } from "./numbers";
import { escape } from "./panels";

const COSTS = "bottle_mfg.api.v1.blow_costs";
const PAUSE = 250; // milliseconds after the last change before the server is asked
const FACTS = [
	"from_item",
	"quantity",
	"good_quantity",
	"blow_cost_per_unit",
	"warehouse",
	"date",
	"posting_time",
];

/** Asks what the form's blow costs, shows that as a picture, and hands the figures of a draft to `show`. */
export class BlowCosts {
	constructor(frm, show) {
		this.frm = frm;
		this.show = show;
		this.asked = null;
		this.send = frappe.utils.debounce((question) => this._send(question), PAUSE);
	}

	/** Ask anew where something has changed since the last question. */
	ask(anew = false) {
		const question = this._question();
		const text = JSON.stringify(question);
		if (text === this.asked && !anew) return;
		this.asked = text;
		if (question) this.send(question);
		else this._take(null);
	}

	_question() {
		const { doc } = this.frm;
		if (doc.docstatus === 2) return null;
		if (doc.docstatus === 1) return { name: doc.name };
		if (!doc.from_item || !flt(doc.quantity)) return null;
		const lines = (doc.materials || []).filter((row) => row.item);
		const materials = lines.map(({ item, kind, quantity, rate }) => ({ item, kind, quantity, rate }));
		return { doc: { ...Object.fromEntries(FACTS.map((name) => [name, doc[name]])), materials } };
	}

	async _send(question) {
		const answer = await frappe.xcall(COSTS, question).catch(() => null);
		// an older question may be answered last
		if (JSON.stringify(question) === this.asked) this._take(answer);
	}

	_take(costs) {
		const field = this.frm.get_field("cost_picture");
		if (this.frm.doc.docstatus === 0) this.show(costs);
		field.html(costs && costs.total_cost ? picture(this.frm.doc, costs) : "");
	}
}

function picture(doc, costs) {
	const good = costs.good_quantity;
	const part = (label, value, kind) => ({
		label,
		value,
		kind,
		shown: money(value),
		each: good ? price(value / good) : "",
	});
	const parts = [
		part(doc.from_item, costs.preforms.value, "material"),
		...costs.used.map((one) => part(one.item_id, one.value, "used")),
		part(__("Blowing"), costs.conversion_cost, "conversion"),
		...costs.by_products.map((one) => part(one.item_id, -one.value, "credit")),
		part(__("Total"), costs.total_cost, "total"),
	].filter((one) => one.value);
	const title = doc.docstatus ? __("What the Bottles Cost") : __("What the Bottles Would Cost");
	const list = parts.map((one) => __("{0} {1}", [one.label, one.shown])).join(", ");
	return [
		`<div class="bottle-caption">${escape(title)}</div>`,
		waterfall({
			title,
			said: __("{0}: {1}", [title, list]),
			parts,
			columns: [__("Part"), __("Cost"), __("Per good bottle")],
		}),
		notes(doc, costs),
	].join("");
}

function notes(doc, costs) {
	const words = [];
	const lost = flt(doc.quantity) - costs.good_quantity;
	if (costs.good_quantity && lost > 0) {
		const dearer = costs.total_cost / costs.good_quantity - costs.total_cost / flt(doc.quantity);
		words.push(__("{0} rejects make each good bottle {1} dearer.", [quantity(lost), price(dearer)]));
	}
	if (costs.short.length) {
		words.push(__("Too little in stock of: {0}. The figures are an estimate.", [costs.short.join(", ")]));
	}
	return words.map((one) => `<p class="text-muted small bottle-note">${escape(one)}</p>`).join("");
}
