// The screen as a whole: what it knows, what happens to it, and its parts, which show it.
import { Clock } from "./clock";
import { counting_part } from "./counting_part";
import { fault, from_lines, nothing, reject_lines } from "./counts";
import { Device } from "./device";
import { device_part } from "./device_part";
import { ask, button, make } from "./elements";
import { entries_part } from "./entries_part";
import { header_part, notes_part } from "./header_part";
import { forget_all, recall, remember } from "./memory";
import { forget, register } from "./offline";
import { new_key, Queue, REFUSED, WAITING } from "./queue";
import { confirm_counts } from "./saving";
import { Sender } from "./sender";
import { beginning_of, DONE, log_out, LOGIN, look } from "./server";
import { Session } from "./session";
import { today_part } from "./today_part";
import { number, say, speak } from "./words";

const LOOK_EVERY = 60000; // milliseconds

export async function start(place) {
	if (!place) return; // the page of who may not blow
	const beginning = beginning_of(document);
	speak(beginning);
	const queue = await Queue.open().catch(() => null);
	const floor = new Floor(beginning, queue);
	floor.draw(place);
	await floor.reload();
	floor.listen();
	register();
	await floor.arrive();
}

class Floor {
	constructor(beginning, queue) {
		this.beginning = beginning;
		this.queue = queue;
		this.clock = new Clock(beginning.time_zone);
		this.clock.begin(beginning.floor.now);
		this.session = new Session(beginning, (renewed) => this.renewed(renewed));
		this.device = new Device(beginning, this.clock);
		this.sender = queue && new Sender(queue, this.session, (...news) => this.hear(...news));
		this.channel = window.BroadcastChannel ? new BroadcastChannel("bottle-floor") : null;
		const { user, counts } = recall("counts");
		this.counts = user === beginning.user ? counts : nothing();
		const last = recall("floor");
		this.day = last.user === beginning.user && last.now > beginning.floor.now ? last : beginning.floor;
		this.entries = [];
		this.reached = navigator.onLine !== false;
		this.sending = "";
		this.correcting = {};
		this.go_on_correcting(recall("correcting"));
	}

	// what the parts ask for

	get connected() {
		return this.reached && navigator.onLine !== false;
	}

	get desk() {
		return this.beginning.desk;
	}

	form_of(name) {
		return `${this.desk}/blow/${encodeURIComponent(name)}`;
	}

	shift_name(shift) {
		return this.beginning.shift_names[shift] || shift;
	}

	reason_name(reason) {
		return this.beginning.reason_names[reason] || reason;
	}

	own_entries() {
		return this.entries.filter((entry) => entry.user === this.session.user);
	}

	waiting() {
		return this.own_entries().filter((entry) => entry.state === WAITING);
	}

	/** How many entries wait for each other user of this device. */
	of_others() {
		const counted = {};
		for (const { user } of this.entries) {
			if (user !== this.session.user) counted[user] = (counted[user] || 0) + 1;
		}
		return counted;
	}

	// what happens

	listen() {
		window.addEventListener("online", () => this.arrive());
		window.addEventListener("offline", () => this.changed());
		document.addEventListener("visibilitychange", () => !document.hidden && this.arrive());
		if (this.channel) this.channel.onmessage = ({ data }) => this.hear_other_tab(data);
		setInterval(() => (document.hidden ? null : this.look()), LOOK_EVERY);
	}

	/** Another tab of this device changed the queue; what it sent is part of the day that this one shows. */
	async hear_other_tab(what) {
		await this.reload();
		if (what === "sent" || what === "refused") await this.look();
	}

	/** There may be a connection again, or for the first time. */
	async arrive() {
		this.changed();
		if (navigator.onLine === false) return;
		this.reached = (await this.session.renew()) || !this.session.logged_in;
		this.changed();
		await this.sender?.hurry();
		await this.look();
	}

	renewed(beginning) {
		if (beginning) {
			this.beginning = beginning;
			speak(beginning);
			this.device.renew(beginning);
			this.see(beginning.floor);
		}
		this.changed();
	}

	/** Ask how the day stands. */
	async look() {
		if (navigator.onLine === false || !this.session.logged_in) return;
		const { machine, warehouse } = this.device.chosen;
		const { outcome, answer } = await look(machine, warehouse, this.session.token);
		this.reached = outcome === DONE || outcome === LOGIN;
		if (outcome === LOGIN || (answer && answer.user !== this.session.user)) await this.session.renew();
		else if (answer) this.see(answer);
		this.changed();
		if (this.reached && this.waiting().length) this.sender?.go();
	}

	see(day) {
		this.clock.set(day.now);
		this.day = day;
		remember("floor", day);
	}

	hear(what, entry, answer) {
		this.sending = what === "sending" ? entry.key : "";
		if (what === "later") this.reached = !this.session.logged_in;
		if (what === "sent") {
			const waits = answer.state === "Pending Approval";
			this.announce(waits ? say("sent_for_approval") : say("sent", number(entry.values.good_quantity)));
		}
		if (what === "refused") this.announce(say("refused"), true);
		if (what === "failed") this.reload();
		if (what === "sent" || what === "refused") {
			this.reached = true;
			this.channel?.postMessage(what);
			this.reload();
			this.look();
		}
		this.changed();
	}

	async reload() {
		this.entries = this.queue ? await this.queue.all() : [];
		if (this.correcting.order && !this.corrected()) {
			this.stop_correcting();
			this.announce(say("settled_meanwhile"), true);
		}
		this.changed();
	}

	count(changes) {
		this.counts = { ...this.counts, ...changes };
		remember("counts", { user: this.session.user, counts: this.counts });
		this.announce("");
		this.changed();
	}

	async save() {
		const wrong = fault(this.counts, this.device.chosen);
		if (wrong) {
			this.announce(wrong.text, true);
			(["machine", "bottle"].includes(wrong.where) ? this.parts.device : this.parts.counting).focus(wrong.where);
			return;
		}
		if (this.saving) return;
		this.saving = true;
		try {
			// What is confirmed is what is on the screen now: another tab may end a correction meanwhile.
			const values = this.values();
			const old = this.corrected();
			if (await confirm_counts(this)) await this.keep(values, old);
		} finally {
			this.saving = false;
		}
	}

	/** Keep an entry; one that corrects an `old` one in its place. */
	async keep(values, old) {
		const entry = {
			key: new_key(),
			user: this.session.user,
			entered_at: old?.entered_at || new Date(this.clock.now()).toISOString(),
			state: WAITING,
			values,
		};
		let kept;
		try {
			kept = await (old ? this.queue.replace(old.order, entry) : this.queue.add(entry));
		} catch {
			this.announce(say("no_storage"), true); // the counts stay on the screen
			return;
		}
		if (!kept) {
			await this.reload();
			this.announce(say("settled_meanwhile"), true);
			return;
		}
		this.stop_correcting();
		this.announce(this.connected ? say("sending") : say("kept"));
		window.scrollTo({ top: 0 });
		this.channel?.postMessage("kept");
		await this.reload();
		this.sender.hurry();
	}

	values() {
		const { chosen, shift } = this.device;
		return {
			from_item: chosen.preform,
			to_item: chosen.bottle,
			quantity: this.counts.quantity,
			good_quantity: this.counts.good_quantity,
			rejects: reject_lines(this.counts),
			machine: chosen.machine,
			shift,
			operator: chosen.operator,
			warehouse: chosen.warehouse,
		};
	}

	/** The entry whose figures are on the screen to be corrected, if one is. */
	corrected() {
		const { order } = this.correcting;
		return this.own_entries().find((entry) => entry.order === order && entry.state === REFUSED);
	}

	/** A correction may outlast the page. That of another user ends: the device goes back to where it stood. */
	go_on_correcting(correcting) {
		if (correcting.user === this.session.user) this.correcting = correcting;
		else if (correcting.before) {
			this.device.take(correcting.before.chosen);
			remember("correcting", {});
		}
	}

	/** Keep an entry from being sent, and put its figures under the operator's thumb. */
	async correct({ order }) {
		const entry = await this.queue.hold(order);
		await this.reload();
		if (!entry) return; // it was sent meanwhile
		const { values } = entry;
		const before = this.correcting.before || { chosen: { ...this.device.chosen }, counts: this.counts };
		this.correcting = { order, user: this.session.user, before };
		remember("correcting", this.correcting);
		this.device.restore(values);
		this.count({
			quantity: values.quantity,
			good_quantity: values.good_quantity,
			rejects: from_lines(values.rejects),
		});
		window.scrollTo({ top: 0 });
		this.parts.counting.focus("quantity");
	}

	/** Go on with what this device makes, and with what was being counted. */
	stop_correcting() {
		const { before } = this.correcting;
		if (before) this.device.take(before.chosen);
		this.correcting = {};
		remember("correcting", {});
		this.count(before ? before.counts : nothing());
	}

	async try_again(entry, as_of_now = false) {
		const changes = { state: WAITING, compared: false };
		if (as_of_now) changes.entered_at = new Date(this.clock.now()).toISOString();
		if (this.correcting.order === entry.order) this.stop_correcting();
		await this.queue.change(entry.order, changes);
		this.channel?.postMessage("tried again");
		await this.reload();
		this.sender.hurry();
	}

	async throw_away(entry) {
		const sure = await ask(say("throw_away_sure"), make("p", {}, number(entry.values.good_quantity)), (close) => [
			button(say("keep"), () => close(false), { autofocus: true }),
			button(say("throw_away"), () => close(true), { class: "danger" }),
		]);
		if (!sure || !(await this.queue.hold(entry.order))) return;
		await this.queue.remove(entry.order);
		if (this.correcting.order === entry.order) this.stop_correcting();
		this.channel?.postMessage("thrown away");
		await this.reload();
	}

	async log_out() {
		if (!(await log_out(this.session.token).catch(() => false))) return;
		await forget();
		forget_all();
		location.href = "/login?redirect-to=/blow";
	}

	// what is seen

	draw(place) {
		const save = button(say("save"), () => this.save(), { class: "primary floor-save" });
		this.said = make("p", { class: "floor-said", role: "status", "aria-live": "polite" });
		this.parts = {
			header: header_part(this),
			notes: notes_part(this),
			device: device_part(this),
			counting: counting_part(this),
			today: today_part(this),
			entries: entries_part(this),
		};
		const { header, notes, device, counting, today, entries } = this.parts;
		const entering = make("div", { class: "floor-entering" }, [
			device.element,
			counting.element,
			make("div", { class: "floor-bar" }, this.said, save),
		]);
		const seeing = make("div", { class: "floor-seeing" }, today.element, entries.element);
		place.append(header.element, make("main", {}, notes.element, entering, seeing));
		this.changed();
	}

	changed() {
		for (const part of Object.values(this.parts)) part.update();
	}

	announce(text, is_wrong = false) {
		this.said.textContent = text;
		this.said.classList.toggle("is-wrong", is_wrong);
	}
}
