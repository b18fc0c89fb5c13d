// All views but the sheet: groups, second entry, decisions, lists, people.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fieldInWork, goTo, openSheet, person, saved, shot, workOn } from "./support/browser.mjs";
import { dengji, openOffice, password } from "./support/office.mjs";

async function inOffice(act, options = {}) {
  const office = await openOffice(options);
  try {
    await act(office);
  } finally {
    await office.stop();
  }
}

/** Chooses a step of the decide panel by the digit or letter before it. */
async function chooseStep(page, label) {
  await page.waitForSelector(".decide .steps button");
  const steps = await page.locator(".decide .steps button").evaluateAll((all) => all.map((button) => ({ key: button.querySelector("kbd").textContent, label: button.lastChild.textContent.trim() })));
  const step = steps.find((one) => one.label === label);
  assert.ok(step !== undefined, `“${label}” is among ${steps.map((one) => one.label)}`);
  await page.keyboard.press(step.key.toLowerCase());
  await page.waitForSelector(".decide form.step");
}

/** Until the panel shows that state. */
async function inState(page, state) {
  await page.waitForFunction((name) => document.querySelector(".decide .tag")?.textContent === name || document.querySelector(".decide .problem"), state);
  assert.equal(await page.locator(".decide .problem").count(), 0, await page.locator(".decide").innerText());
}

/** Yes or no to a question of the step's form, with the arrows. */
async function answer(page, label, yes) {
  await page.getByRole("group", { name: label }).getByRole("radio").first().focus();
  await page.keyboard.press("ArrowRight");
  if (!yes) await page.keyboard.press("ArrowRight");
}

async function check(page, answers) {
  await chooseStep(page, "审核");
  for (const [label, yes] of Object.entries(answers)) await answer(page, label, yes);
  await page.keyboard.press("Enter");
  await inState(page, "已审核");
}

/** Settled sheet to registered person, answering whatever the rules ask. */
async function register(page) {
  await check(page, { 原件已核验: true, 已交登记照: true, 要办就业创业证: true, 享受基本养老保险待遇: false, 比对有在业迹象: false });
  await chooseStep(page, "准予登记");
  for (const question of await page.locator(".questions input").all()) {
    await question.focus();
    await page.keyboard.insertText("已核实");
  }
  await page.locator("form.step button.main").focus();
  await page.keyboard.press("Enter");
  await inState(page, "已登记");
}

test("a group is confirmed at once, without those that were picked out", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    await goTo(page, "group");
    await page.waitForSelector("table.groups a");
    await shot(page, "groups");
    const groups = await (await page.context().request.get(`${office.address}/api/groups`)).json();
    const group = groups.groups.find((entry) => entry.key === "signed_on");
    assert.ok(group.count >= 4);
    // With the keyboard: to the group, and open it.
    const hrefs = await page.locator("table.groups a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    const at = hrefs.findIndex((href) => href.includes("signed_on"));
    for (let i = 0; i <= at; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".tile");
    const tiles = await page.locator(".tile").count();
    assert.equal(tiles, group.count);
    await page.waitForFunction(() => document.querySelector(".tile img")?.naturalWidth > 0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await shot(page, "group");
    const odd = await page.locator(".tile.odd img").getAttribute("src");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".notice");
    assert.match(await page.locator(".notices").innerText(), new RegExp(`已确认 ${tiles - 1} 张`));
    const waiting = office.rows().filter((row) => row.fields.signed_on.review);
    assert.ok(waiting.every((row) => odd.includes(row.registration)), "only what was picked out may still wait");
    assert.deepEqual(page.faults, []);
  }));

test("a second entry is blind and by another person; differences go to a third look", () =>
  inOffice(
    async (office) => {
      const first = await person(office, "jia");
      await openSheet(first, "office.pdf|3");
      await first.keyboard.press("Enter");
      await saved(first);
      await first.waitForFunction(() => !document.querySelector(".scan .pane-head strong")?.textContent.startsWith("office.pdf 第 3"));
      const second = await person(office, "yi");
      await goTo(second, "second");
      await second.waitForSelector("#blind-entry");
      await second.waitForFunction(() => document.querySelector(".blind .crop img")?.naturalWidth > 0);
      assert.equal(await second.locator("#blind-entry").inputValue(), "", "nothing is given away");
      await shot(second, "second");
      const crop = await second.locator(".blind .crop img").getAttribute("src");
      const row = office.rows().find((entry) => crop.includes(entry.registration));
      assert.ok(!(await second.locator("main").innerText()).includes(row.fields.name.value));
      // What was typed stays over a reload here, too.
      await second.keyboard.insertText("另一");
      await second.reload();
      await second.waitForSelector("#blind-entry");
      assert.equal(await second.locator("#blind-entry").inputValue(), "另一");
      await second.keyboard.insertText("人");
      await second.keyboard.press("Enter");
      await second.waitForFunction(() => document.querySelector("h1 + .quiet")?.textContent.includes("已录 1 项"));
      const third = await person(office, "bing");
      await goTo(third, "third");
      await third.waitForSelector(".candidates.two");
      await shot(third, "third");
      const shown = await third.locator(".candidates.two").innerText();
      assert.match(shown.replace(/\s/g, ""), /另一人/);
      await third.keyboard.press("Alt+2");
      await third.waitForSelector(".notice");
      assert.equal(office.rows().find((entry) => entry.registration === row.registration).fields.name.value, "另一人");
      assert.deepEqual([...first.faults, ...second.faults, ...third.faults], []);
    },
    { settings: "review: {sample_share: 0, second_pass: [name]}\n" },
  ));

test("a sheet is checked, registered with answers to what the rules ask, and its papers printed", () =>
  inOffice(async (office) => {
    const page = await person(office, "bing");
    const id = await openSheet(page, "office.pdf|5");
    await page.waitForSelector(".decide");
    await shot(page, "decide");
    await chooseStep(page, "审核");
    for (const label of ["原件已核验", "已交登记照", "要办就业创业证", "享受基本养老保险待遇", "比对有在业迹象"]) {
      const group = page.getByRole("group", { name: label });
      await group.getByRole("radio").first().focus();
      await page.keyboard.press("ArrowRight");
      if (label !== "原件已核验") await page.keyboard.press("ArrowRight");
    }
    await shot(page, "check");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".decide .tag")?.textContent === "已审核");
    await chooseStep(page, "准予登记");
    for (const question of await page.locator(".questions input").all()) {
      await question.focus();
      await page.keyboard.insertText("已核实");
    }
    await shot(page, "register");
    await page.locator("form.step button.main").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => ["已登记"].includes(document.querySelector(".decide .tag")?.textContent) || document.querySelector(".decide .problem"));
    await shot(page, "registered");
    assert.equal(await page.locator(".decide .problem").count(), 0, await page.locator(".decide").innerText());
    const receipt = await page.context().request.get(`${office.address}${await page.getByRole("link", { name: "受理回执" }).getAttribute("href")}`);
    assert.equal(receipt.status(), 200);
    assert.match(await receipt.text(), /回执/);
    // No number range was entered: the reason is said, and the register is not touched by it.
    await page.getByRole("button", { name: "就业创业证", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".notice.error");
    assert.match(await page.locator(".notice.error").first().innerText(), /[号照证]/);
    await goTo(page, "due");
    await page.waitForSelector("#due");
    assert.ok(id.length > 5);
    assert.deepEqual(page.faults, []);
  }));

test("a certificate is issued and printed from the page; its number is shown and the work goes on", () =>
  inOffice(async (office) => {
    const page = await person(office, "bing");
    const id = await openSheet(page, "office.pdf|5");
    const name = office.rows().find((row) => row.registration === id).fields.name.value;
    const series = `50011600${String(new Date().getFullYear()).slice(2)}`; // numbers are of a year
    const number = `${series}000001`;
    const range = dengji(["certificates", "--enter-range", `${number}-${series}000009`, "--by", "主管丁", "--data", office.data]);
    assert.equal(range.code, 0, range.err);
    const photo = path.join(office.data, "photo.jpg");
    const picture = await page.context().newPage();
    await picture.setContent('<body style="margin:0;background:#69c"><div style="width:420px;height:588px"><div style="background:#eca;border-radius:50%;height:300px;left:100px;position:absolute;top:110px;width:220px"></div></div>');
    await picture.screenshot({ path: photo, type: "jpeg", clip: { x: 0, y: 0, width: 420, height: 588 } });
    await picture.close();
    const kept = dengji(["certificates", "--registration", id, "--photo", photo, "--by", "经办甲", "--data", office.data]);
    assert.equal(kept.code, 0, kept.err);
    await register(page);

    const print = async () => {
      await page.getByRole("button", { name: "就业创业证", exact: true }).focus();
      const [file] = await Promise.all([Promise.race([page.waitForEvent("download"), page.waitForSelector(".notice.error").then(async () => assert.fail(await page.locator(".notices").innerText()))]), page.keyboard.press("Enter")]);
      const text = spawnSync("pdftotext", ["-layout", await file.path(), "-"], { encoding: "utf8" });
      assert.equal(text.status, 0, text.stderr);
      return text.stdout.replace(/\s/g, "");
    };
    const printed = await print();
    assert.ok(printed.includes(name), "the holder");
    assert.ok(printed.includes(number), "the number");
    await page.waitForSelector(".notice");
    assert.match(await page.locator(".notices").innerText(), new RegExp(`证书 ${number}`));
    assert.match(await page.locator(".prints").innerText(), new RegExp(number));
    await page.locator(".events summary").focus();
    await page.keyboard.press("Enter");
    assert.match(await page.locator(".events").innerText(), new RegExp(`发放就业创业证[\\s\\S]*${number}`));
    await shot(page, "certificate");

    // Issuing was a step: the next one stands on it.
    await chooseStep(page, "提供政策、服务、机构三项清单");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".decide .steps button");
    assert.equal(await page.locator(".decide .problem").count(), 0, await page.locator(".decide").innerText());
    // Printing again asks why, and uses no other number.
    await page.getByRole("button", { name: "就业创业证", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("再次打印的原因").focus();
    await page.keyboard.insertText("卡纸");
    const [again] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.ok(spawnSync("pdftotext", [await again.path(), "-"], { encoding: "utf8" }).stdout.replace(/\s/g, "").includes(number));
    const shown = JSON.parse(dengji(["show", id, "--json", "--data", office.data]).out);
    assert.equal(shown.events.filter((event) => event.step === "certificate-issue").length, 1);
    assert.deepEqual(page.faults, []);
  }));

test("what is kept as a code is chosen by its words, with the keyboard", () =>
  inOffice(async (office) => {
    const page = await person(office, "bing");
    const id = await openSheet(page, "office.pdf|5");
    await chooseStep(page, "审核");
    await answer(page, "比对有在业迹象", true);
    const papers = page.getByRole("group", { name: /所附材料/ });
    await papers.getByRole("checkbox").first().focus();
    await page.keyboard.press("3"); // by the digit before it
    await page.keyboard.press("Space"); // and off again, and on
    await page.keyboard.press("3");
    await page.keyboard.press("1");
    assert.deepEqual(await papers.locator("label:has(input:checked) span").allInnerTexts(), ["居民身份证", "毕业证书"]);
    await shot(page, "papers");
    await page.keyboard.press("Enter");
    await inState(page, "已审核");
    await chooseStep(page, "不予登记");
    const grounds = page.getByRole("group", { name: /依据的规则/ });
    assert.match(await grounds.innerText(), /B01[\s\S]*渝人社办〔2020〕79号/);
    const labels = await grounds.locator("label span").allInnerTexts();
    const ground = labels.findIndex((label) => label.startsWith("B05"));
    await grounds.getByRole("radio").first().focus();
    for (let i = 0; i < ground; i++) await page.keyboard.press("ArrowDown");
    assert.match(await page.getByLabel(/理由/).inputValue(), /在业|就业/, "the words of the rule are proposed");
    await shot(page, "refuse-ground");
    await page.keyboard.press("Enter");
    await inState(page, "不予登记");
    await page.locator(".events summary").focus();
    await page.keyboard.press("Enter");
    const events = await page.locator(".events").innerText();
    assert.match(events, /所附材料：(毕业证书、居民身份证|居民身份证、毕业证书)/);
    assert.match(events, /B05　处于就业状态/);
    assert.doesNotMatch(events, /id_card|graduation/);
    await shot(page, "events");
    const shown = JSON.parse(dengji(["show", id, "--json", "--data", office.data]).out);
    assert.match(JSON.stringify(shown), /"rule":"B05"/);
    assert.deepEqual(page.faults, []);
  }));

test("a survey is opened and closed; a change is entered as its field is", () =>
  inOffice(async (office) => {
    const page = await person(office, "bing");
    await openSheet(page, "office.pdf|5");
    await chooseStep(page, "开展调查");
    await page.keyboard.insertText("核实就业状态");
    await page.keyboard.press("Enter");
    await inState(page, "调查中");
    await chooseStep(page, "办结调查");
    await page.keyboard.insertText("确认处于失业状态");
    await page.getByLabel(/办理方式/).focus();
    await page.keyboard.insertText("上门");
    await page.keyboard.press("Enter");
    await inState(page, "已审核");
    await register(page);
    await chooseStep(page, "本人申报变更");
    const field = page.getByLabel(/项目/);
    await field.focus();
    await field.selectOption({ label: "文化程度" });
    await page.getByRole("group", { name: /新内容/ }).getByRole("radio").first().focus();
    await page.keyboard.press("9");
    await shot(page, "change");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".notices")?.textContent.includes("本人申报变更"));
    const id = decodeURIComponent(page.url().split("/").pop());
    assert.deepEqual(office.rows().find((row) => row.registration === id).fields.education.value, ["硕士研究生"]);
    await chooseStep(page, "建议注销");
    const reasons = page.getByRole("group", { name: /注销原因/ });
    assert.match(await reasons.innerText(), /C2a　被用人单位录用或招聘（五（二）；依据：/);
    await shot(page, "cancel-reasons");
    assert.deepEqual(page.faults, []);
  }));

test("a return names what is missing and gives the notice to print; refusing needs the rule", () =>
  inOffice(async (office) => {
    const page = await person(office, "bing");
    await openSheet(page, "copy-black-edge.jpg|1");
    const doubtful = await page.locator(".fields .doubtful").count();
    for (let i = 0; i < doubtful; i++) await page.keyboard.press("Enter");
    await saved(page);
    const id = await openSheet(page, "copy-black-edge.jpg|1");
    if ((await page.locator(".decide").count()) === 0) await page.keyboard.press("F4");
    await chooseStep(page, "退回补正");
    const missing = page.locator("form.step textarea");
    assert.match(await missing.inputValue(), /户籍性质/, "what the rules say of the entries is proposed");
    assert.doesNotMatch(await missing.inputValue(), /核验过证件原件|在业迹象/, "what they ask the clerk is not");
    await shot(page, "return");
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => document.querySelector(".decide .tag")?.textContent === "退回补正");
    await shot(page, "returned");
    const notice = await page.context().request.get(`${office.address}${await page.getByRole("link", { name: "补正告知" }).getAttribute("href")}`);
    assert.match(await notice.text(), /补正[\s\S]*户籍性质/);
    const other = await openSheet(page, "office.pdf|5");
    await page.waitForSelector(".decide .steps button");
    await chooseStep(page, "审核");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".decide .tag")?.textContent === "已审核");
    await chooseStep(page, "不予登记");
    assert.equal(await page.getByRole("group", { name: /依据的规则编号/ }).count(), 1);
    await shot(page, "refuse");
    await page.keyboard.press("Escape");
    await chooseStep(page, "准予登记");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".decide .problem");
    await shot(page, "register-refused");
    assert.notEqual(id, other);
    assert.deepEqual(page.faults, []);
  }));

test("due, find and monthly report", () =>
  inOffice(async (office) => {
    const page = await person(office, "jia");
    await goTo(page, "due");
    await page.waitForSelector("table.list");
    await shot(page, "due");
    assert.match(await page.locator("table.list").innerText(), /窗口受理/);
    const name = office.rows()[0].fields.name.value;
    const number = office.rows()[0].fields.id_number.value;
    await goTo(page, "find");
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-work"));
    await page.keyboard.insertText(name);
    await page.keyboard.press("Enter");
    await page.waitForSelector("table.list");
    assert.ok((await page.locator("table.list").innerText()).includes(name));
    assert.ok(!(await page.locator("table.list").innerText()).includes(number), "masked");
    await shot(page, "find");
    await page.locator("table.list button").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((full) => document.querySelector("table.list").innerText.includes(full), number);
    assert.ok(page.asked.every((url) => !decodeURIComponent(url).includes(name) && !url.includes(number)), "no person in an address");
    await goTo(page, "report");
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-work"));
    await shot(page, "report");
    const [workbook] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.match(workbook.suggestedFilename(), /\d{4}-\d{2}\.xlsx$/);
    assert.equal(fs.readFileSync(await workbook.path()).subarray(0, 2).toString(), "PK");
    assert.deepEqual(page.faults, []);
  }));

test("users, roles, passwords, the log", () =>
  inOffice(async (office) => {
    const clerk = await person(office, "jia");
    assert.equal(await clerk.getByRole("link", { name: "用户" }).count(), 0);
    await goTo(clerk, "users");
    await clerk.waitForFunction(() => document.querySelector("main h1")?.textContent.includes("没有这一页"));
    await goTo(clerk, "password");
    await clerk.waitForSelector("#password");
    for (const word of [password, "another secret 8", "another secret 8"]) {
      await clerk.keyboard.type(word);
      await clerk.keyboard.press("Tab");
    }
    await clerk.keyboard.press("Enter");
    await clerk.waitForFunction(() => document.querySelector(".notices").textContent.includes("密码已改") || document.querySelector(".problem"));
    assert.equal(await clerk.locator(".problem").count(), 0);
    await clerk.keyboard.press("F6");
    await clerk.waitForFunction(() => document.activeElement.closest(".bar") !== null); // F6 reaches the bar
    const administrator = await person(office, "wu");
    await goTo(administrator, "users");
    await administrator.waitForSelector("table.list");
    await administrator.getByLabel("姓名", { exact: true }).focus();
    await administrator.keyboard.insertText("新人己");
    await administrator.keyboard.press("Tab");
    await administrator.keyboard.type("ji");
    await administrator.keyboard.press("Tab");
    await administrator.keyboard.press("Tab");
    await administrator.keyboard.type(password);
    await administrator.keyboard.press("Enter");
    await administrator.waitForFunction(() => document.querySelector("table.list").innerText.includes("新人己"));
    await shot(administrator, "users");
    await person(office, "ji");
    const off = administrator.locator("table.list tr", { hasText: "新人己" }).getByRole("button", { name: "停用" });
    await off.focus();
    await administrator.keyboard.press("Enter");
    await administrator.waitForFunction(() => document.querySelector("table.list").innerText.includes("已停用"));
    await goTo(administrator, "audit");
    await administrator.waitForSelector("table.list");
    await shot(administrator, "audit");
    assert.match(await administrator.locator("table.list").innerText(), /管理戊/);
    assert.deepEqual([...clerk.faults, ...administrator.faults], []);
  }));

test("samples are shown among the doubtful fields without saying so, and give the error rate", () =>
  inOffice(
    async (office) => {
      const page = await person(office, "jia");
      await goTo(page, "sheet");
      await page.waitForSelector(".fields .current");
      const many = await page.locator(".fields .doubtful").count();
      assert.ok(many > 15, `every sure field of the sheet is a sample: ${many}`);
      assert.ok(!(await page.content()).includes("抽查"));
      for (let i = 0; i < 6; i++) {
        const label = await fieldInWork(page);
        await page.keyboard.press("Enter");
        await page.waitForFunction((old) => document.querySelector("#field-name")?.textContent.trim() !== old, label);
      }
      await saved(page);
      const supervisor = await person(office, "ding");
      await goTo(supervisor, "quality");
      await supervisor.waitForSelector("table.list");
      await shot(supervisor, "quality");
      assert.match(await supervisor.locator("main").innerText(), /共抽查/);
    },
    { settings: "review: {sample_share: 1}\n" },
  ));

const shared = path.join(process.env.DENGJI_SHARED ?? path.join(process.env.DENGJI_ROOT ?? "../..", "../shared"), "eval/dev/stack.pdf");
test("the copy of an identity card stands beside the fields that it supports", { skip: fs.existsSync(shared) ? false : "../shared/eval is not there" }, () =>
  inOffice(
    async (office) => {
      const page = await person(office, "jia");
      await openSheet(page, "stack.pdf|14");
      await workOn(page, "证件号");
      await page.waitForFunction(() => document.querySelector(".paper img")?.naturalWidth > 0);
      assert.match(await page.locator(".paper").innerText(), /身份证复印件/);
      assert.match(await page.locator(".facts").innerText(), /身份证 公民身份号码/);
      await shot(page, "attachment");
      await page.keyboard.press("F3");
      await page.waitForSelector(".paper", { state: "detached" });
    },
    { stack: shared },
  ));
