// The counts of one run: preforms in, good bottles out, and why the others were lost.
import { lost, lost_percent, with_reason } from "./counts";
import { button, make, repeat_while_held } from "./elements";
import { ask_number } from "./pad";
import { number, percent, say } from "./words";

const MOST = 9999999;

export function counting_part(floor) {
	const counters = {
		quantity: counter(floor, "quantity", "preforms_in", () => floor.device.preform()?.whole),
		good_quantity: counter(floor, "good_quantity", "good_out", () => floor.device.bottle()?.whole),
	};
	const rejects = rejects_part(floor);
	const element = make("section", { class: "floor-counting" }, [
		counters.quantity.element,
		counters.good_quantity.element,
		rejects.element,
	]);
	return {
		element,
		focus: (what) => (counters[what] || rejects).focus(),
		update() {
			const { chosen } = floor.device;
			const left = floor.day.preforms?.[chosen.preform];
			const known = chosen.preform && left !== undefined;
			const short = known && floor.counts.quantity > left;
			counters.quantity.show(known ? `${say("preforms_left")}: ${number(left)}` : "", short);
			counters.good_quantity.show("", floor.counts.good_quantity > floor.counts.quantity);
			rejects.update();
		},
	};
}

/** One number: a tap on it opens the pad, minus and plus correct it. */
function counter(floor, field, label, whole) {
	const name = say(label);
	const shown = make("button", { type: "button", class: "floor-number", onclick: type });
	const note = make("small", { class: "floor-note" });
	const less = button("−", null, { class: "floor-step", "aria-label": say("less", name) });
	const more = button("+", null, { class: "floor-step", "aria-label": say("more", name) });
	const step = (by) => set(floor.counts[field] + by);
	repeat_while_held(less, (by) => step(-by));
	repeat_while_held(more, step);

	function set(value) {
		floor.count({ [field]: Math.min(Math.max(value, 0), MOST) });
	}

	async function type() {
		const value = await ask_number(name, floor.counts[field], whole() !== false);
		if (value !== undefined) set(value);
	}

	const element = make("div", { class: "floor-counter", role: "group", "aria-label": name }, [
		make("div", { class: "floor-counter-head" }, make("span", {}, name), note),
		make("div", { class: "floor-counter-row" }, less, shown, more),
	]);
	return {
		element,
		focus: () => shown.focus(),
		show(text, is_wrong) {
			const value = number(floor.counts[field]);
			shown.textContent = value;
			shown.setAttribute("aria-label", `${say("type_number", name)}: ${value}`);
			note.textContent = text;
			note.classList.toggle("is-wrong", Boolean(is_wrong));
			element.classList.toggle("is-wrong", Boolean(is_wrong) && !text);
		},
	};
}

/** What was lost, and a tile for each reason: a tap is one piece. */
function rejects_part(floor) {
	let stage = "Bottle";
	let drawn = "";
	const head = make("div", { class: "floor-lost", "aria-live": "polite" });
	const explained = make("small", { class: "floor-note", role: "status" });
	const stages = make("div", { class: "floor-stages", role: "group", "aria-label": say("fell_as") });
	const tiles = make("div", { class: "floor-reasons", role: "group", "aria-label": say("why_rejected") });
	const why = make("div", {}, [
		make("div", { class: "floor-counter-head" }, make("span", {}, say("why_rejected")), make("small", {}, say("why_how"))),
		stages,
		tiles,
		explained,
	]);
	const element = make("div", { class: "floor-rejects" }, head, why);

	function add(reason, by) {
		const key = `${stage}|${reason}`;
		const pieces = Math.max((floor.counts.rejects[key] || 0) + by, 0);
		floor.count({ rejects: { ...floor.counts.rejects, [key]: pieces } });
	}

	function draw() {
		const shown = reasons(floor);
		const now = JSON.stringify([stage, shown]);
		if (now === drawn) return;
		drawn = now;
		stages.replaceChildren(...["Bottle", "Preform"].map((one) => stage_button(one)));
		tiles.replaceChildren(...shown.map((reason) => reason_tile(floor, reason, add)));
	}

	function stage_button(one) {
		const act = () => {
			stage = one;
			floor.changed();
			stages.querySelector("[aria-pressed=true]").focus();
		};
		return button(say(`as_${one.toLowerCase()}`), act, {
			class: "floor-stage",
			"aria-pressed": String(one === stage),
		});
	}

	return {
		element,
		focus: () => tiles.querySelector("button")?.focus(),
		update() {
			const pieces = lost(floor.counts);
			const unexplained = pieces - with_reason(floor.counts);
			head.replaceChildren(
				make("span", {}, say("rejects")),
				make("strong", {}, number(pieces)),
				make("span", {}, `${percent(lost_percent(floor.counts))} %`)
			);
			why.hidden = !pieces && !with_reason(floor.counts);
			if (why.hidden) return;
			draw();
			explained.textContent = unexplained > 0 ? say("without_reason", number(unexplained)) : say("all_explained");
			if (unexplained < 0) explained.textContent = say("too_many_reasons", number(with_reason(floor.counts)), number(pieces));
			explained.classList.toggle("is-wrong", unexplained < 0);
			for (const tile of tiles.children) tile.show(floor.counts.rejects[`${stage}|${tile.reason}`] || 0);
		},
	};
}

/** The reasons of the factory, and those that a refused entry has which are none any more. */
function reasons(floor) {
	const stated = Object.keys(floor.counts.rejects).map((key) => key.split("|").slice(1).join("|"));
	return [...new Set([...floor.device.offered.reasons, ...stated])];
}

function reason_tile(floor, reason, add) {
	const name = floor.reason_name(reason);
	const pieces = make("span", { class: "floor-pieces" });
	const more = make("button", { type: "button", class: "floor-reason" }, make("span", {}, name), pieces);
	const back = button("−", () => add(reason, -1), { class: "floor-back", "aria-label": say("one_back", name) });
	repeat_while_held(more, (by) => add(reason, by));
	const tile = make("div", { class: "floor-reason-tile" }, more, back);
	tile.reason = reason;
	tile.show = (count) => {
		pieces.textContent = count ? number(count) : "";
		more.setAttribute("aria-label", `${name}: ${number(count)}`);
		if (!count && document.activeElement === back) more.focus();
		back.hidden = !count;
	};
	return tile;
}
