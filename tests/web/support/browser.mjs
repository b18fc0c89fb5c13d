// A real Chromium without a window, and what a person at its keyboard does.
import fs from "node:fs";
import { chromium } from "playwright-core";
import { password } from "./office.mjs";

let running = null;

async function browser() {
  running ??= await chromium.launch({
    executablePath: process.env.DENGJI_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return running;
}

export async function closeBrowser() {
  await running?.close();
  running = null;
}

/** A person's own window. `name`: signed in as; null: not signed in. */
export async function person(office, name = "jia") {
  const context = await (await browser()).newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN", acceptDownloads: true });
  const page = await context.newPage();
  page.faults = [];
  page.asked = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("request", (request) => page.asked.push(request.url()));
  await page.goto(office.address);
  if (name !== null) await signIn(page, name);
  return page;
}

export async function signIn(page, name, secret = password) {
  await page.waitForSelector("form.card input");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(secret);
  await page.keyboard.press("Enter");
  await page.waitForSelector("header.bar");
}

export async function goTo(page, place) {
  await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
}

/** The label of the field in work, once it can be typed into. */
export async function fieldInWork(page) {
  await page.waitForSelector(".field #field-name, .page.empty, .decide");
  return (await page.locator(".field #field-name").count()) === 0 ? "" : (await page.locator(".field #field-name").innerText()).trim();
}

export function entry(page) {
  return page.locator("#entry");
}

export async function selection(page) {
  return entry(page).evaluate((input) => [input.selectionStart, input.selectionEnd]);
}

/** For eyes: kept when DENGJI_SHOTS names a folder. */
export async function shot(page, name) {
  const folder = process.env.DENGJI_SHOTS;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Goes to a field of the sheet in work by its label, with the keys that go from field to field. */
export async function workOn(page, label) {
  await page.waitForSelector(".fields .current");
  for (let steps = 0; steps < 60; steps++) {
    if ((await fieldInWork(page)) === label) return;
    const labels = await page.locator(".fields .name").allInnerTexts();
    const at = labels.indexOf(await fieldInWork(page));
    await page.keyboard.press(labels.indexOf(label) > at ? "PageDown" : "PageUp");
  }
  throw new Error(`there is no field ${label}`);
}

/** Opens a sheet of the queue: "file|page". */
export async function openSheet(page, sheet) {
  const id = await page.evaluate(async (wanted) => {
    const queue = await (await fetch("/api/queue?state=all&most=50")).json();
    return queue.items.find((item) => `${item.source.split("/").pop()}|${item.page}` === wanted)?.id;
  }, sheet);
  await goTo(page, `sheet/${id}`);
  await page.waitForFunction((name) => document.querySelector(".scan .pane-head strong")?.textContent.startsWith(name), sheet.split("|")[0]);
  await page.waitForSelector(".fields .current, .decide");
  return id;
}

/** Until nothing is on its way to the server. */
export async function saved(page) {
  await page.waitForFunction(() => document.querySelectorAll(".fields .saving").length === 0);
}
