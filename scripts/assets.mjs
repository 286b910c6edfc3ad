/**
 * Builds what the public site serves under static/build/: one stylesheet, three scripts, one typeface.
 *
 * No bundler: Sass compiles the styles, and the form script is govuk-frontend's own minified module with its
 * export list replaced by calls that start the components we use. Everything comes from node_modules.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "site/portal/static_src");
const target = join(root, "site/portal/static/build");
const modules = join(root, "node_modules");
const typeface = join(modules, "@fontsource-variable/atkinson-hyperlegible-next");

const COMPONENTS = [
  "Button",
  "CharacterCount",
  "Checkboxes",
  "ErrorSummary",
  "NotificationBanner",
  "PasswordInput",
  "Radios",
  "SkipLink",
];

function styles() {
  const { css } = sass.compile(join(source, "portal.scss"), {
    loadPaths: [modules],
    quietDeps: true,
    style: "compressed",
  });
  writeFileSync(join(target, "portal.css"), css);
}

function formScript() {
  const whole = readFileSync(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
  const found = whole.match(/export\s*\{([^}]*)\}\s*;?/);
  if (!found) {
    throw new Error("govuk-frontend.min.js has no export list: its build has changed, look at scripts/assets.mjs");
  }
  const names = new Map(
    found[1].split(",").map((pair) => {
      const [local, exported = local] = pair.trim().split(/\s+as\s+/);
      return [exported, local];
    }),
  );
  const missing = [...COMPONENTS, "createAll"].filter((name) => !names.has(name));
  if (missing.length) {
    throw new Error(`govuk-frontend no longer exports ${missing.join(", ")}`);
  }
  const calls = COMPONENTS.map((name) => `${names.get("createAll")}(${names.get(name)});`).join("");
  const body = whole.replace(found[0], "").replace(/\/\/# sourceMappingURL=.*$/m, "");
  writeFileSync(join(target, "forms.js"), `${body.trim()}\n${calls}\n`);
}

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });
styles();
formScript();
for (const file of ["start.js", "search.js", "mark.svg"]) {
  copyFileSync(join(source, file), join(target, file));
}
for (const subset of ["latin", "latin-ext"]) {
  const file = `atkinson-hyperlegible-next-${subset}-wght-normal.woff2`;
  copyFileSync(join(typeface, "files", file), join(target, "fonts", file));
}
copyFileSync(join(typeface, "LICENSE"), join(target, "fonts/LICENSE.txt"));
