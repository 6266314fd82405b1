// What this day came to so far: this machine, and all together.
import { make } from "./elements";
import { number, percent, say, time } from "./words";

const NOTHING = { bottles_produced: 0, rejects: 0, reject_rate: 0, preforms_used: 0 };

export function today_part(floor) {
	const as_of = make("small", { class: "floor-quiet" });
	const rows = make("tbody", {});
	const head = ["", say("bottles"), say("rejects"), say("reject_rate")];
	const element = make("section", { class: "floor-card floor-today", "aria-labelledby": "floor-today" }, [
		make("header", {}, make("h2", { id: "floor-today" }, say("today")), as_of),
		make("table", {}, [
			make("thead", {}, make("tr", {}, head.map((label) => make("th", { scope: "col" }, label)))),
			rows,
		]),
	]);
	return {
		element,
		update() {
			const { machine } = floor.device.chosen;
			const { whole, machines, now } = floor.day;
			as_of.textContent = now ? say("as_of", time(now, floor.clock.now())) : "";
			const shown = machine ? [[machine, machines?.[machine]]] : [];
			rows.replaceChildren(...[...shown, [say("all_machines"), whole]].map(([name, day]) => row(name, day || NOTHING)));
		},
	};
}

function row(name, day) {
	return make("tr", {}, [
		make("th", { scope: "row" }, name),
		make("td", {}, number(day.bottles_produced)),
		make("td", {}, number(day.rejects)),
		make("td", {}, `${percent(day.reject_rate)} %`),
	]);
}
