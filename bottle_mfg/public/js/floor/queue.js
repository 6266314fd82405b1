// What was entered and is not on the server yet. IndexedDB and not localStorage: what is written is on the disk before
// the operator reads "kept" (`strict`), two tabs cannot overwrite each other's entries, and it has an order of its own.

const NAME = "bottle-floor";
const STORE = "entries";

export const WAITING = "waiting";
export const REFUSED = "refused";

/** Whether an entry is on this device and nowhere else, for certain. */
export function is_here_alone(entry) {
	return entry.state === REFUSED || !entry.tried;
}

export class Queue {
	/** Opens it. Raises where the browser keeps nothing. */
	static open() {
		return new Promise((resolve, reject) => {
			const request = indexedDB.open(NAME, 1);
			request.onupgradeneeded = () => {
				const store = request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
				store.createIndex("key", "key", { unique: true });
			};
			request.onsuccess = () => resolve(new Queue(request.result));
			request.onerror = () => reject(request.error);
		});
	}

	constructor(database) {
		this.database = database;
		database.onversionchange = () => database.close();
	}

	/** All entries, of all users of this device, in the order in which they were made. */
	all() {
		return this._do("readonly", (store) => store.getAll());
	}

	add(entry) {
		return this._do("readwrite", (store) => store.add(entry));
	}

	/** Change what is kept of an entry. Answers what it says then; undefined where it is gone, or no more `as` wanted. */
	async change(order, changes, as = () => true) {
		let changed;
		await this._do("readwrite", (store) => {
			const request = store.get(order);
			request.onsuccess = () => {
				if (!request.result || !as(request.result)) return;
				changed = { ...request.result, ...changes };
				store.put(changed);
			};
			return request;
		});
		return changed;
	}

	/** Take an entry for sending. From here on nobody knows, until an answer comes, whether the server has it. */
	claim(order) {
		return this.change(order, { tried: true }, (entry) => entry.state === WAITING);
	}

	/** Keep an entry back that was never sent, to correct it or throw it away. */
	hold(order) {
		return this.change(order, { state: REFUSED, answer: null }, is_here_alone);
	}

	remove(order) {
		return this._do("readwrite", (store) => store.delete(order));
	}

	/** Put a corrected entry in the place of a refused one: both happen, or neither. Answers whether it was still there,
	 * and not on its way to the server.
	 */
	async replace(order, entry) {
		let replaced = false;
		await this._do("readwrite", (store) => {
			const request = store.get(order);
			request.onsuccess = () => {
				if (request.result?.state !== REFUSED) return;
				replaced = true;
				store.delete(order);
				store.add(entry);
			};
			return request;
		});
		return replaced;
	}

	_do(mode, act) {
		return new Promise((resolve, reject) => {
			const transaction = this.database.transaction(STORE, mode, { durability: "strict" });
			const request = act(transaction.objectStore(STORE));
			transaction.oncomplete = () => resolve(request.result);
			transaction.onerror = () => reject(transaction.error);
			transaction.onabort = () => reject(transaction.error);
		});
	}
}

/** A key that no other entry anywhere has. `crypto.randomUUID` is there on secure pages alone. */
export function new_key() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return `floor-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
