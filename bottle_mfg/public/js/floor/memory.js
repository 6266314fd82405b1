// What the device remembers between two visits: where it stands, what is being counted, how the day stood.

const KEYS = {
	device: "bottle_floor:device",
	counts: "bottle_floor:counts",
	correcting: "bottle_floor:correcting",
	floor: "bottle_floor:floor",
};

export function recall(what) {
	try {
		return JSON.parse(localStorage.getItem(KEYS[what])) || {};
	} catch {
		return {};
	}
}

export function remember(what, value) {
	try {
		localStorage.setItem(KEYS[what], JSON.stringify(value));
	} catch {
		// full, or forbidden: it is a convenience
	}
}

export function forget_all() {
	Object.values(KEYS).forEach((key) => localStorage.removeItem(key));
}
