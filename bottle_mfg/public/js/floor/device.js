// Where this device stands, and what it makes: chosen once, remembered until it is changed.
import { usual_bottle, usual_preform } from "./choosing";
import { recall, remember } from "./memory";

const UNTIL_SAVED = Number.MAX_SAFE_INTEGER;

export class Device {
	constructor(beginning, clock) {
		this.clock = clock;
		this.chosen = { machine: "", bottle: "", preform: "", operator: "", warehouse: "", ...recall("device") };
		this.renew(beginning);
	}

	/** Take over what there is to choose from. What is no longer there is not chosen any more. */
	renew({ offered, full_name }) {
		this.offered = offered;
		const has = (list, code) => list.some((item) => item.code === code);
		const { chosen } = this;
		if (!has(offered.bottles, chosen.bottle)) chosen.bottle = "";
		if (!has(offered.preforms, chosen.preform)) chosen.preform = "";
		if (!offered.warehouses.includes(chosen.warehouse)) chosen.warehouse = offered.warehouses[0] || "";
		if (!chosen.machine && offered.machines.length === 1) this.set("machine", offered.machines[0]);
		chosen.operator = chosen.operator || full_name;
	}

	get shift() {
		const { own_shift, shift_until } = this.chosen;
		return own_shift && this.clock.now() < shift_until ? own_shift : this.clock.shift(this.offered.shifts);
	}

	/** Whether the shift is the one of the clock. One that was chosen holds until the clock's shift ends. */
	get shift_by_clock() {
		return this.shift === this.clock.shift(this.offered.shifts);
	}

	set(what, value) {
		const { chosen, offered } = this;
		if (what === "shift") {
			chosen.own_shift = value;
			if (chosen.shift_until !== UNTIL_SAVED) chosen.shift_until = this.clock.shift_ends(offered.shifts);
		} else {
			chosen[what] = value;
		}
		if (what === "machine") {
			chosen.bottle = usual_bottle(offered, value) || chosen.bottle;
		}
		if (what === "machine" || what === "bottle") {
			chosen.preform = usual_preform(offered, chosen.machine, chosen.bottle) || chosen.preform;
		}
		remember("device", chosen);
	}

	/** Stand where an entry was made, and in its shift, whatever the clock says, until what was chosen before is taken. */
	restore(values) {
		const { machine, to_item: bottle, from_item: preform, operator, warehouse, shift: own_shift } = values;
		const of_entry = { machine, bottle, preform, operator, warehouse, own_shift, shift_until: UNTIL_SAVED };
		this.take({ ...this.chosen, ...of_entry });
	}

	take(chosen) {
		this.chosen = chosen;
		remember("device", chosen);
	}

	bottle() {
		return this.offered.bottles.find((item) => item.code === this.chosen.bottle);
	}

	preform() {
		return this.offered.preforms.find((item) => item.code === this.chosen.preform);
	}
}
