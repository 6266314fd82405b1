// Keeps the page, so that it opens without a connection. A cache holds one version whole: page, script, style and icon.

const CACHES = "bottle-floor:";
const PAGE = "/blow";

/** Let the browser ask our worker for this page, and for no other. */
export function register() {
	if (!navigator.serviceWorker) return; // the page came over plain http, or the browser is old
	navigator.serviceWorker.register("/blow-worker.js", { scope: PAGE }).catch((error) => console.warn(error));
	navigator.storage?.persist?.();
}

/** Keep a page as the server answered it. Another version takes the place of the last one only once it is complete. */
export async function keep(response, build) {
	if (!window.caches) return;
	const name = CACHES + build;
	const cache = await caches.open(name);
	const page = new DOMParser().parseFromString(await response.clone().text(), "text/html");
	const parts = page.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon], link[rel=manifest]");
	for (const address of new Set(Array.from(parts, (part) => part.getAttribute("src") || part.getAttribute("href")))) {
		if (!(await cache.match(address))) await cache.add(address);
	}
	await cache.put(PAGE, response);
	for (const other of await caches.keys()) {
		if (other.startsWith(CACHES) && other !== name) await caches.delete(other);
	}
}

/** The page was somebody's who is not here any more. */
export async function forget() {
	if (!window.caches) return;
	for (const name of await caches.keys()) {
		if (name.startsWith(CACHES)) await caches.delete(name);
	}
}
