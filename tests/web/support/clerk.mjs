// A clerk who knows what the paper says, and settles the stack with the keyboard alone. For each field the cheapest of the ways
// that the page offers is taken; every key pressed is counted (a key together with Alt counts as two).
import { readFileSync } from "node:fs";
import { entry, selection } from "./browser.mjs";

/** Truth of a stack, as samples/generator writes it: page number -> what its fields say. */
export function truthOf(file) {
  const sheets = new Map();
  for (const page of JSON.parse(readFileSync(file, "utf8"))) {
    if (page.kind !== "registration") continue;
    const values = page.values;
    const truth = { ...page.choices };
    for (const key of Object.keys(values)) {
      const date = /^(.*)\.(year|month|day)$/.exec(key);
      if (date === null) truth[key] = values[key];
      else if (date[2] === "year") {
        const parts = [values[key], values[`${date[1]}.month`], values[`${date[1]}.day`]].filter((part) => part !== undefined);
        truth[date[1]] = parts.some((part) => part === "") ? "" : parts.map((part) => part.padStart(2, "0")).join("-");
      }
    }
    truth.signature = values.signature !== "";
    sheets.set(page.page, truth);
  }
  return sheets;
}

/** As a person types it. */
export function typed(value) {
  if (typeof value === "boolean") return value ? "是" : "否";
  return Array.isArray(value) ? value.join("、") : value;
}

/** How many characters have to be changed, put in or taken out. */
export function wrongCharacters(read, truth) {
  const from = Array.from(read);
  const to = Array.from(truth);
  let row = to.map((_, i) => i + 1);
  row.unshift(0);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
    row = next;
  }
  return row[to.length];
}

/** Boxes and lists: one wrong character for each option that is wrongly ticked or not ticked. */
export function wrongIn(read, truth) {
  if (typeof truth === "boolean") return read === truth ? 0 : 1;
  if (!Array.isArray(truth)) return wrongCharacters(read, truth);
  const list = Array.isArray(read) ? read : [];
  return list.filter((option) => !truth.includes(option)).length + truth.filter((option) => !list.includes(option)).length;
}

export class Clerk {
  keys = 0;

  constructor(page, truths) {
    this.page = page;
    this.truths = truths; // "file name|page" -> truth
  }

  async press(key) {
    this.keys += key.startsWith("Alt+") ? 2 : 1;
    await this.page.keyboard.press(key);
  }

  /** One key for each character, as an input method needs at least. */
  async type(text) {
    for (const character of text) {
      this.keys++;
      if (/[\x20-\x7e]/.test(character)) await this.page.keyboard.press(character);
      else await this.page.keyboard.insertText(character);
    }
  }

  /** What the page shows of the field in work. */
  async look() {
    await this.page.waitForFunction(() => document.querySelector(".page.empty, .decide") || (document.querySelector("#field-name") && document.querySelector(".fields .current")));
    return this.page.evaluate(() => {
      if (document.querySelector(".page.empty")) return null;
      const head = document.querySelector(".scan .pane-head strong");
      const boxes = Array.from(document.querySelectorAll(".boxes li")).map((option) => ({ text: option.lastChild.textContent.trim(), on: option.getAttribute("aria-selected") === "true", key: option.querySelector("kbd").textContent }));
      return {
        sheet: head.title.split("/").pop() + "|" + /第 (\d+) 页/.exec(head.textContent)[1],
        label: document.querySelector("#field-name").textContent.trim(),
        state: document.querySelector(".field .pane-head .tag").textContent,
        text: document.querySelector("#entry").value,
        boxes,
        candidates: Array.from(document.querySelectorAll(".candidates button")).map((button) => ({ alt: button.querySelector("kbd").textContent.startsWith("Alt"), text: button.lastChild.textContent.trim() })),
        overwriting: document.querySelector(".entry-line").classList.contains("overwriting"),
      };
    });
  }

  async settle(field, truth, multiple) {
    const { page } = this;
    if (field.boxes.length > 0) {
      const wanted = typeof truth === "boolean" ? (truth ? ["有"] : []) : truth;
      const wrong = field.boxes.filter((box) => box.on !== wanted.includes(box.text));
      // Where one alone may be ticked, ticking it takes the others away.
      const toPress = multiple || wanted.length !== 1 || wrong.length === 0 ? wrong : field.boxes.filter((box) => wanted.includes(box.text));
      for (const box of toPress) await this.press(box.key.toLowerCase());
      return this.press("Enter");
    }
    if (field.text === truth) return this.press("Enter");
    const at = field.candidates.findIndex((candidate) => candidate.text === truth);
    if (at >= 0) return this.press((field.candidates[at].alt ? "Alt+" : "") + (at + 1));
    await this.edit(field, truth);
    if ((await entry(page).inputValue()) !== truth) throw new Error(`the clerk could not type “${field.label}”: ${JSON.stringify([field.text, truth, await entry(page).inputValue(), field.overwriting])}`);
    return this.press("Enter");
  }

  /** Without a candidate: over it from the doubtful place on, or all anew. */
  async edit(field, truth) {
    let [from] = await selection(this.page);
    if (field.overwriting && truth.length === field.text.length && /^[\dX-]*$/.test(truth)) {
      for (let place = 0; place < truth.length; place++) {
        if (truth[place] === field.text[place] || truth[place] === "-") continue;
        const [now] = await selection(this.page);
        for (let i = now; i < place; i++) await this.press("ArrowRight");
        for (let i = now; i > place; i--) await this.press("ArrowLeft");
        await this.type(truth[place]);
      }
      return;
    }
    if (field.text.slice(0, from) !== truth.slice(0, from) || from > truth.length) {
      await this.press("Control+a");
      from = 0;
    }
    const rest = truth.slice(from);
    if (rest === "") return field.text.length > from ? this.press("Delete") : undefined;
    // The end that is right can be had back with one key, when as many characters were typed as are wrong.
    let right = 0;
    if (rest.length === field.text.length - from) while (right < rest.length && rest[rest.length - 1 - right] === field.text[field.text.length - 1 - right]) right++;
    if (right > 1) {
      await this.type(rest.slice(0, rest.length - right));
      await this.press("End");
    } else {
      await this.type(rest);
    }
  }

  /** To the end of the queue. `form`: fields with label, key, multiple. Returns keys pressed for each sheet. */
  async settleStack(form) {
    const byLabel = new Map(form.fields.map((field) => [field.label, field]));
    const counts = new Map();
    for (let steps = 0; steps < 3000; steps++) {
      const field = await this.look();
      if (field === null) return counts;
      const truth = this.truths.get(field.sheet);
      const known = byLabel.get(field.label);
      if (truth === undefined || known === undefined) throw new Error(`no truth of ${field.sheet}`);
      const before = this.keys;
      const mark = await this.page.evaluate(() => document.querySelector(".fields").innerText + document.querySelector(".scan .pane-head").innerText + document.querySelector("#field-name").innerText);
      await this.settle(field, truth[known.key], known.multiple === true || known.kind === "presence");
      counts.set(field.sheet, (counts.get(field.sheet) ?? 0) + this.keys - before);
      await this.page.waitForFunction(
        (old) => document.querySelector(".page.empty") || (document.querySelector("#field-name") && document.querySelector(".fields").innerText + document.querySelector(".scan .pane-head").innerText + document.querySelector("#field-name").innerText !== old),
        mark,
      );
    }
    throw new Error("the stack does not come to an end");
  }
}

