// Where this device stands: machine, bottle and preform, shift, operator, warehouse. One tile for each choice.
import { ask, button, make } from "./elements";
import { number, say } from "./words";

/** Let the operator choose one thing. `choices` are {value, name, note}; `other` is the label of a field for another. */
export function choose(title, choices, current, other) {
	const tiles = (close) => [
		make(
			"div",
			{ class: "floor-tiles", role: "group", "aria-label": title },
			choices.map((one) => tile(one, one.value === current, () => close(one.value)))
		),
		choices.length || other ? null : make("p", { class: "floor-quiet" }, say("nothing_to_choose")),
		other ? other_word(other, close) : null,
	];
	return ask(title, (close) => make("div", {}, ...tiles(close)), () => []);
}

function tile({ name, note }, is_current, act) {
	const inner = [make("strong", {}, name), note ? make("small", {}, note) : null];
	return make(
		"button",
		{
			type: "button",
			class: "floor-tile",
			"aria-pressed": String(is_current),
			onclick: act,
			autofocus: is_current,
		},
		inner
	);
}

/** A field for a word that has no tile yet. */
function other_word(label, close) {
	const field = make("input", { id: "floor-other", type: "text", maxlength: "140", autocomplete: "off" });
	const take = (event) => {
		event.preventDefault();
		if (field.value.trim()) close(field.value.trim());
	};
	return make("form", { class: "floor-other", onsubmit: take }, [
		make("label", { for: "floor-other" }, label),
		make("div", {}, field, button(say("done"), take, { type: "submit" })),
	]);
}

/** The choices of a list of words. */
export function words(list) {
	return list.map((word) => ({ value: word, name: word }));
}

/** The choices of a list of items, with how much of each there is where `held` knows. */
export function items(list, held = {}) {
	return list.map((item) => {
		const facts = [item.size_ml ? `${number(item.size_ml)} ml` : "", item.weight_g ? `${number(item.weight_g)} g` : ""];
		const left = item.code in held ? `${say("preforms_left")}: ${number(held[item.code])}` : "";
		return { value: item.code, name: item.name, note: [...facts, left].filter(Boolean).join(" · ") };
	});
}

/** The preform that a bottle was last blown from, on this machine if it ever was; else the only one there is. */
export function usual_preform(offered, machine, bottle) {
	const pairs = offered.pairs.filter(([, to]) => to === bottle);
	const [, , preform] = pairs.find(([on]) => on === machine) || pairs[0] || [];
	const codes = offered.preforms.map((item) => item.code);
	if (codes.includes(preform)) return preform;
	return codes.length === 1 ? codes[0] : "";
}

/** The bottle that was last blown on a machine. */
export function usual_bottle(offered, machine) {
	const [, bottle] = offered.pairs.find(([on]) => on === machine) || [];
	return offered.bottles.some((item) => item.code === bottle) ? bottle : "";
}
