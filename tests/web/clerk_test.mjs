// A scripted clerk settles whole stacks; the register then says what the paper says.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { person, shot } from "./support/browser.mjs";
import { Clerk, truthOf, wrongIn } from "./support/clerk.mjs";
import { dengji, openOffice, root, sampleStack } from "./support/office.mjs";

const most = 1.3; // keys for each wrong character and each doubtful field

/** Truths of the files of a folder or of one file, by "file|page". */
function truths(stack, folder) {
  const all = new Map();
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith(".truth.json"))) {
    const stem = name.replace(".truth.json", "");
    const file = (fs.statSync(stack).isDirectory() ? fs.readdirSync(stack) : [path.basename(stack)]).find((entry) => path.parse(entry).name === stem);
    if (file !== undefined) for (const [page, truth] of truthOf(path.join(folder, name))) all.set(`${file}|${page}`, truth);
  }
  return all;
}

function sheetOf(row) {
  return `${path.basename(row.source)}|${row.page}`;
}

async function settles(context, stack, folder) {
  const office = await openOffice({ stack, asRead: true });
  try {
    const known = truths(stack, folder);
    const before = new Map(office.rows().map((row) => [sheetOf(row), row.fields]));
    assert.ok(before.size > 0, "the stack has sheets");
    const page = await person(office, "jia");
    const form = await page.evaluate(() => fetch("/api/form/registration-2020").then((answer) => answer.json()));
    await page.keyboard.press("Enter"); // the queue: begin
    const clerk = new Clerk(page, known);
    const counts = await clerk.settleStack(form);
    await shot(page, `settled-${path.basename(stack)}`);
    assert.deepEqual(page.faults, []);

    let wrong = 0;
    let doubtful = 0;
    let silent = 0;
    const remaining = [];
    for (const [sheet, fields] of before) {
      const truth = known.get(sheet);
      let sheetWrong = 0;
      let sheetDoubtful = 0;
      for (const field of form.fields) {
        const reading = fields[field.key];
        if (reading === undefined || truth[field.key] === undefined) continue;
        const differs = wrongIn(reading.value, truth[field.key]);
        if (reading.review) {
          sheetDoubtful++;
          sheetWrong += differs;
        } else if (differs > 0) {
          silent++;
          remaining.push(`${sheet} ${field.key}`);
        }
      }
      wrong += sheetWrong;
      doubtful += sheetDoubtful;
      context.diagnostic(`${sheet}: ${counts.get(sheet) ?? 0} keys, ${sheetWrong} wrong characters, ${sheetDoubtful} doubtful fields`);
    }
    const allowed = most * (wrong + doubtful);
    context.diagnostic(`all: ${clerk.keys} keys for ${wrong} wrong characters and ${doubtful} doubtful fields: ${(clerk.keys / Math.max(1, wrong + doubtful)).toFixed(2)} (at most ${most}); ${silent} wrong fields were not marked`);
    assert.ok(clerk.keys <= allowed, `${clerk.keys} keys, allowed ${allowed.toFixed(1)}`);

    // What was not marked was not looked at; all else must be as on paper.
    const left = [];
    for (const row of office.rows()) {
      const truth = known.get(sheetOf(row));
      for (const field of form.fields) {
        const value = row.fields[field.key];
        if (value === undefined || truth[field.key] === undefined) continue;
        assert.equal(value.review, false, `${sheetOf(row)} ${field.key} waits no more`);
        if (wrongIn(value.value, truth[field.key]) > 0) left.push(`${sheetOf(row)} ${field.key}`);
      }
    }
    assert.deepEqual(left.sort(), remaining.sort());
    return silent;
  } finally {
    await office.stop();
  }
}

/** How often each field of a sheet was settled, and by whom. */
function settlings(office, id) {
  const shown = JSON.parse(dengji(["show", id, "--json", "--data", office.data]).out);
  const times = new Map();
  const by = new Set();
  for (const event of shown.events.filter((one) => ["confirm", "correct"].includes(one.step))) {
    times.set(event.details.particulars.key, (times.get(event.details.particulars.key) ?? 0) + 1);
    by.add(event.by);
  }
  return { times, by };
}

test("two clerks settle one stack at once: no field twice, and the register says what the paper says", async (context) => {
  const office = await openOffice();
  try {
    const known = truths(sampleStack, path.join(root, "samples/truth"));
    const before = office.rows();
    const pages = await Promise.all([person(office, "jia"), person(office, "yi")]);
    const form = await pages[0].evaluate(() => fetch("/api/form/registration-2020").then((answer) => answer.json()));
    const counts = await Promise.all(
      pages.map(async (page) => {
        await page.waitForSelector("table.list");
        await page.keyboard.press("Enter");
        return new Clerk(page, known).settleStack(form);
      }),
    );
    for (const page of pages) assert.deepEqual(page.faults, []);
    context.diagnostic(`sheets of each: ${counts.map((count) => count.size)}`);
    for (const row of office.rows()) {
      const truth = known.get(sheetOf(row));
      const doubtful = form.fields.map((field) => field.key).filter((key) => before.find((one) => one.registration === row.registration).fields[key]?.review);
      const { times, by } = settlings(office, row.registration);
      assert.deepEqual([...times.keys()].sort(), doubtful.sort(), `${sheetOf(row)}: what was doubtful was settled`);
      assert.ok([...times.values()].every((count) => count === 1), `${sheetOf(row)}: once each`);
      assert.ok(by.size <= 1, `${sheetOf(row)} is one person's`);
      for (const field of form.fields) {
        const value = row.fields[field.key];
        if (value === undefined || truth[field.key] === undefined) continue;
        assert.equal(value.review, false);
        assert.equal(wrongIn(value.value, truth[field.key]), 0, `${sheetOf(row)} ${field.key}`);
      }
    }
  } finally {
    await office.stop();
  }
});

test("settled sheets are a set that bench reads", async () => {
  const office = await openOffice();
  try {
    const page = await person(office, "jia");
    const form = await page.evaluate(() => fetch("/api/form/registration-2020").then((answer) => answer.json()));
    await page.keyboard.press("Enter");
    await new Clerk(page, truths(sampleStack, path.join(root, "samples/truth"))).settleStack(form);
    const set = path.join(office.data, "truth-set");
    const exported = dengji(["review", "--data", office.data, "--export", set, "--by", "主管丁"]);
    assert.equal(exported.code, 0, exported.err);
    const sheets = fs.readdirSync(path.join(set, "truth")).length;
    assert.ok(sheets >= 6);
    const bench = dengji(["bench", set, "--no-progress"]);
    assert.equal(bench.code, 0, bench.err);
    assert.match(bench.out, new RegExp(`\\b${sheets}\\b`), "each of them is counted");
  } finally {
    await office.stop();
  }
});

test("a clerk settles the sample stack from the keyboard", async (context) => {
  await settles(context, sampleStack, path.join(root, "samples/truth"));
});

const shared = path.join(process.env.DENGJI_SHARED ?? path.join(root, "../shared"), "eval/dev/stack.pdf");
test("a clerk settles the development stack from the keyboard", { skip: fs.existsSync(shared) ? false : "../shared/eval is not there" }, async (context) => {
  const silent = await settles(context, shared, path.dirname(shared));
  assert.equal(silent, 0, "the register equals the truth");
});

