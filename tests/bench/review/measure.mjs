// measure DATA: what a large queue takes in the browser. See README.md.
import { closeBrowser, goTo, person } from "../tests/support/browser.mjs";
import { addPeople, serve } from "../tests/support/office.mjs";

const data = process.argv[2];
const most = 150; // milliseconds that any page may take
const slow = [];

function tell(what, times) {
  const sorted = [...times].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const longest = sorted.at(-1);
  if (middle > most) slow.push(what);
  console.log(`${what.padEnd(44)} ${middle.toFixed(0).padStart(5)} ms, ${longest.toFixed(0).padStart(5)} at most${middle > most ? "  <-- over " + most : ""}`);
}

/** Asks from within the page, as its own code does. */
async function ask(page, method, path, body) {
  return page.evaluate(
    async ([how, where, what]) => {
      const token = (await (await fetch("/api/session")).json()).token;
      const begun = performance.now();
      const response = await fetch(where, { method: how, headers: { "X-Dengji-Token": token, "Content-Type": "application/json" }, body: how === "POST" ? JSON.stringify(what) : undefined });
      const bytes = await response.arrayBuffer();
      const took = performance.now() - begun;
      const type = response.headers.get("Content-Type") ?? "";
      return { took, status: response.status, bytes: bytes.byteLength, json: type.startsWith("application/json") ? JSON.parse(new TextDecoder().decode(bytes)) : null };
    },
    [method, path, body ?? {}],
  );
}

async function endpoint(page, what, times, next) {
  const took = [];
  let bytes = 0;
  for (let i = 0; i < times; i++) {
    const [method, path, body] = await next(i);
    const answer = await ask(page, method, path, body);
    if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.json).slice(0, 300)}`);
    took.push(answer.took);
    bytes = answer.bytes;
  }
  tell(`${what} (${(bytes / 1024).toFixed(0)} KiB)`, took);
}

async function endpoints(page) {
  const queue = (await ask(page, "GET", "/api/queue?state=review&most=200")).json;
  console.log(`${queue.total} sheets wait, ${queue.doubtfulFields} fields`);
  const all = queue.items.map((item) => item.id);
  let place = 0;
  const fresh = () => all[place++];
  for (const state of ["review", "ready", "postponed", "all"]) await endpoint(page, `queue, ${state}`, 7, () => ["GET", `/api/queue?state=${state}`]);
  await endpoint(page, "next", 7, () => ["GET", `/api/next?after=${fresh()}`]);
  await endpoint(page, "open, never seen", 7, () => ["POST", `/api/sheets/${fresh()}/open`]);
  const sheet = (await ask(page, "POST", `/api/sheets/${fresh()}/open`)).json;
  await endpoint(page, "open, again", 7, () => ["POST", `/api/sheets/${sheet.id}/open`]);
  const keys = sheet.fields.filter((field) => field.box !== null).map((field) => field.key);
  await endpoint(page, "crop of an open sheet", 7, (i) => ["GET", `/api/sheets/${sheet.id}/crop/${keys[i]}?margin=12`]);
  await endpoint(page, "crop, nothing known of the sheet", 7, () => ["GET", `/api/sheets/${fresh()}/crop/mobile?margin=12`]);
  await endpoint(page, "image of an open sheet", 7, () => ["GET", `/api/sheets/${sheet.id}/image?scale=2`]);
  let revision = sheet.revision;
  await endpoint(page, "confirm", 7, async (i) => {
    revision = (await ask(page, "POST", `/api/sheets/${sheet.id}/open`)).json.revision;
    return ["POST", `/api/sheets/${sheet.id}/confirm`, { revision, fields: [{ key: "mobile", text: `1391234000${i}` }] }];
  });
  const closed = async (act) => {
    const id = fresh();
    const opened = (await ask(page, "POST", `/api/sheets/${id}/open`)).json;
    return act(id, opened.revision);
  };
  await endpoint(page, "postpone", 7, () => closed((id, now) => ["POST", `/api/sheets/${id}/postpone`, { revision: now, reason: "" }]));
  await endpoint(page, "step", 7, () => closed((id, now) => ["POST", `/api/sheets/${id}/step`, { revision: now, step: "check", particulars: { original_seen: "yes" } }]));
  await endpoint(page, "groups", 7, () => ["GET", "/api/groups"]);
  await endpoint(page, "group items", 7, () => ["GET", "/api/groups/items?key=signed_on&value=*"]);
  await endpoint(page, "group items of a rare value", 7, () => ["GET", "/api/groups/items?key=ethnicity&value=仫佬族"]);
  await endpoint(page, "group settled, 60 sheets", 3, async () => {
    const items = (await ask(page, "GET", "/api/groups/items?key=signed_on&value=*&most=60")).json.items;
    return ["POST", "/api/groups/settle", { key: "signed_on", items: items.map(({ id, revision: now, text }) => ({ id, revision: now, text })) }];
  });
  await endpoint(page, "second entries", 7, () => ["GET", "/api/second"]);
  await endpoint(page, "third looks", 7, () => ["GET", "/api/third"]);
  await endpoint(page, "quality", 7, () => ["GET", "/api/quality"]);
  await endpoint(page, "due", 7, () => ["GET", "/api/due"]);
  await endpoint(page, "due, of one town", 7, () => ["GET", "/api/due?town=白沙镇"]);
  await endpoint(page, "find by name", 7, () => ["POST", "/api/find", { name: "赵" }]);
  await endpoint(page, "find nobody", 7, () => ["POST", "/api/find", { name: "没有此人" }]);
  await endpoint(page, "find by number", 7, () => ["POST", "/api/find", { number: "500116197001010" }]);
  await endpoint(page, "audit log", 7, () => ["GET", "/api/audit"]);
  await endpoint(page, "receipt", 7, () => ["GET", `/api/sheets/${sheet.id}/receipt`]);
  await endpoint(page, "notice", 7, () => ["GET", `/api/sheets/${sheet.id}/notice?step=return`]);
  await endpoint(page, "monthly report (a file)", 1, () => ["GET", "/api/report?month=2024-03"]);
}

/** From the wish to the view standing there, pictures and all. */
async function view(page, place, ready) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    await goTo(page, "password");
    await page.waitForSelector("#password");
    await page.waitForTimeout(300);
    times.push(
      await page.evaluate(
        ([hash, selector]) =>
          new Promise((done) => {
            const begun = performance.now();
            const look = () => {
              const there = document.querySelector(selector);
              const whole = Array.from(document.querySelectorAll("main img, .bench img")).every((image) => image.complete);
              if (there !== null && whole) done(performance.now() - begun);
              else requestAnimationFrame(look);
            };
            location.hash = hash;
            requestAnimationFrame(look);
          }),
        [`#/${place}`, ready],
      ),
    );
  }
  tell(`view ${place}`, times);
}

/** Enter after Enter, a glance between: is the picture there when its field comes up? */
async function cropsInTime(page, fields, glance) {
  await goTo(page, "sheet");
  await page.waitForSelector(".fields .current");
  await page.waitForTimeout(2000);
  let late = 0;
  const times = [];
  for (let i = 0; i < fields; i++) {
    const took = await page.evaluate(async () => {
      const mark = () => document.querySelector("#field-name")?.textContent + (document.querySelector(".scan .pane-head strong")?.textContent ?? "") + document.querySelector(".crop img")?.getAttribute("src");
      const before = mark();
      const begun = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
      for (;;) {
        await new Promise((done) => requestAnimationFrame(done));
        if (mark() !== before && (document.querySelector(".crop img")?.complete ?? true)) return performance.now() - begun;
        if (performance.now() - begun > 10_000) return performance.now() - begun;
      }
    });
    times.push(took);
    if (took > most) late++;
    await page.waitForTimeout(glance);
  }
  tell(`next field with its crop, ${glance} ms a field`, times);
  console.log(`  ${late} of ${fields} crops came later than ${most} ms`);
}

addPeople(data);
const office = await serve(data, "review: {sample_share: 0.02, second_pass: [name]}\n");
try {
  const page = await person(office, "ding");
  await ask(page, "GET", "/api/queue");
  await endpoints(page);
  await view(page, "queue", "table.list tbody tr");
  await view(page, "queue/all", "table.list tbody tr");
  await view(page, "sheet", ".fields .current");
  await view(page, "group", "table.groups a");
  await view(page, "group/signed_on/*", ".tile img");
  await view(page, "second", "#blind-entry, .empty-note, .page.empty");
  await view(page, "due", "table.list tbody tr");
  await view(page, "find", "#find");
  await view(page, "quality", "main h1");
  await view(page, "audit", "table.list tbody tr");
  await view(page, "report", "#report, main h1");
  const clerk = await person(office, "jia");
  await cropsInTime(clerk, 60, 700);
  await cropsInTime(clerk, 40, 150);
} finally {
  await office.stop();
  await closeBrowser();
}
console.log(slow.length === 0 ? `nothing took longer than ${most} ms` : `over ${most} ms: ${slow.join("; ")}`);
