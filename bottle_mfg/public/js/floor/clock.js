// What time it is at the factory. A tablet's clock may be wrong: each answer of the server says by how much.

const MEMORY = "bottle_floor:clock";
const MINUTE = 60 * 1000; // milliseconds
const DAY = 24 * 60; // minutes

export class Clock {
	constructor(time_zone) {
		this.parts = new Intl.DateTimeFormat("en-GB", {
			hour: "2-digit",
			minute: "2-digit",
			hourCycle: "h23",
			timeZone: time_zone,
		});
		const { ahead = 0, seen = 0 } = JSON.parse(localStorage.getItem(MEMORY) || "{}");
		this.ahead = ahead;
		this.seen = seen;
	}

	/** Set by the time that a page says it was made at, if it was not kept from an earlier visit. */
	begin(server_time) {
		if (Date.parse(server_time) > this.seen) this.set(server_time);
	}

	/** Set by the server's time (ISO 8601) as it was just answered. */
	set(server_time) {
		const now = Date.parse(server_time);
		if (!now) return;
		this.ahead = now - Date.now();
		this.seen = Math.max(this.seen, now);
		localStorage.setItem(MEMORY, JSON.stringify({ ahead: this.ahead, seen: this.seen }));
	}

	/** Milliseconds since 1970. Never before what the server said last: a tablet may wake up in the year 2000. */
	now() {
		return Math.max(Date.now() + this.ahead, this.seen);
	}

	/** The shift that works now. `shifts` say from when (HH:MM at the factory) each lasts until the next. */
	shift(shifts) {
		if (!shifts.length) return "";
		const begun = [...shifts].sort((one, other) => (one.from < other.from ? -1 : 1));
		const clock = this.parts.format(this.now());
		const current = begun.filter((one) => one.from <= clock).pop() || begun[begun.length - 1];
		return current.shift;
	}

	/** When (milliseconds since 1970) the shift that works now gives way to the next. */
	shift_ends(shifts) {
		const now = this.now();
		const clock = minutes(this.parts.format(now));
		const left = shifts.map(({ from }) => ((minutes(from) - clock + DAY - 1) % DAY) + 1);
		return now - (now % MINUTE) + Math.min(...left) * MINUTE;
	}
}

/** The minute of the day that a clock (HH:MM) shows. */
function minutes(clock) {
	const [hours, more] = clock.split(":").map(Number);
	return hours * 60 + more;
}
