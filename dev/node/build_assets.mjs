// Builds the *.bundle.{js,ts,css,scss} files of one Frappe app, and notes where each of them went.
//
//   node build_assets.mjs --app NAME --root APP_FOLDER --frappe FRAPPE_APP_FOLDER
//        --out FOLDER --url /assets/... --manifests FOLDER [--modules NODE_MODULES_OF_THE_APP] [--development]
//
// Lies beside node_modules when it runs. Writes assets.json and assets-rtl.json into the manifests folder.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import autoprefixer from "autoprefixer";
import esbuild from "esbuild";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";
import * as sfc from "vue/compiler-sfc";

const text = { type: "string" };
const { values: options } = parseArgs({
	options: {
		app: text, root: text, frappe: text, out: text, url: text, manifests: text, modules: text,
		development: { type: "boolean", default: false },
	},
});
const packages = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules");
const own = options.modules ? [options.modules] : [];
const loadPaths = [...own, ...new Set([options.root, options.frappe])];
const NOT_SOURCES = new Set(["node_modules", "dist", "lib"]);
const INLINED = [".woff", ".woff2", ".ttf", ".eot", ".otf", ".svg", ".png", ".gif"];

// "~package/file" means node_modules/package/file.
const tilde = {
	findFileUrl: (url) => (url.startsWith("~") ? pathToFileURL(path.join(packages, url.slice(1))) : null),
};

function compileSass(source, file) {
	return sass.compileString(source, {
		url: pathToFileURL(file),
		loadPaths: [packages, ...loadPaths],
		importers: [tilde],
		quietDeps: true,
		logger: sass.Logger.silent,
	}).css;
}

const servedAssets = {
	name: "served-assets",
	setup(build) {
		build.onResolve({ filter: /^\/(assets|files)\// }, (found) => ({ path: found.path, external: true }));
	},
};

const bundling = {
	absWorkingDir: options.root,
	bundle: true,
	legalComments: "none",
	loader: Object.fromEntries(INLINED.map((suffix) => [suffix, "dataurl"])),
	logLevel: "warning",
	minify: !options.development,
	nodePaths: [packages, ...loadPaths],
	target: "es2020",
};

// Frappe loads a JS bundle without a style sheet beside it, so CSS that JS imports has to travel inside,
// with all that it imports and shows itself.
async function injected(css, resolveDir) {
	const stdin = { contents: css, loader: "css", resolveDir };
	const { outputFiles } = await esbuild.build({ ...bundling, plugins: [servedAssets], stdin, write: false });
	const text = JSON.stringify(outputFiles[0].text);
	return `document.head.appendChild(document.createElement("style")).textContent = ${text};`;
}

const htmlTemplates = {
	name: "html-templates",
	setup(build) {
		build.onLoad({ filter: /\.html$/ }, ({ path: file }) => {
			// A template literal, not JSON: some templates hold \' and rely on JS reading it as '.
			const html = fs.readFileSync(file, "utf8").replace(/`/g, "\\`").replace(/\$\{/g, "\\${");
			const name = path.basename(file).split(".")[0];
			return { contents: `frappe.templates["${name}"] = \`${html}\`;`, loader: "js" };
		});
	},
};

const cssInJs = {
	name: "css-in-js",
	setup(build) {
		build.onLoad({ filter: /\.s?css$/ }, async ({ path: file }) => {
			const source = fs.readFileSync(file, "utf8");
			const css = file.endsWith(".scss") ? compileSass(source, file) : source;
			return { contents: await injected(css, path.dirname(file)), loader: "js" };
		});
	},
};

const styleSheets = (rightToLeft) => ({
	name: "style-sheets",
	setup(build) {
		servedAssets.setup(build);
		build.onLoad({ filter: /\.s?css$/ }, async ({ path: file }) => {
			let css = fs.readFileSync(file, "utf8");
			if (file.endsWith(".scss")) css = compileSass(css, file);
			const plugins = rightToLeft ? [autoprefixer, rtlcss] : [autoprefixer];
			const { css: contents } = await postcss(plugins).process(css, { from: file });
			return { contents, loader: "css", resolveDir: path.dirname(file) };
		});
	},
});

function vueScript(descriptor, id, templateOptions) {
	if (!descriptor.script && !descriptor.scriptSetup) return { code: "const component = {};", inline: false };
	const inline = Boolean(descriptor.scriptSetup);
	const script = sfc.compileScript(descriptor, { id, inlineTemplate: inline, templateOptions });
	return { code: sfc.rewriteDefault(script.content, "component"), inline };
}

function vueStyles(descriptor, id, file) {
	const compiled = descriptor.styles.map((style) => {
		const source = style.lang === "scss" ? compileSass(style.content, file) : style.content;
		return sfc.compileStyle({ id: `data-v-${id}`, filename: file, scoped: style.scoped, source }).code;
	});
	return compiled.join("\n").trim();
}

const vueComponents = {
	name: "vue-components",
	setup(build) {
		build.onLoad({ filter: /\.vue$/ }, async ({ path: file }) => {
			const { descriptor, errors } = sfc.parse(fs.readFileSync(file, "utf8"), { filename: file });
			if (errors.length) return { errors: errors.map((error) => ({ text: error.message })) };
			const id = createHash("md5").update(path.relative(options.root, file)).digest("hex").slice(0, 8);
			const scoped = descriptor.styles.some((style) => style.scoped);
			const compilerOptions = scoped ? { scopeId: `data-v-${id}` } : {};
			const { code, inline } = vueScript(descriptor, id, { scoped, compilerOptions });
			const parts = [code];
			if (descriptor.template && !inline) {
				const source = descriptor.template.content;
				const template = sfc.compileTemplate({ source, filename: file, id, scoped, compilerOptions });
				parts.push(template.code, "component.render = render;");
			}
			if (scoped) parts.push(`component.__scopeId = "data-v-${id}";`);
			const css = vueStyles(descriptor, id, file);
			if (css) parts.push(await injected(css, path.dirname(file)));
			parts.push("export default component;");
			const lang = (descriptor.scriptSetup || descriptor.script)?.lang;
			return { contents: parts.join("\n"), loader: lang === "ts" ? "ts" : "js", resolveDir: path.dirname(file) };
		});
	},
};

function bundlesBelow(folder) {
	if (!fs.existsSync(folder)) return [];
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (NOT_SOURCES.has(entry.name)) return [];
		const file = path.join(folder, entry.name);
		if (entry.isDirectory()) return bundlesBelow(file);
		return /\.bundle\.(js|ts|s?css)$/.test(entry.name) ? [file] : [];
	});
}

async function build(kind, entryPoints, plugins) {
	if (!entryPoints.length) return {};
	const outdir = path.join(options.out, kind);
	const { metafile } = await esbuild.build({
		...bundling,
		define: {
			"process.env.NODE_ENV": JSON.stringify(options.development ? "development" : "production"),
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
		},
		entryNames: "[name].[hash]",
		entryPoints,
		logOverride: { "empty-import-meta": "silent" },
		metafile: true,
		outdir,
		plugins,
		sourcemap: true,
	});
	const prefix = kind === "css-rtl" ? "rtl_" : "";
	const built = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
	return Object.fromEntries(
		built.map(([file, output]) => {
			const bundle = path.basename(output.entryPoint).replace(/\.scss$/, ".css").replace(/\.ts$/, ".js");
			return [prefix + bundle, `${options.url}/${kind}/${path.basename(file)}`];
		})
	);
}

fs.rmSync(options.out, { recursive: true, force: true });
const bundles = bundlesBelow(path.join(options.root, options.app, "public"));
const scripts = bundles.filter((file) => /\.(js|ts)$/.test(file));
const styles = bundles.filter((file) => /\.s?css$/.test(file));
const [js, css, rtl] = await Promise.all([
	build("js", scripts, [htmlTemplates, vueComponents, cssInJs]),
	build("css", styles, [styleSheets(false)]),
	build("css-rtl", styles, [styleSheets(true)]),
]);
fs.mkdirSync(options.manifests, { recursive: true });
const write = (name, content) =>
	fs.writeFileSync(path.join(options.manifests, name), JSON.stringify(content, null, 4) + "\n");
write("assets.json", { ...js, ...css });
write("assets-rtl.json", rtl);
console.log(`${options.app}: ${scripts.length} scripts and ${styles.length} style sheets built`);
