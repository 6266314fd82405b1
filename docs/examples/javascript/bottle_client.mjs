// A client of bottle_mfg for Node 18 and later, without packages.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const ATTEMPTS = 6;
// Too many requests, and others at the same goods: the same request may be sent again.
const LATER = [429, 503];

/** The site said no. `body` has `detail` for people, `code` for programs, and the figures of the case. */
export class Refused extends Error {
	constructor(status, body) {
		super(`${status} ${body.code}: ${JSON.stringify(body.detail)}`);
		this.status = status;
		this.code = body.code;
		this.body = body;
	}
}

/** Speaks to one site as one user. Makes no document twice, however often it has to ask. */
export class BottleClient {
	#site;
	#authorization;

	constructor(site, authorization) {
		this.#site = site.replace(/\/$/, "");
		this.#authorization = authorization;
	}

	/** As the user on whose form the key was generated. It is good until a new one is generated. */
	static withApiKey(site, key, secret) {
		return new BottleClient(site, `token ${key}:${secret}`);
	}

	/** As the user, with a bearer token that is good for `expires_in` seconds (an hour). */
	static async withPassword(site, clientId, username, password) {
		const form = { grant_type: "password", client_id: clientId, scope: "all", username, password };
		const url = `${site.replace(/\/$/, "")}/api/method/frappe.integrations.oauth2.get_token`;
		const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
		const tokens = await json(answer);
		if (!answer.ok) throw new Refused(answer.status, tokens);
		return new BottleClient(site, `Bearer ${tokens.access_token}`);
	}

	/** Call a method of bottle_mfg.api.v1. Those that make documents get an Idempotency-Key. */
	async call(method, values = {}, key = method.startsWith("create_") ? randomUUID() : null) {
		return (await this.#ask(`method/bottle_mfg.api.v1.${method}`, values, key)).message;
	}

	/** Make a document of any kind; with `docstatus: 1` it is submitted, too. */
	async insert(doctype, values, key = randomUUID()) {
		return (await this.#ask(`resource/${encodeURIComponent(doctype)}`, values, key)).data;
	}

	/** All records that fit, page by page. None is missed or seen twice, whoever else is writing. */
	async *documents(doctype, values = {}) {
		let after = null;
		do {
			const page = await this.call("list_documents", { doctype, ...values, after });
			yield* page.data;
			after = page.next;
		} while (after !== null);
	}

	async #ask(path, body, key) {
		const headers = { Authorization: this.#authorization, "Content-Type": "application/json" };
		if (key) headers["Idempotency-Key"] = key; // the same in every attempt
		const request = { method: "POST", headers, body: JSON.stringify(body) };
		for (let attempt = 1; ; attempt++) {
			// Where no answer comes the document may be there, or not.
			const answer = await fetch(`${this.#site}/api/${path}`, request).catch(() => null);
			if (answer?.ok) return answer.json();
			const status = answer?.status ?? 503;
			if (!LATER.includes(status) || attempt === ATTEMPTS) {
				throw new Refused(status, answer ? await json(answer) : {});
			}
			await sleep(1000 * Number(answer?.headers.get("Retry-After") ?? 2));
		}
	}
}

async function json(answer) {
	const text = await answer.text();
	try {
		return JSON.parse(text);
	} catch {
		return { detail: text.slice(0, 200), code: null }; // something between us and the site answered
	}
}
