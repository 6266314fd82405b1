// A number pad for one thumb. The keys of a keyboard work, too.
import { ask, button, make } from "./elements";
import { number, say } from "./words";

const MOST_DIGITS = 7;

/** Ask for a number; undefined where the operator leaves without one. */
export function ask_number(title, before, whole = true) {
	let typed = "";
	const shown = make("output", { class: "floor-pad-shown", "aria-live": "polite" }, number(before));
	const value = () => Number(typed) || 0; // a point alone is no number
	const press = (key) => {
		if (key === "erase") typed = typed.slice(0, -1);
		else if (key === "." ? !whole && !typed.includes(".") : typed.length < MOST_DIGITS) typed += key;
		typed = typed.replace(/^0+(?=\d)/, "");
		shown.textContent = typed === "" ? "0" : typed.endsWith(".") ? `${number(value())}.` : number(value());
		touched = true;
	};
	let touched = false;
	const key = (label, what, name) =>
		button(label, () => press(what), { class: "floor-key", "aria-label": name || null });
	const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => key(digit, digit));
	const last = [whole ? key("00", "00") : key(".", "."), key("0", "0"), key("⌫", "erase", say("erase"))];
	const content = (close) => {
		const listen = (event) => {
			if (/^\d$/.test(event.key) || event.key === ".") press(event.key);
			else if (event.key === "Backspace") press("erase");
			else if (event.key === "Enter" && touched) close(value());
			else return;
			event.preventDefault();
		};
		return make("div", { class: "floor-pad", onkeydown: listen, tabindex: "-1", autofocus: true }, [
			shown,
			make("div", { class: "floor-keys", dir: "ltr" }, digits, last),
		]);
	};
	return ask(title, content, (close) => [
		button(say("done"), () => close(touched ? value() : before), { class: "primary" }),
	]);
}
