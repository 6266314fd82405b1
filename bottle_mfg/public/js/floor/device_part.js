// Four buttons: machine, bottle, shift, operator. Each shows what is chosen and lets the operator change it.
import { choose, items, words } from "./choosing";
import { make } from "./elements";
import { say } from "./words";

export function device_part(floor) {
	const { device } = floor;
	const chips = {
		machine: chip("machine", () => pick("machine", words(device.offered.machines), say("other_machine"))),
		shift: chip("shift", () => pick("shift", shifts())),
		bottle: chip("bottle", pick_bottle),
		operator: chip("operator", () => pick("operator", words(operators()), say("other_operator"))),
		warehouse: chip("warehouse", () => pick("warehouse", words(device.offered.warehouses))),
	};

	async function pick(what, choices, other) {
		const current = what === "shift" ? device.shift : device.chosen[what];
		const value = await choose(say(what), choices, current, other);
		if (value === undefined) return false;
		device.set(what, value);
		floor.changed();
		if (what === "machine" || what === "warehouse") floor.look();
		return true;
	}

	async function pick_bottle() {
		if (!(await pick("bottle", items(device.offered.bottles)))) return;
		if (device.offered.preforms.length > 1) {
			await pick("preform", items(device.offered.preforms, floor.day.preforms));
		}
	}

	function shifts() {
		return device.offered.shifts.map(({ shift, from }) => ({ value: shift, name: floor.shift_name(shift), note: from }));
	}

	function operators() {
		return [...new Set([floor.session.full_name, ...device.offered.operators])];
	}

	const element = make(
		"section",
		{ class: "floor-chips", "aria-label": say("choose") },
		Object.values(chips).map((one) => one.element)
	);
	return {
		element,
		focus: (what) => chips[what]?.element.focus(),
		update() {
			const { chosen } = device;
			chips.machine.show(chosen.machine);
			chips.shift.show(floor.shift_name(device.shift), device.shift_by_clock ? say("by_clock") : "");
			chips.bottle.show(device.bottle()?.name, device.preform()?.name);
			chips.operator.show(chosen.operator);
			chips.warehouse.show(chosen.warehouse);
			chips.warehouse.element.hidden = device.offered.warehouses.length < 2;
		},
	};
}

function chip(what, act) {
	const value = make("strong", {});
	const note = make("small", {});
	const label = make("span", {}, say(what));
	const element = make("button", { type: "button", class: `floor-chip of-${what}`, onclick: act }, label, value, note);
	const show = (text, more = "") => {
		value.textContent = text || say("choose");
		note.textContent = more;
		element.classList.toggle("is-open", !text);
	};
	return { element, show };
}
