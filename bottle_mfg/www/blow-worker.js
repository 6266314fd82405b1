// Opens /blow without a connection. What it answers with, the page itself has put into its cache (offline.js): the page
// and, by names that change with their contents, its script and style. So this script knows no version.
const PAGE = "/blow";
const CACHES = "bottle-floor:";
const PATIENCE = 6000; // milliseconds until a page that is kept is better than one that is still under way

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== "GET" || url.origin !== self.location.origin) return;
	if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(request));
	else if (url.pathname.startsWith("/assets/bottle_mfg/")) event.respondWith(asset(request));
});

async function page(request) {
	const kept = await find(PAGE);
	if (!kept) return fetch(request);
	const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
	const fresh = fetch(request).then((answer) => (answer.status >= 500 ? kept : answer));
	return Promise.race([fresh.catch(() => kept), late]);
}

async function asset(request) {
	return (await find(request.url)) || fetch(request);
}

async function find(address) {
	for (const name of await caches.keys()) {
		if (!name.startsWith(CACHES)) continue;
		const found = await (await caches.open(name)).match(address, { ignoreVary: true });
		if (found) return found;
	}
	return undefined;
}
