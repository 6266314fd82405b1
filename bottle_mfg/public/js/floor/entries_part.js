// What was entered last, and how it stands with each: waiting on this device, not taken, or sent.
import { lost } from "./counts";
import { button, make } from "./elements";
import { is_here_alone } from "./queue";
import { knows, number, percent, say, time } from "./words";

const MARKS = { waiting: "…", refused: "!", blown: "✓", cancelled: "×" };

export function entries_part(floor) {
	const list = make("ol", { class: "floor-entries" });
	const empty = make("p", { class: "floor-quiet" }, say("nothing_entered"));
	let drawn = "";
	const element = make("section", { class: "floor-card", "aria-labelledby": "floor-entries" }, [
		make("header", {}, make("h2", { id: "floor-entries" }, say("last_entered"))),
		empty,
		list,
	]);
	return {
		element,
		update() {
			const own = floor.own_entries();
			const latest = floor.day.latest || [];
			const now = JSON.stringify([own, latest, floor.sending, floor.device.chosen.machine]);
			if (now === drawn) return; // a button that has the focus stays
			drawn = now;
			empty.hidden = own.length + latest.length > 0;
			list.replaceChildren(
				...[...own].reverse().map((entry) => kept(floor, entry)),
				...latest.map((run) => sent(floor, run))
			);
		},
	};
}

/** An entry that is on this device alone. */
function kept(floor, entry) {
	const { values } = entry;
	const refused = entry.state === "refused";
	const sending = floor.sending === entry.key;
	const state = refused ? (entry.answer ? "state_refused" : "state_held") : sending ? "sending" : "state_waiting";
	return item(floor, { ...values, entered_at: entry.entered_at, state: entry.state }, say(state), [
		refused && entry.answer ? make("p", { class: "floor-why" }, reason(entry)) : null,
		!refused && entry.failed ? make("p", { class: "floor-why" }, say("why_failed"), " ", entry.failed) : null,
		sending || !is_here_alone(entry) ? null : make("div", { class: "floor-actions" }, actions(floor, entry, refused)),
	]);
}

function actions(floor, entry, refused) {
	const code = refused && entry.answer && kind(entry.answer);
	return [
		refused ? button(say("try_again"), () => floor.try_again(entry)) : null,
		button(say("correct"), () => floor.correct(entry)),
		["insufficient_stock", "closed_period", "too_old"].includes(code)
			? button(say("as_of_now"), () => floor.try_again(entry, true))
			: null,
		button(say("throw_away"), () => floor.throw_away(entry), { class: "quiet" }),
	];
}

function sent(floor, run) {
	const state = run.state.toLowerCase().replace(/ /g, "_");
	const link = make("a", { href: floor.form_of(run.name), class: "floor-name" }, run.name);
	return item(floor, { ...run, state }, say(`state_${state}`), [link]);
}

function item(floor, run, state, more) {
	const bottle = floor.device.offered.bottles.find((one) => one.code === run.to_item);
	const pieces = lost(run);
	const rate = run.quantity ? (pieces * 100) / run.quantity : 0;
	const where = [time(run.entered_at, floor.clock.now()), run.machine, bottle?.name || run.to_item].filter(Boolean);
	return make("li", { class: `floor-entry is-${run.state}` }, [
		make("span", { class: "floor-mark", "aria-hidden": "true" }, MARKS[run.state] || "✓"),
		make("div", {}, [
			make("p", { class: "floor-figures" }, [
				make("strong", {}, number(run.good_quantity)),
				` ${say("of_preforms", "", number(run.quantity)).trim()}`,
			]),
			make("p", { class: "floor-quiet" }, where.join(" · ")),
			make("p", { class: "floor-quiet" }, `${say("rejects")}: ${number(pieces)} · ${percent(rate)} %`),
			make("p", { class: "floor-state" }, state),
			more,
		]),
	]);
}

/** Why the server did not take an entry, in words that say what to do; else in its own. */
function reason({ answer }) {
	const code = kind(answer);
	const name = `why_${code}`;
	if (!knows(name)) return sentences(answer).join(" ");
	if (code === "insufficient_stock") return say(name, number(answer.available), answer.item_id);
	return say(name, answer.name || "");
}

function kind(answer) {
	const types = Array.isArray(answer.detail) ? answer.detail.map((fault) => fault.type) : [];
	return types.length === 1 && types[0] === "too_old" ? "too_old" : answer.code;
}

function sentences({ detail }) {
	return Array.isArray(detail) ? detail.map((fault) => fault.msg) : [String(detail)];
}
