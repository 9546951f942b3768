// Opens a page in Chromium and prints what is wrong with it as JSON.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, executablePath, file] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core", "index.mjs")));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const problems = [];
let filtered = 0;
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 900 } });
  page.on("console", (message) => problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== pathToFileURL(file).href) problems.push(`request: ${request.url()}`); });
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  const session = await page.context().newCDPSession(page); // the page's own policy would refuse an injected script
  await session.send("Runtime.evaluate", { expression: `${axe};0` });
  const result = await page.evaluate(async () => await window.axe.run());
  for (const violation of result.violations) problems.push(`axe, ${colorScheme}: ${violation.id}: ${violation.nodes[0].html.slice(0, 200)}`);
  await page.selectOption("#filter select", { index: 1 });
  filtered = await page.evaluate(() => document.querySelectorAll(".dim").length);
  await page.close();
}
const page = await browser.newPage();
await page.goto(pathToFileURL(file).href);
const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
await browser.close();
const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
console.log(JSON.stringify({ Problems: problems, Filtered: filtered, Pages: pages }));
