// Making elements, buttons that repeat while they are held, and dialogs.
import { say } from "./words";

const HELD_AFTER = 450; // milliseconds
const REPEAT_EVERY = 90;

/** An element. Attributes that begin with "on" are listeners; null and false leave an attribute, or a child, out. */
export function make(tag, attributes, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {})) {
		if (typeof value === "function") element.addEventListener(name.slice(2), value);
		else if (value === true) element.setAttribute(name, "");
		else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
	}
	element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

export function button(label, act, attributes) {
	const kind = attributes?.class ? ` ${attributes.class}` : "";
	return make("button", { type: "button", onclick: act, ...attributes, class: `floor-button${kind}` }, label);
}

/** Have a button act once for a tap and, while it is held, again and again in larger steps. */
export function repeat_while_held(element, act) {
	let timer = 0;
	let times = 0;
	const again = () => {
		times += 1;
		act(times > 40 ? 100 : times > 15 ? 10 : 1);
		timer = setTimeout(again, REPEAT_EVERY);
	};
	const stop = () => clearTimeout(timer);
	element.addEventListener("pointerdown", () => {
		times = 0;
		timer = setTimeout(again, HELD_AFTER);
	});
	for (const end of ["pointerup", "pointerleave", "pointercancel"]) element.addEventListener(end, stop);
	element.addEventListener("contextmenu", (event) => event.preventDefault());
	element.addEventListener("click", () => {
		if (!times) act(1);
		times = 0;
	});
}

/** Open a dialog with a heading. Resolves with the value it was closed with; undefined where it was left. */
export function ask(title, content, buttons, { kind = "" } = {}) {
	const id = `floor-title-${title_number++}`;
	const before = document.activeElement;
	const dialog = make("dialog", { class: `floor-dialog ${kind}`, "aria-labelledby": id });
	return new Promise((resolve) => {
		let result;
		const close = (value) => {
			result = value;
			dialog.close();
		};
		const leave = button("×", () => close(), { class: "floor-leave", "aria-label": say("close") });
		dialog.append(
			make("header", {}, make("h2", { id }, title), leave),
			make("div", { class: "floor-dialog-body" }, typeof content === "function" ? content(close) : content),
			make("footer", {}, buttons(close))
		);
		dialog.addEventListener("click", (event) => event.target === dialog && close());
		dialog.addEventListener("close", () => {
			dialog.remove();
			if (before?.isConnected) before.focus();
			resolve(result);
		});
		document.body.append(dialog);
		dialog.showModal();
		dialog.querySelector("[autofocus]")?.focus();
	});
}

let title_number = 1;
