// The last look before an entry is kept: what it says, in large figures, and what is strange about it.
import { doubts, lost, lost_percent, reject_lines } from "./counts";
import { ask, button, make } from "./elements";
import { number, percent, say } from "./words";

/** Ask whether the counts are right; true if so. */
export function confirm_counts(floor) {
	const { counts, device } = floor;
	const strange = doubts(counts, floor.day.preforms?.[device.chosen.preform]);
	const rows = [
		[say("preforms_in"), number(counts.quantity)],
		[say("good_out"), number(counts.good_quantity)],
		[say("rejects"), `${number(lost(counts))} · ${percent(lost_percent(counts))} %`],
	];
	const reasons = reject_lines(counts).map((line) => `${floor.reason_name(line.reason)} ${number(line.quantity)}`);
	const where = [device.chosen.machine, floor.shift_name(device.shift), device.bottle()?.name];
	const content = make("div", { class: "floor-check" }, [
		make("p", {}, where.filter(Boolean).join(" · ")),
		make(
			"dl",
			{},
			rows.map(([label, value]) => make("div", {}, make("dt", {}, label), make("dd", {}, value)))
		),
		reasons.length ? make("p", { class: "floor-quiet" }, reasons.join(" · ")) : null,
		strange.map((text) => make("p", { class: "floor-doubt" }, text)),
	]);
	return ask(say("check_title"), content, (close) => [
		button(say("check_no"), () => close(false)),
		button(say("check_yes"), () => close(true), { class: "primary", autofocus: true }),
	]);
}
