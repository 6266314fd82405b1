// Sends what waits, in the order in which it was entered, until nothing does.
import { WAITING } from "./queue";
import { DONE, FAILED, LATER, LOGIN, REFUSED, send } from "./server";

const LOCK = "bottle-floor:send";
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

/** `session` has the user and the token; `session.renew()` gets a new token, false where there is none to get.
 * `told(what, entry, answer)` hears of every change: "sending", "sent", "refused", "failed", "later".
 */
export class Sender {
	constructor(queue, session, told) {
		this.queue = queue;
		this.session = session;
		this.told = told;
		this.wait = FIRST_WAIT;
		this.timer = 0;
		this.under_way = null;
	}

	/** Try at once, for there is a reason to: something new, or the connection is back. */
	hurry() {
		this.wait = FIRST_WAIT;
		return this.go();
	}

	async go() {
		clearTimeout(this.timer);
		if (navigator.onLine === false) return; // the event `online` begins anew
		if (this.under_way) {
			this.again = true;
			return;
		}
		this.under_way = alone(() => this.drain());
		try {
			await this.under_way;
		} finally {
			this.under_way = null;
		}
		if (this.again) {
			this.again = false;
			await this.go();
		}
	}

	async drain() {
		let renewed = false;
		const failed = new Set(); // they come again later: what was entered after them does not wait for that
		for (;;) {
			const next = (await this.queue.all()).find((one) => this.is_to_send(one) && !failed.has(one.order));
			if (!next) break;
			const entry = await this.queue.claim(next.order);
			if (!entry) continue; // taken back meanwhile
			this.told("sending", entry);
			const { outcome, answer, wait } = await send(entry, this.session.token);
			if (outcome === LOGIN && !renewed && (await this.session.renew())) {
				renewed = true;
				continue;
			}
			if (outcome === LOGIN || outcome === LATER) {
				this.told("later", entry);
				// Without a login there is nothing to come back for: whoever logs in comes by the page.
				if (this.session.logged_in) this.come_back(wait);
				return;
			}
			if (outcome === REFUSED && answer.code === "idempotency_conflict" && !entry.compared) {
				// Sent twice at the same moment, and this one lost: asked once more, the server compares the counts.
				await this.queue.change(entry.order, { compared: true });
				continue;
			}
			renewed = false;
			if (outcome === FAILED) {
				failed.add(entry.order);
				await this.queue.change(entry.order, { failed: answer.detail });
				this.told("failed", entry);
				continue;
			}
			this.wait = FIRST_WAIT;
			await this.settle(entry, outcome, answer);
		}
		if (failed.size) this.come_back();
	}

	is_to_send(entry) {
		return entry.state === WAITING && entry.user === this.session.user;
	}

	async settle(entry, outcome, answer) {
		if (outcome === DONE) {
			await this.queue.remove(entry.order);
			this.told("sent", entry, answer);
		} else if (outcome === REFUSED) {
			await this.queue.change(entry.order, { state: "refused", answer });
			this.told("refused", entry, answer);
		}
	}

	come_back(asked = 0) {
		const jitter = 0.75 + Math.random() / 2;
		this.timer = setTimeout(() => this.go(), Math.max(this.wait * jitter, asked));
		this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
	}
}

/** Have one tab of this device send at a time. Where a browser cannot, the key keeps entries from doubling all the same. */
function alone(act) {
	return navigator.locks ? navigator.locks.request(LOCK, act) : act();
}
