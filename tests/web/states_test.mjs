// When something is not as usual: nothing to do, nobody there, somebody else was faster.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { entry, fieldInWork, goTo, openSheet, person, saved, shot, workOn } from "./support/browser.mjs";
import { dengji, openOffice, password } from "./support/office.mjs";

async function inOffice(act, options = {}) {
  const office = await openOffice(options);
  try {
    await act(office);
  } finally {
    await office.stop();
  }
}

test("a register without users asks for the first one, and an empty queue says what to do", () =>
  inOffice(
    async (office) => {
      const page = await person(office, null);
      await page.waitForSelector("#first-user");
      await shot(page, "first-user");
      for (const word of ["管理甲", "first", password, password]) {
        await page.keyboard.type(word);
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await page.waitForSelector("header.bar");
      assert.match(await page.locator(".person").innerText(), /管理甲/);
      await page.waitForSelector(".empty-note");
      assert.match(await page.locator(".empty-note").innerText(), /没有待核/);
      await shot(page, "queue-empty");
      await goTo(page, "sheet");
      await page.waitForSelector("#nothing");
      await shot(page, "sheet-empty");
      assert.deepEqual(page.faults, []);
    },
    { stack: null },
  ));

test("a lost server is waited for; what was decided in between arrives", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    const id = await openSheet(page, "copy-black-edge.jpg|1");
    await workOn(page, "等级 3");
    await office.stop();
    await page.keyboard.insertText("长");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".lost");
    await shot(page, "lost");
    assert.match(await page.locator(".lost").innerText(), /失去联系/);
    await office.start(office.port);
    await page.waitForSelector(".lost", { state: "detached", timeout: 20000 });
    await saved(page);
    assert.equal(office.rows().find((row) => row.registration === id).fields["qualification.3.level"].value, "初级长");
    assert.deepEqual(page.faults, []);
  }));

test("a sheet that somebody else changed is shown anew, and what was typed is kept", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    const id = await openSheet(page, "copy-black-edge.jpg|1");
    await workOn(page, "等级 3");
    await page.keyboard.insertText("长");
    const changed = dengji(["event", id, "correct", "--by", "经办乙", "--data", office.data, "key=qualification.3.level", "value=高级工"]);
    assert.equal(changed.code, 0, changed.err);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".changed");
    await workOn(page, "等级 3");
    await shot(page, "changed");
    assert.equal(await entry(page).inputValue(), "初级长", "what was typed");
    assert.match(await page.locator(".facts").innerText(), /高级工/);
    assert.equal(office.rows().find((row) => row.registration === id).fields["qualification.3.level"].value, "高级工", "nothing was overwritten");
    await page.keyboard.press("Enter");
    await saved(page);
    assert.equal(office.rows().find((row) => row.registration === id).fields["qualification.3.level"].value, "初级长");
  }));

test("a list that comes late does not take the keyboard out of the menu; a place chosen there does", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    await page.waitForSelector("table.list");
    await goTo(page, "find");
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-work"));
    let release;
    const released = new Promise((done) => (release = done));
    await page.route("**/api/queue?*", async (route) => {
      await released;
      await route.continue();
    });
    await goTo(page, "queue");
    await page.waitForSelector(".page .wait");
    await page.keyboard.press("F6");
    await page.waitForFunction(() => document.activeElement.closest(".bar") !== null);
    release();
    await page.waitForSelector("table.list");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "队列", "still in the menu");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".fields .current");
    await page.waitForFunction(() => document.activeElement.closest(".field") !== null);
    assert.deepEqual(page.faults, []);
  }));

test("a picture of a group that can't be had is said", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    await page.route("**/crop/**", (route) => route.fulfill({ status: 404, contentType: "application/json", body: "{}" }));
    await goTo(page, "group/signed_on/*");
    await page.waitForSelector(".tile .no-crop");
    await page.waitForFunction(() => document.querySelectorAll(".tile img").length === 0);
    assert.match(await page.locator(".tile").first().innerText(), /原图取不到/);
  }));

test("a scan that is missing is said, and the sheet can be settled all the same", () =>
  inOffice(async (office) => {
    const originals = path.join(office.data, "originals");
    for (const file of fs.readdirSync(originals, { recursive: true })) {
      const full = path.join(originals, String(file));
      if (fs.statSync(full).isFile()) fs.rmSync(full);
    }
    const page = await person(office, "jia");
    await openSheet(page, "copy-black-edge.jpg|1");
    await page.waitForSelector(".frame .problem");
    assert.match(await page.locator(".frame .problem").innerText(), /扫描件/);
    await shot(page, "missing-scan");
    const before = await fieldInWork(page);
    await page.keyboard.press("Enter");
    await saved(page);
    assert.notEqual(await fieldInWork(page), before);
    assert.equal(await page.locator(".fields .settled").count(), 1);
  }));

test("two people never work on the same sheet unknowingly", () =>
  inOffice(async (office) => {
    const first = await person(office, "jia");
    const id = await openSheet(first, "copy-black-edge.jpg|1");
    const second = await person(office, "yi");
    await second.waitForSelector("table.list");
    await shot(second, "queue-locked");
    assert.match(await second.locator("table.list").innerText(), /经办甲正在处理/);
    await goTo(second, `sheet/${id}`);
    await second.waitForSelector("#failed");
    assert.match(await second.locator("#failed").innerText(), /经办甲/);
    await shot(second, "locked");
    await second.keyboard.press("Tab");
    await second.locator("[data-work]").focus();
    await second.keyboard.press("Enter");
    await second.waitForSelector(".fields .current");
    assert.ok(!second.url().endsWith(id), "the next one is free");
  }));

test("a session that ended asks for the password on the spot; work goes on where it was", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    const id = await openSheet(page, "copy-black-edge.jpg|1");
    await workOn(page, "等级 3");
    await page.keyboard.insertText("长");
    await page.context().clearCookies();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".veil form.card");
    await shot(page, "signed-out");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".veil", { state: "detached" });
    await page.waitForSelector(".fields .settled");
    await saved(page);
    assert.equal(office.rows().find((row) => row.registration === id).fields["qualification.3.level"].value, "初级长");
  }));

test("wrong passwords are told, then have to wait", () =>
  inOffice(async (office) => {
    const page = await person(office, null);
    await page.waitForSelector("form.card");
    await page.keyboard.type("jia");
    await page.keyboard.press("Tab");
    for (let i = 0; i < 6; i++) {
      await page.keyboard.type("not this one");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector(".problem") && !document.querySelector("form.card button").textContent.includes("正在"));
      if (await page.locator("form.card button").isDisabled()) break;
    }
    await shot(page, "locked-out");
    assert.match(await page.locator(".problem").innerText(), /秒|稍后|等/);
    assert.ok(await page.locator("form.card button").isDisabled());
  }));

test("script in a name is shown as text", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    const id = await openSheet(page, "copy-black-edge.jpg|1");
    await workOn(page, "姓名");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("<img src=x onerror=document.title='broken'>");
    await page.keyboard.press("Enter");
    await saved(page);
    assert.match(await page.locator(".fields").innerText(), /<img src=x/);
    await goTo(page, "find");
    await page.waitForSelector("#find");
    await page.keyboard.type("<img src=x onerror=document.title='broken'>");
    await page.keyboard.press("Enter");
    await page.waitForSelector("table.list");
    assert.match(await page.locator("table.list").innerText(), /<img src=x/);
    assert.ok(!(await page.title()).includes("broken"));
    assert.equal(office.rows().find((row) => row.registration === id).fields.name.value, "<img src=x onerror=document.title='broken'>");
  }));

