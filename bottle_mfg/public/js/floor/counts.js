// What is counted at a machine, and what may be wrong with it. The server holds the same rules.
import { number, percent, say } from "./words";

const UNUSUAL = 15; // percent lost

export const nothing = () => ({ quantity: 0, good_quantity: 0, rejects: {} });

export function lost(counts) {
	return Math.max(counts.quantity - counts.good_quantity, 0);
}

export function lost_percent(counts) {
	return counts.quantity ? (lost(counts) * 100) / counts.quantity : 0;
}

export function with_reason(counts) {
	return Object.values(counts.rejects).reduce((sum, pieces) => sum + pieces, 0);
}

/** The lines of the document: `rejects` are kept by "stage|reason". */
export function reject_lines(counts) {
	return Object.entries(counts.rejects)
		.filter(([, pieces]) => pieces > 0)
		.map(([key, pieces]) => {
			const [stage, ...reason] = key.split("|");
			return { stage, reason: reason.join("|"), quantity: pieces };
		});
}

export function from_lines(lines) {
	return Object.fromEntries((lines || []).map((line) => [`${line.stage}|${line.reason}`, line.quantity]));
}

/** What keeps these counts from being saved: where, and in which words. Null if nothing does. */
export function fault(counts, chosen) {
	if (!chosen.machine) return { where: "machine", text: say("need_machine") };
	if (!chosen.bottle || !chosen.preform) return { where: "bottle", text: say("need_bottle") };
	if (!(counts.quantity > 0)) return { where: "quantity", text: say("need_preforms") };
	if (!(counts.good_quantity > 0)) return { where: "good_quantity", text: say("need_good") };
	if (counts.good_quantity > counts.quantity) {
		return { where: "good_quantity", text: say("too_many_good") };
	}
	if (with_reason(counts) > lost(counts)) {
		const text = say("too_many_reasons", number(with_reason(counts)), number(lost(counts)));
		return { where: "rejects", text };
	}
	return null;
}

/** What is possible, but strange. */
export function doubts(counts, preforms_left) {
	const found = [];
	if (lost_percent(counts) > UNUSUAL) found.push(say("check_many_lost", percent(lost_percent(counts))));
	if (preforms_left !== undefined && counts.quantity > preforms_left) {
		found.push(say("check_short", number(preforms_left)));
	}
	return found;
}
