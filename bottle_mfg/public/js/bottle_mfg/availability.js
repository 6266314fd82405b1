// What a warehouse holds, asked while someone types.
const PAUSE = 250; // milliseconds after the last change before the server is asked

/** Asks for the stock of a form's items and calls `show` when the answer to the newest question is there. */
export class Availability {
	constructor(show) {
		this.show = show;
		this.held = new Map();
		this.question = 0;
		this.send = frappe.utils.debounce((...args) => this._send(...args), PAUSE);
	}

	/** Ask about the items (empty ones are left out) in a warehouse. */
	ask(warehouse, items) {
		const question = ++this.question;
		const codes = [...new Set(items.filter(Boolean))];
		if (codes.length && frappe.model.can_read("Bottle Stock")) {
			this.send(question, warehouse, codes);
		} else {
			this._take([]);
		}
	}

	/** {quantity, unit_cost, value} of an item, costs only for who may see them; undefined while unknown. */
	of(item) {
		return this.held.get(item);
	}

	async _send(question, warehouse, items) {
		const rows = await frappe.xcall("bottle_mfg.api.v1.availability", { items, warehouse });
		// an older question may be answered last
		if (question === this.question) this._take(rows);
	}

	_take(rows) {
		this.held = new Map(rows.map((row) => [row.item_id, row]));
		this.show();
	}
}

/** What an item cost when it was bought last, or null; for who may see purchase prices. */
export async function ask_last_price(item) {
	return (await frappe.xcall("bottle_mfg.api.v1.last_purchase_price", { item })) ?? null;
}
