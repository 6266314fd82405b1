// What the screen says, and how it writes numbers and times. The words came with the page.

const GROUPED_AS = {
	"#,##,###.##": "en-IN",
	"#.###,##": "de-DE",
	"#.###": "de-DE",
	"# ###,##": "fr-FR",
	"#'###.##": "de-CH",
};

const SPACED_WITH_POINT = "# ###.##"; // no language's way to write numbers

let words = {};
let numbers = writer("", 3);
let percents = numbers;
let times = new Intl.DateTimeFormat();
let today = times;

/** Take over the words and formats of a page's beginning. */
export function speak(beginning) {
	words = beginning.words;
	numbers = writer(beginning.number_format, 3);
	percents = writer(beginning.number_format, 1);
	const timeZone = beginning.user_time_zone;
	const language = Intl.DateTimeFormat.supportedLocalesOf(beginning.lang)[0] || "en";
	const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn", timeZone };
	times = new Intl.DateTimeFormat(language, { ...clock, day: "numeric", month: "short" });
	today = new Intl.DateTimeFormat(language, clock);
}

/** What writes a number as Frappe's `format` does. */
function writer(format, decimals) {
	const written = new Intl.NumberFormat(GROUPED_AS[format] || "en-US", { maximumFractionDigits: decimals });
	return (value) => {
		const text = written.format(value);
		return format === SPACED_WITH_POINT ? text.replaceAll(",", "\u00a0") : text;
	};
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
	return numbers(value || 0);
}

export function percent(value) {
	return percents(value || 0);
}

/** The time of day, with the day where it is not that of `now`. */
export function time(moment, now = Date.now()) {
	const at = new Date(moment);
	const same = Math.abs(now - at.getTime()) < 20 * 3600 * 1000;
	return (same ? today : times).format(at);
}
