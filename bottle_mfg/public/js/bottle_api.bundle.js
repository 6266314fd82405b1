// The page /bottle-api: the description of the API, and a form for each operation that sends it from here.
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

const place = document.getElementById("bottle-api");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function colour() {
	const theme = document.documentElement.dataset.theme;
	const is_dark = theme === "Dark" || (theme === "Automatic" && dark.matches);
	document.documentElement.classList.toggle("dark-mode", is_dark);
}

function signed(request) {
	const own = new URL(request.url, location.href).origin === location.origin;
	if (own && (request.method || "GET") !== "GET") {
		request.headers["X-Frappe-CSRF-Token"] = place.dataset.csrfToken;
	}
	return request;
}

// The session says who it is: there is nothing to log in to.
const WithoutLogin = () => ({
	wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null },
});

colour();
dark.addEventListener("change", colour);
SwaggerUI({
	domNode: place,
	url: "/api/method/bottle_mfg.api.v1.openapi",
	deepLinking: true,
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	docExpansion: "none",
	filter: true,
	plugins: [WithoutLogin],
	requestInterceptor: signed,
	validatorUrl: null,
});
