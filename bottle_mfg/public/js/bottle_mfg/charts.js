// Pictures of figures, drawn as SVG and HTML: they follow the theme and the width of the page, and say in words what
// they show.
import { escape } from "./panels";
import { today as of_factory } from "./today";

const WIDTH = 600; // of the drawing's own scale: it is stretched to what there is
const HEIGHT = 100;
const MARGIN = 0.1; // of the span of values, above and below

/** A line that stays level until a value changes: `points` are {date, value} by date, `show` writes a value. */
export function step_chart({ title, points, show }) {
	const today = of_factory();
	const steps = [...points, { date: today, value: points[points.length - 1].value }];
	const first = steps[0].date;
	const days = Math.max(frappe.datetime.get_day_diff(today, first), 1);
	const values = points.map((point) => point.value);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const span = high - low || high || 1;
	const x = (date) => (frappe.datetime.get_day_diff(date, first) / days) * WIDTH;
	const y = (value) => HEIGHT * (1 - (value - low + span * MARGIN) / (span * (1 + 2 * MARGIN)));
	const path = steps.map((point, at) =>
		at ? `H${x(point.date).toFixed(1)}V${y(point.value).toFixed(1)}` : `M0,${y(point.value).toFixed(1)}`
	);
	const spots = points.map((point, at) => {
		const left = x(point.date);
		const width = Math.max(x(steps[at + 1].date) - left, 4);
		const words = __("{0}: {1}", [told(point.date), show(point.value)]);
		return `<rect x="${left}" y="0" width="${width}" height="${HEIGHT}" fill="transparent"><title>${escape(
			words
		)}</title></rect>`;
	});
	const said = __("{0}: {1} on {2}, {3} now; lowest {4}, highest {5}", [
		title,
		show(points[0].value),
		told(first),
		show(values[values.length - 1]),
		show(low),
		show(high),
	]);
	return `<div class="bottle-chart">
		<div class="bottle-caption">${escape(title)}</div>
		<div class="bottle-chart-area" dir="ltr">
			<div class="bottle-chart-values" aria-hidden="true">
				<span>${show(high)}</span>${high === low ? "" : `<span>${show(low)}</span>`}
			</div>
			<svg role="img" aria-label="${escape(said)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
				<path class="bottle-area" d="${path.join("")}V${HEIGHT}H0Z" />
				<path class="bottle-line" d="${path.join("")}" />
				${spots.join("")}
			</svg>
			<div class="bottle-chart-days" aria-hidden="true"><span>${told(first)}</span><span>${__("Today")}</span></div>
		</div>
	</div>`;
}

/** Bars that follow each other to a total: `parts` are {label, value, kind, note}, values below zero lead back. */
export function waterfall({ title, said, parts, columns }) {
	let sum = 0;
	const bars = parts.map((part) => {
		const start = part.kind === "total" ? 0 : sum;
		if (part.kind !== "total") sum += part.value;
		const end = part.kind === "total" ? part.value : sum;
		return { ...part, from: Math.min(start, end), to: Math.max(start, end) };
	});
	const whole = Math.max(...bars.map((bar) => bar.to)) || 1;
	const share = (value) => ((100 * value) / whole).toFixed(2);
	const rows = bars.map(
		(bar) => `<div class="bottle-bar-row ${bar.kind === "total" ? "bold" : ""}">
			<div class="bottle-bar-label">${escape(bar.label)}</div>
			<div class="bottle-bar-track"><div class="bottle-bar bottle-bar-${bar.kind}"
				style="inset-inline-start: ${share(bar.from)}%; width: ${share(bar.to - bar.from)}%"></div></div>
			<div class="bottle-bar-value">${bar.shown}</div>
			<div class="bottle-bar-value">${bar.each}</div>
		</div>`
	);
	const cells = bars.map(
		(bar) => `<tr><th scope="row">${escape(bar.label)}</th><td>${bar.shown}</td><td>${bar.each}</td></tr>`
	);
	const head = columns.map((label) => `<th scope="col">${escape(label)}</th>`).join("");
	return `<div class="bottle-waterfall">
		<div class="bottle-bars" role="img" aria-label="${escape(said)}">
			<div class="bottle-bar-row bottle-bar-head text-muted"><div class="bottle-bar-label"></div><div></div>
				<div class="bottle-bar-value">${escape(columns[1])}</div>
				<div class="bottle-bar-value">${escape(columns[2])}</div></div>
			${rows.join("")}
		</div>
		<table class="sr-only"><caption>${escape(title)}</caption><thead><tr>${head}</tr></thead>
			<tbody>${cells.join("")}</tbody></table>
	</div>`;
}

const told = (date) => frappe.datetime.str_to_user(date);
