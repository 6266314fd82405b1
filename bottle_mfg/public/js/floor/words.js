// What the screen says, and how it writes numbers and times. The words came with the page.

const GROUPED_AS = {
	"#,##,###.##": "en-IN",
	"#.###,##": "de-DE",
	"# ###.##": "fr-FR",
	"# ###,##": "fr-FR",
	"#'###.##": "de-CH",
};

let words = {};
let numbers = new Intl.NumberFormat("en-US");
let percents = numbers;
let times = new Intl.DateTimeFormat();
let today = times;

/** Take over the words and formats of a page's beginning. */
export function speak(beginning) {
	words = beginning.words;
	const grouped = GROUPED_AS[beginning.number_format] || "en-US";
	numbers = new Intl.NumberFormat(grouped, { maximumFractionDigits: 3 });
	percents = new Intl.NumberFormat(grouped, { maximumFractionDigits: 1 });
	const timeZone = beginning.user_time_zone;
	const language = Intl.DateTimeFormat.supportedLocalesOf(beginning.lang)[0] || "en";
	const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn", timeZone };
	times = new Intl.DateTimeFormat(language, { ...clock, day: "numeric", month: "short" });
	today = new Intl.DateTimeFormat(language, clock);
}

/** The sentence of a name, with its places {0}, {1} … filled. */
export function say(name, ...values) {
	const sentence = words[name] || name;
	return sentence.replace(/\{(\d)\}/g, (_place, index) => values[index] ?? "");
}

export function knows(name) {
	return name in words;
}

export function number(value) {
	return numbers.format(value || 0);
}

export function percent(value) {
	return percents.format(value || 0);
}

/** The time of day, with the day where it is not that of `now`. */
export function time(moment, now = Date.now()) {
	const at = new Date(moment);
	const same = Math.abs(now - at.getTime()) < 20 * 3600 * 1000;
	return (same ? today : times).format(at);
}
