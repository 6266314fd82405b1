// Carries live events from Frappe (a Redis channel) to the browsers (socket.io), as Frappe's own relay does.
//
//   node relay.mjs PORT WEB_URL REDIS_URL SITE
//
// Who may hear what is Frappe's to say: every question of rights is asked over HTTP with the browser's cookie.
import http from "node:http";
import { createClient } from "@redis/client";
import { Server } from "socket.io";

const [port, webUrl, redisUrl, siteName] = process.argv.slice(2);

async function ask(socket, method, parameters = {}) {
	const { cookie = "", authorization } = socket.handshake.headers;
	const answer = await fetch(`${webUrl}/api/method/${method}?${new URLSearchParams(parameters)}`, {
		headers: { cookie, "X-Frappe-Site-Name": siteName, ...(authorization ? { authorization } : {}) },
	});
	if (!answer.ok) throw new Error(`refused with status ${answer.status}`);
	return (await answer.json()).message;
}

const rooms = {
	doctype: (doctype) => `doctype:${doctype}`,
	document: (doctype, name) => `doc:${doctype}/${name}`,
	open: (doctype, name) => `open_doc:${doctype}/${name}`,
	task: (id) => `task_progress:${id}`,
};

// A refusal is Frappe's answer, not a fault: the browser just does not get into the room.
function ifAllowed(question, action) {
	question.then(action).catch(() => {});
}

async function tellViewers(socket, doctype, name) {
	const room = rooms.open(doctype, name);
	const viewers = await socket.nsp.in(room).fetchSockets();
	const users = [...new Set(viewers.map((viewer) => viewer.data.user))];
	if (users.length === 1 && users[0] === socket.data.user) return;
	socket.nsp.to(room).emit("doc_viewers", { doctype, docname: name, users });
}

function onConnection(socket) {
	const { user, user_type: userType } = socket.data;
	const opened = new Map();
	const mayReadType = (doctype) => ask(socket, "frappe.realtime.can_subscribe_doctype", { doctype });
	const mayRead = (doctype, docname) => ask(socket, "frappe.realtime.can_subscribe_doc", { doctype, docname });

	socket.join([`user:${user}`, "website"]);
	if (userType === "System User") socket.join("all");
	socket.on("ping", () => socket.emit("pong"));
	socket.on("doctype_subscribe", (doctype) =>
		ifAllowed(mayReadType(doctype), () => socket.join(rooms.doctype(doctype)))
	);
	socket.on("doctype_unsubscribe", (doctype) => socket.leave(rooms.doctype(doctype)));
	socket.on("doc_subscribe", (doctype, name) =>
		ifAllowed(mayRead(doctype, name), () => socket.join(rooms.document(doctype, name)))
	);
	socket.on("doc_unsubscribe", (doctype, name) => socket.leave(rooms.document(doctype, name)));
	socket.on("doc_open", (doctype, name) =>
		ifAllowed(mayRead(doctype, name), () => {
			socket.join(rooms.open(doctype, name));
			opened.set(rooms.open(doctype, name), [doctype, name]);
			return tellViewers(socket, doctype, name);
		})
	);
	socket.on("doc_close", (doctype, name) => {
		socket.leave(rooms.open(doctype, name));
		opened.delete(rooms.open(doctype, name));
		tellViewers(socket, doctype, name);
	});
	for (const event of ["task_subscribe", "progress_subscribe"]) {
		socket.on(event, (id) => socket.join(rooms.task(id)));
	}
	socket.on("task_unsubscribe", (id) => socket.leave(rooms.task(id)));
	socket.on("disconnect", () => opened.forEach(([doctype, name]) => tellViewers(socket, doctype, name)));
}

const server = http.createServer();
const io = new Server(server, { cors: { origin: true, credentials: true }, cleanupEmptyChildNamespaces: true });
const site = io.of(`/${siteName}`);
site.use((socket, next) => {
	ask(socket, "frappe.realtime.get_user_info").then((answer) => {
		socket.data = answer;
		next();
	}, next);
});
site.on("connection", onConnection);

const subscriber = createClient({ url: redisUrl });
subscriber.on("error", (error) => console.error(`redis: ${error.message}`));
await subscriber.connect();
await subscriber.subscribe("events", (line) => {
	const { event, message, room, namespace } = JSON.parse(line);
	if (namespace && namespace !== siteName) return;
	(room ? site.to(room) : site).emit(event, message);
});
server.listen(Number(port), "127.0.0.1", () => console.log(`listening on ${port} for ${siteName}`));
