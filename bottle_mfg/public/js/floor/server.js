// Asking the server. Whatever happens on the way is one of a few outcomes.

const METHODS = "/api/method/bottle_mfg.api.v1.";
const PAGE = "/blow";
const PATIENCE = 30000; // milliseconds: a lost answer is asked for again, with the same key

export const DONE = "done";
export const FAILED = "failed";
export const LATER = "later";
export const LOGIN = "login";
export const REFUSED = "refused";

const OF_SESSION = new Set(["csrf_token", "not_logged_in", "other_user"]);
const SERVER_ERROR = 500;
const FINAL = new Set([400, 403, 404, 409, 413, 417, 422]);

/** Send an entry. The outcome is DONE with its `answer`, LATER, LOGIN, or REFUSED with the `answer` that says why; FAILED
 * with such an answer where the server could not take this entry, and nobody knows whether it ever can.
 */
export function send(entry, token) {
	const body = JSON.stringify({
		...entry.values,
		entered_at: entry.entered_at,
		user: entry.user,
		idempotency_key: entry.key,
	});
	return ask("create_shop_floor_blow", token, { method: "POST", body }, (answer) => Boolean(answer?.name));
}

/** How the day stands: DONE with the `answer`, LATER or LOGIN. */
export function look(machine, warehouse, token) {
	const asked = new URLSearchParams({ machine: machine || "", warehouse: warehouse || "" });
	return ask(`shop_floor?${asked}`, token, {}, (answer) => Boolean(answer?.whole));
}

async function ask(method, token, options, is_right) {
	let answer;
	let body;
	try {
		answer = await fetch(METHODS + method, { ...options, ...within(token) });
		body = await answer.json();
	} catch {
		return { outcome: LATER }; // no connection, or something else than our server spoke
	}
	if (answer.ok) return is_right(body.message) ? { outcome: DONE, answer: body.message } : { outcome: LATER };
	if (answer.status === 401 || OF_SESSION.has(body.code)) return { outcome: LOGIN };
	if (FINAL.has(answer.status) && body.detail) return { outcome: REFUSED, answer: body };
	if (answer.status === SERVER_ERROR && body.detail) return { outcome: FAILED, answer: body };
	return { outcome: LATER, wait: Number(answer.headers.get("Retry-After")) * 1000 || 0 };
}

function within(token) {
	return {
		cache: "no-store",
		credentials: "same-origin",
		headers: {
			Accept: "application/json",
			"Content-Type": "application/json",
			"X-Frappe-CSRF-Token": token,
		},
		signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
	};
}

/** The page afresh: DONE with its `beginning` and the `response` to keep, LOGIN where nobody is logged in, or LATER. */
export async function open_page() {
	try {
		const response = await fetch(PAGE, { cache: "no-store", credentials: "same-origin" });
		if (response.redirected && new URL(response.url).pathname !== PAGE) return { outcome: LOGIN };
		if (!response.ok) return { outcome: LATER };
		const kept = response.clone();
		const page = new DOMParser().parseFromString(await response.text(), "text/html");
		return { outcome: DONE, beginning: beginning_of(page), response: kept };
	} catch {
		return { outcome: LATER };
	}
}

/** What a page begins with. Raises where it is not ours. */
export function beginning_of(page) {
	return JSON.parse(page.getElementById("floor-beginning").textContent);
}

export async function log_out(token) {
	const answer = await fetch("/api/method/logout", { method: "POST", ...within(token) });
	return answer.ok;
}
