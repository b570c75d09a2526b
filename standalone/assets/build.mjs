// Builds every `*.bundle.*` of an app's public folder as bench does: to dist/js and dist/css, with a hash in the
// name. Called by standalone/assets with one JSON argument: app, source, dist, roots, nodeModules, target.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const job = JSON.parse(process.argv[2]);
const fromNode = createRequire(path.join(job.nodeModules, "package.json"));
const esbuild = fromNode("esbuild");
const sass = fromNode("sass");
const postcss = fromNode("postcss");
const autoprefixer = fromNode("autoprefixer");
const vue = fromNode("@vue/compiler-sfc");

const SKIPPED = new Set(["node_modules", "dist"]);

function bundles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : bundles(place);
    return /\.bundle\.(js|ts|css|scss)$/.test(entry.name) ? [place] : [];
  });
}

// `~package/...` and `app/public/node_modules/...` mean npm packages; `app/...` means an app's package folder.
function placeOf(name) {
  const inside = name.match(/^(?:~|\w+\/public\/node_modules\/)(.+)$/);
  const places = inside
    ? [path.join(job.nodeModules, inside[1])]
    : job.roots.map((root) => path.join(root, name));
  return places.find((place) => existsSync(place));
}

// A file that a stylesheet names beside itself is served under /assets, wherever its bundle lies.
function addressOf(place) {
  for (const [folder, address] of [
    [job.source, `/assets/${job.app}`],
    [job.nodeModules, `/assets/${job.app}/node_modules`],
  ]) {
    if (place.startsWith(folder + path.sep)) return address + "/" + path.relative(folder, place);
  }
  return null;
}

const stylePaths = {
  name: "style-paths",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path: name, kind, resolveDir }) => {
      if (kind === "import-rule") {
        const place = placeOf(name);
        return place ? { path: place } : null;
      }
      if (kind !== "url-token" || /^(data:|#|\/|https?:)/.test(name)) {
        return kind === "url-token" ? { path: name, external: true } : null;
      }
      const place = path.join(resolveDir, name.replace(/[?#].*$/, ""));
      const address = existsSync(place) && addressOf(place);
      return { path: address ? address + name.replace(/^[^?#]*/, "") : name, external: true };
    });
  },
};

// Desk's HTML templates become strings by name in frappe.templates.
const templates = {
  name: "templates",
  setup(build) {
    build.onLoad({ filter: /\.html$/ }, ({ path: file }) => {
      const name = path.basename(file, ".html");
      const text = readFileSync(file, "utf8")
        .replace(/<!--[\s\S]*?-->/g, "")
        .replace(/\s{2,}/g, " ");
      return { contents: `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(text)};`, loader: "js" };
    });
  },
};

// Single-file components: script with its template, and styles that the script adds to the page.
const components = {
  name: "components",
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, async ({ path: file }) => {
      const { descriptor, errors } = vue.parse(readFileSync(file, "utf8"), { filename: file });
      if (errors.length) throw errors[0];
      const id = createHash("sha256").update(path.relative(job.source, file)).digest("hex").slice(0, 8);
      const scoped = descriptor.styles.some((style) => style.scoped);
      const options = { scoped, id: `data-v-${id}`, filename: file };
      let code;
      if (descriptor.script || descriptor.scriptSetup) {
        const script = vue.compileScript(descriptor, {
          id: options.id,
          inlineTemplate: Boolean(descriptor.scriptSetup),
          genDefaultAs: "component",
          isProd: true,
          templateOptions: { ...options, compilerOptions: { scopeId: options.id } },
        });
        code = script.content;
      } else {
        code = "const component = {};";
      }
      if (descriptor.template && !descriptor.scriptSetup) {
        const template = vue.compileTemplate({
          source: descriptor.template.content,
          ...options,
          isProd: true,
          compilerOptions: { scopeId: scoped ? options.id : undefined },
        });
        if (template.errors.length) throw template.errors[0];
        code += `\n${template.code}\ncomponent.render = render;`;
      }
      if (scoped) code += `\ncomponent.__scopeId = ${JSON.stringify(options.id)};`;
      const styles = [];
      for (const style of descriptor.styles) {
        const compiled = await vue.compileStyleAsync({
          source: style.content,
          filename: file,
          id: options.id,
          scoped: style.scoped,
          preprocessLang: style.lang,
          preprocessOptions: sassOptions(),
          preprocessCustomRequire: fromNode,
        });
        if (compiled.errors.length) throw compiled.errors[0];
        styles.push(await bundledStyle(compiled.code, path.dirname(file)));
      }
      if (styles.length) {
        code += `\nconst style = document.createElement("style"); style.textContent = ${JSON.stringify(styles.join("\n"))};`;
        code += `\ndocument.head.append(style);`;
      }
      const typed = descriptor.script?.lang === "ts" || descriptor.scriptSetup?.lang === "ts";
      return {
        contents: `${code}\nexport default component;`,
        loader: typed ? "ts" : "js",
        resolveDir: path.dirname(file),
      };
    });
  },
};

async function bundledStyle(css, folder) {
  const done = await esbuild.build({
    stdin: { contents: css, loader: "css", resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    nodePaths: [job.nodeModules],
    plugins: [stylePaths],
    target: job.target,
    logLevel: "error",
  });
  return done.outputFiles[0].text;
}

function sassOptions() {
  return {
    loadPaths: [job.nodeModules, ...job.roots],
    importers: [
      {
        findFileUrl(url) {
          return url.startsWith("~") ? pathToFileURL(path.join(job.nodeModules, url.slice(1))) : null;
        },
      },
    ],
    logger: sass.Logger.silent,
    quietDeps: true,
  };
}

async function style(file) {
  const css = file.endsWith(".scss") ? sass.compile(file, sassOptions()).css : readFileSync(file, "utf8");
  const prefixed = await postcss([autoprefixer]).process(css, { from: file, map: false });
  return bundledStyle(prefixed.css, path.dirname(file));
}

const found = bundles(job.source);
for (const kind of ["js", "css"]) mkdirSync(path.join(job.dist, kind), { recursive: true });
const names = {};

// A server that still shows yesterday's page asks for yesterday's bundle: names differ, so both may lie there.
function keep(name, content) {
  const place = path.join(job.dist, name);
  writeFileSync(place, content);
  writeFileSync(`${place}.gz`, gzipSync(content, { level: 9 }));
}

const scripts = found.filter((file) => /\.(js|ts)$/.test(file));
if (scripts.length) {
  const done = await esbuild.build({
    entryPoints: scripts,
    entryNames: "[name].[hash]",
    outdir: path.join(job.dist, "js"),
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: job.target,
    metafile: true,
    nodePaths: [job.nodeModules, ...job.roots],
    plugins: [templates, components],
    loader: { ".svg": "text" },
    external: ["/assets/*"],
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    logLevel: "error",
  });
  for (const file of done.outputFiles) keep(`js/${path.basename(file.path)}`, file.contents);
  for (const [output, { entryPoint }] of Object.entries(done.metafile.outputs)) {
    if (entryPoint) names[path.basename(entryPoint)] = `js/${path.basename(output)}`;
  }
}

for (const file of found.filter((file) => /\.s?css$/.test(file))) {
  const css = await style(file);
  const plain = path.basename(file).replace(/\.s?css$/, "");
  const hash = createHash("sha256").update(css).digest("hex").slice(0, 8).toUpperCase();
  keep(`css/${plain}.${hash}.css`, css);
  names[`${plain}.css`] = `css/${plain}.${hash}.css`;
}

// The list of bundles, by the names that pages use, goes to whoever called.
const sorted = Object.keys(names).sort();
console.log(JSON.stringify(Object.fromEntries(sorted.map((name) => [name, `/assets/${job.app}/dist/${names[name]}`]))));
