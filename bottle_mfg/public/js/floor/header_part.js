// The connection, what waits, and a menu with who is here.
import { ask, button, make } from "./elements";
import { number, say } from "./words";

export function header_part(floor) {
	const state = make("span", { class: "floor-connection", role: "status" });
	const menu = button("☰", open_menu, { class: "floor-menu", "aria-label": say("menu") });
	const element = make("header", { class: "floor-head" }, [
		make("img", { src: "/assets/bottle_mfg/images/bottle_mfg.svg", alt: "", width: 32, height: 32 }),
		make("h1", {}, document.title.split(" | ")[0]),
		state,
		menu,
	]);

	async function open_menu() {
		const waiting = floor.waiting().length;
		const content = make("div", {}, [
			make("p", {}, `${floor.session.full_name} (${floor.session.user})`),
			waiting ? make("p", { class: "floor-doubt" }, say("waiting", number(waiting))) : null,
		]);
		const done = await ask(say("menu"), content, (close) => [
			button(say("to_desk"), () => close("desk")),
			button(say("log_out"), () => close("out")),
		]);
		if (done === "desk") location.href = floor.desk;
		if (done === "out") floor.log_out();
	}

	return {
		element,
		update() {
			const waiting = floor.waiting().length;
			const text = floor.connected ? say("online") : say("offline");
			state.textContent = waiting ? say("waiting", number(waiting)) : text;
			state.classList.toggle("is-off", !floor.connected);
			state.classList.toggle("is-waiting", waiting > 0);
		},
	};
}

/** What the operator has to know before all else. */
export function notes_part(floor) {
	const element = make("div", { class: "floor-notes", role: "status" });
	let drawn = "";
	return {
		element,
		update() {
			const notes = [
				floor.session.logged_in ? null : ["login", say("login_needed", number(floor.own_entries().length))],
				floor.corrected() ? ["correct", say("correcting")] : null,
				floor.connected ? null : ["off", say("offline_note")],
				floor.queue ? null : ["off", say("no_storage")],
				...Object.entries(floor.of_others()).map(([user, count]) => ["off", say("of_others", number(count), user)]),
			].filter(Boolean);
			if (JSON.stringify(notes) === drawn) return;
			drawn = JSON.stringify(notes);
			element.replaceChildren(...notes.map(([kind, text]) => note(floor, kind, text)));
		},
	};
}

function note(floor, kind, text) {
	const acts = {
		login: () => make("a", { class: "floor-button primary", href: "/login?redirect-to=/blow" }, say("log_in")),
		correct: () => button(say("leave_it"), () => floor.stop_correcting()),
	};
	return make("div", { class: `floor-banner is-${kind}` }, make("p", {}, text), acts[kind]?.() || null);
}
