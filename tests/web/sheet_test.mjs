// The sheet view, key by key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, fieldInWork, goTo, openSheet, person, saved, selection, shot, workOn } from "./support/browser.mjs";
import { openOffice } from "./support/office.mjs";

/** An office for one test, and a person who has a sheet open. */
async function atSheet(sheet, act, settings) {
  const office = await openOffice(settings === undefined ? {} : { settings });
  try {
    const page = await person(office, "jia");
    const id = sheet === null ? "" : await openSheet(page, sheet);
    await act({ office, page, id, field: (key) => office.rows().find((row) => row.registration === id).fields[key] });
    assert.deepEqual(page.faults, []);
    assert.ok(page.asked.every((url) => url.startsWith(office.address) || url.startsWith("blob:")), "nothing is fetched from elsewhere");
  } finally {
    await office.stop();
  }
}

test("the sheet view shows scan, crop, reading, candidates, reasons and findings with their clause", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page }) => {
    await page.waitForFunction(() => document.querySelector(".scan img")?.naturalWidth > 500 && document.querySelector(".crop img")?.naturalWidth > 20);
    assert.ok((await page.locator(".scan polygon.cell").count()) > 30, "cells are outlined");
    assert.equal(await page.locator(".scan polygon.current").count(), 1);
    assert.equal(await fieldInWork(page), "户籍性质");
    assert.match(await page.locator(".reasons").innerText(), /只能选一项/);
    assert.match(await page.locator(".field .findings").innerText(), /A08[\s\S]*必填项/);
    const nearby = await page.locator(".sheet-picture").getAttribute("style");
    await page.keyboard.press("F2");
    assert.notEqual(await page.locator(".sheet-picture").getAttribute("style"), nearby, "F2 shows the whole sheet");
    await page.keyboard.press("F2");
    await workOn(page, "户籍地址 县（区）");
    assert.ok((await page.locator(".candidates button").count()) > 1);
    await shot(page, "sheet");
    // For people who do not see it: names and roles.
    assert.equal(await entry(page).getAttribute("aria-describedby"), "why");
    assert.equal(await page.getByLabel("户籍地址 县（区）").count(), 1);
    assert.equal(await page.getByRole("list", { name: "候选" }).count(), 1);
  }));

test("Enter confirms what the paper says and goes to the next doubtful field", () =>
  atSheet("phone-perspective.jpg|1", async ({ page, field }) => {
    const before = await fieldInWork(page);
    const open = await page.locator(".fields .doubtful").count();
    await page.keyboard.press("Enter");
    assert.notEqual(await fieldInWork(page), before);
    await saved(page);
    assert.equal(await page.locator(".fields .doubtful").count(), open - 1);
    assert.equal(await page.locator(".fields .settled").count(), 1);
    assert.equal(field(await page.evaluate(async () => (await (await fetch("/api/form/registration-2020")).json()).fields.find((f) => f.label === document.querySelector(".fields .settled .name").textContent).key)).review, false);
  }));

test("a digit chooses a candidate and confirms; where digits are typed it needs Alt", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page, field }) => {
    await workOn(page, "户籍地址 县（区）");
    const second = await page.locator(".candidates button").nth(1).evaluate((button) => button.lastChild.textContent.trim());
    await page.keyboard.press("2");
    await saved(page);
    assert.equal(field("hukou_address.county").value, second);
    await workOn(page, "手机");
    const before = await entry(page).inputValue();
    await page.keyboard.press("1");
    assert.equal(await fieldInWork(page), "手机", "the digit was typed");
    assert.equal((await entry(page).inputValue()).length, before.length);
  }));

test("typing replaces from the doubtful character on, and the end that is right comes back with one key", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page, field }) => {
    await workOn(page, "等级 3");
    assert.equal(await entry(page).inputValue(), "初级工");
    assert.deepEqual(await selection(page), [2, 3]);
    await page.keyboard.insertText("员");
    assert.equal(await entry(page).inputValue(), "初级员");
    await page.keyboard.press("Control+z");
    assert.equal(await entry(page).inputValue(), "初级工", "taken back");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await page.keyboard.insertText("中");
    assert.match(await page.locator(".tail").innerText(), /级工/);
    await page.keyboard.press("End");
    assert.equal(await entry(page).inputValue(), "中级工");
    await page.keyboard.press("Enter");
    await saved(page);
    assert.equal(field("qualification.3.level").value, "中级工");
  }));

test("what is typed is completed from the words of its field, and free text stays free", () =>
  atSheet("feeder.tif|2", async ({ page, field }) => {
    await workOn(page, "民族");
    assert.equal(await page.getByRole("list", { name: "补全" }).count(), 0, "nothing was typed yet");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("仡");
    const words = await page.getByRole("list", { name: "补全" }).locator("button").evaluateAll((all) => all.map((button) => button.lastChild.textContent.trim()));
    assert.equal(words[0], "仡佬族");
    assert.match(await page.locator(".legend").innerText(), /Alt\+数字\s*补全/);
    await shot(page, "completion");
    await page.keyboard.press("Alt+1");
    await saved(page);
    assert.equal(field("ethnicity").value, "仡佬族");
    assert.equal(field("ethnicity").review, false);
    // Digits without Alt are typed, and Enter takes what stands there, in the list or not.
    await workOn(page, "求职意向 1");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("普");
    assert.ok((await page.getByRole("list", { name: "补全" }).locator("button").count()) > 0);
    await page.keyboard.press("1");
    await page.keyboard.insertText("号工");
    assert.equal(await page.getByRole("list", { name: "补全" }).count(), 0, "no word goes on so");
    await page.keyboard.press("Enter");
    await saved(page);
    assert.equal(field("job_intention.1").value, "普1号工");
    // A field without a list offers nothing.
    await workOn(page, "姓名");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("汉");
    assert.equal(await page.getByRole("list", { name: "补全" }).count(), 0);
  }));

test("numbers of fixed length are written over digit by digit", () =>
  atSheet("office.pdf|1", async ({ page, field }) => {
    await workOn(page, "手机");
    assert.equal(await entry(page).inputValue(), "15559462403");
    for (const key of ["ArrowRight", "ArrowRight", "8"]) await page.keyboard.press(key);
    assert.equal(await entry(page).inputValue(), "15859462403");
    await page.keyboard.press("Enter");
    await saved(page);
    assert.equal(field("mobile").value, "15859462403");
    await workOn(page, "签字日期");
    const date = await entry(page).inputValue();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("9");
    assert.equal(await entry(page).inputValue(), date.slice(0, 6) + "9" + date.slice(7), "the hyphen is stepped over");
  }));

test("space ticks boxes, and so do the keys before them", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page, field }) => {
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    assert.equal(await fieldInWork(page), "人员类别");
    const before = await page.locator(".boxes li.on").count();
    await page.keyboard.press("Home");
    await page.keyboard.press("1");
    assert.equal(await page.locator(".boxes li.on").count(), before + 1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    assert.equal(await page.locator(".boxes li.on").count(), before + 2);
    await page.keyboard.press("Space");
    await shot(page, "boxes");
    await page.keyboard.press("Enter");
    await saved(page);
    assert.deepEqual(field("hukou_type").value, ["家庭"]);
    assert.ok(field("categories").value.includes("高校毕业生"));
  }));

test("Tab goes through the doubtful fields of the stack, over the edge of a sheet and back", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page }) => {
    const count = await page.locator(".fields .doubtful").count();
    const seen = new Set();
    for (let i = 0; i < count; i++) {
      seen.add(await fieldInWork(page));
      await page.keyboard.press("Tab");
    }
    assert.equal(seen.size, count);
    await page.waitForFunction(() => document.querySelector(".scan .pane-head strong")?.textContent.startsWith("feeder.tif"));
    await page.keyboard.press("Shift+Tab");
    await page.waitForFunction(() => document.querySelector(".scan .pane-head strong")?.textContent.startsWith("copy-black-edge"));
    assert.equal(await page.locator(".fields .doubtful").count(), count, "nothing was confirmed");
  }));

test("Ctrl+Z takes back the last confirmation, also of the sheet before", () =>
  atSheet("office.pdf|3", async ({ page, field }) => {
    const label = await fieldInWork(page);
    await page.keyboard.insertText("无");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".scan .pane-head strong")?.textContent.startsWith("office.pdf 第 3"));
    await saved(page);
    assert.equal(field("remarks").value, "无");
    await page.keyboard.press("Control+z");
    await page.waitForFunction((name) => document.querySelector("#field-name")?.textContent.trim() === name && document.querySelector(".field .pane-head .tag")?.textContent === "待核", label);
    assert.equal(field("remarks").value, "");
    assert.equal(field("remarks").review, true);
  }));

test("Esc puts a sheet aside; it is found again in the queue", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page }) => {
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector(".scan .pane-head strong")?.textContent.startsWith("feeder.tif"));
    await goTo(page, "queue/postponed");
    await page.waitForSelector("table.list a");
    assert.equal(await page.locator("table.list tbody tr").count(), 1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".scan .pane-head strong")?.textContent.startsWith("copy-black-edge"));
  }));

test("the crops of the next fields and the next sheet are there before they are needed", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page }) => {
    await page.waitForLoadState("networkidle");
    const crops = page.asked.filter((url) => url.includes("/crop/"));
    const sheets = new Set(crops.map((url) => url.split("/")[5]));
    assert.equal(sheets.size, 2, "this sheet's and the next one's");
    const before = page.asked.length;
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.querySelector(".crop img")?.complete && document.querySelector(".crop img").naturalWidth > 0);
    assert.equal(page.asked.slice(before).filter((url) => url.includes("/crop/")).length, 0, "nothing had to be asked for");
  }));

test("what was typed survives a reload, is in no address, and goes when it is settled", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page }) => {
    await workOn(page, "等级 3");
    await page.keyboard.insertText("匠");
    const typed = await entry(page).inputValue();
    await page.reload();
    await page.waitForSelector(".fields .current");
    await workOn(page, "等级 3");
    assert.equal(await entry(page).inputValue(), typed);
    assert.ok(!decodeURIComponent(page.url()).includes("匠"));
    await page.keyboard.press("Enter");
    await saved(page);
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes("qualification.3.level")).length), 0);
    assert.ok(page.asked.every((url) => !decodeURIComponent(url).includes("匠")));
  }));

test("what was confirmed and had not arrived is there after a reload", () =>
  atSheet("copy-black-edge.jpg|1", async ({ page, field }) => {
    await workOn(page, "等级 3");
    let away = true;
    await page.route("**/confirm", (route) => (away ? undefined : route.continue())); // what is sent meanwhile is lost
    await page.keyboard.insertText("长");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".fields .saving");
    await page.reload();
    await page.waitForSelector(".fields .current");
    assert.equal(field("qualification.3.level").value, "初级工", "it had not arrived");
    await workOn(page, "等级 3");
    assert.equal(await entry(page).inputValue(), "初级长");
    away = false;
    await page.keyboard.press("Enter");
    await saved(page);
    assert.equal(field("qualification.3.level").value, "初级长");
  }));

test("papers stand beside the fields that they support", () =>
  atSheet("feeder.tif|1", async ({ page, field }) => {
    await workOn(page, "姓名");
    await page.waitForFunction(() => document.querySelector(".paper img")?.naturalWidth > 0);
    assert.match(await page.locator(".paper").innerText(), /身份证复印件/);
    assert.match(await page.locator(".facts").innerText(), /身份证 姓名\s*赵卡上/);
    assert.equal(await page.locator(".facts .differs").count(), 1, "it says something else");
    await shot(page, "paper");
    await page.keyboard.press("1"); // a candidate like any other
    await saved(page);
    assert.equal(field("name").value, "赵卡上");
    await workOn(page, "手机");
    assert.equal(await page.locator(".paper").count(), 0, "it says nothing of this field");
    await page.keyboard.press("F3");
    await page.waitForSelector(".paper");
    await page.keyboard.press("F3");
    await page.waitForSelector(".paper", { state: "detached" });
  }));

test("no key is lost while the server is slow", () =>
  atSheet("phone-perspective.jpg|1", async ({ page, field }) => {
    await page.route("**/confirm", async (route) => {
      await new Promise((done) => setTimeout(done, 1500));
      await route.continue();
    });
    const form = await page.evaluate(async () => (await (await fetch("/api/form/registration-2020")).json()).fields);
    const labels = await page.locator(".fields .doubtful .name").allInnerTexts();
    // Three decisions at once, none of which waits for the one before.
    for (let i = 0; i < 3; i++) await page.keyboard.press("Enter");
    assert.equal(await fieldInWork(page), labels[3]);
    assert.equal(await page.locator(".fields .saving").count(), 3);
    await page.waitForSelector(".slow");
    await shot(page, "slow");
    await page.waitForFunction(() => document.querySelectorAll(".fields .saving").length === 0, null, { timeout: 20000 });
    for (const label of labels.slice(0, 3)) assert.equal(field(form.find((entry) => entry.label === label).key).review, false);
  }));

test("what the form does not allow is refused with the reason, and stays to be put right", () =>
  atSheet("office.pdf|1", async ({ page, field }) => {
    const before = field("signed_on").value;
    await workOn(page, "签字日期");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.type("2020-99-99");
    await page.keyboard.press("Enter");
    await saved(page);
    await workOn(page, "签字日期");
    assert.match(await page.locator(".field .problem").innerText(), /2020-04/);
    assert.equal(await entry(page).inputValue(), "2020-99-99");
    await shot(page, "refused");
    assert.equal(field("signed_on").value, before);
  }));
