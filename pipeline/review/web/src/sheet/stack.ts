// The way through the stack: which sheet and field is in work, what each key does, and what is fetched ahead.
import { reactive, shallowReactive } from "vue";
import { connection, get, LostServer, messageOf, Refusal, untilFound, withQuery } from "../api/client";
import { digitOf, isTyping, type KeyPress, type Stroke } from "../entry/key_buffer";
import { tidied } from "../entry/typing";
import { here, renameHere } from "../shell/places";
import { tell } from "../shell/notices";
import { fetchImages, forgetImages } from "./ahead";
import {
  beginTyping, candidatesOf, completionsFor, forgetDraft, isBoxes, lostTail, optionKey, optionsOf, overwriting, rememberDraft, stepPlace, takeBackTail, toggle, typeText, typing,
} from "./typing_state";
import { SheetWork } from "./work";

// Shallow: a SheetWork is reactive by itself.
export const stack = shallowReactive({
  phase: "opening" as "opening" | "working" | "empty" | "failed",
  work: null as SheetWork | null,
  failure: "",
  lockedBy: "",
  waitingKeys: 0,
  panel: "" as "" | "decide" | "help",
  wholeSheet: false,
  attachment: -1, // which one is shown beside; -1: none
  unsaved: reactive<{ sheet: string; key: string; text: string }[]>([]),
});

const buffered: Stroke[] = [];
/** What this person settled, newest last: for taking back, across sheets. */
const history: { sheet: string; key: string }[] = [];
const trail: string[] = [];
/** The sheet after this one, opened already. */
let ahead: { after: string; work: Promise<SheetWork | null>; ready: SheetWork | null } | null = null;
let leftBehind: Promise<void> = Promise.resolve(); // until the changes of the sheet before are saved
let turn = 0; // a later wish overtakes an earlier one that is still loading

function nextId(after: string): Promise<string | null> {
  return get<{ id: string | null }>(withQuery("/api/next", { after })).then((answer) => answer.id);
}

/** The next sheet that can be had; what somebody else has taken in the meantime is passed over. */
async function openNext(after: string): Promise<SheetWork | null> {
  let from = after;
  for (let tries = 0; tries < 20; tries++) {
    const id = await nextId(from);
    if (id === null) return null;
    try {
      return await SheetWork.open(id);
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.status !== 423) throw failure;
      from = id;
    }
  }
  return null;
}

function fetchAhead(): void {
  const work = stack.work;
  if (work === null) return;
  fetchImages(work, work.openKeys);
  if (ahead?.after === work.id) return;
  dropAhead();
  const after = work.id;
  const mine: NonNullable<typeof ahead> = { after, work: Promise.resolve(null), ready: null };
  // What is still being saved of the sheet before would be taken for open work.
  mine.work = leftBehind
    .then(() => openNext(after))
    .then((next) => {
      if (next === null || next.id === after) return null;
      fetchImages(next, next.openKeys);
      return (mine.ready = next);
    })
    .catch(() => null);
  ahead = mine;
}

function dropAhead(): void {
  const old = ahead;
  ahead = null;
  void old?.work.then((work) => {
    if (work !== null && work.id !== stack.work?.id) work.close();
  });
}

/** Shows a sheet and goes to a field of it, else to the first that has to be looked at. */
function show(work: SheetWork, key?: string): void {
  if (stack.work !== null && stack.work.id !== work.id) {
    leftBehind = stack.work.settled();
    stack.work.close();
    forgetImages(stack.work.id);
  }
  stack.work = work;
  stack.phase = "working";
  stack.failure = stack.lockedBy = "";
  // A sheet without open questions was opened to be decided.
  stack.panel = key === undefined && work.openKeys.length === 0 ? "decide" : "";
  stack.wholeSheet = false;
  if (trail[trail.length - 1] !== work.id) trail.push(work.id);
  renameHere("sheet", work.id);
  const first = key !== undefined && work.field(key) !== undefined ? key : work.openKeys[0] ?? work.sheet.fields[0]?.key;
  if (first !== undefined) workOn(first);
  fetchAhead();
  replay();
}

export function workOn(key: string): void {
  const field = stack.work?.field(key);
  if (stack.work === null || field === undefined) return;
  stack.attachment = stack.work.sheet.attachments.findIndex((paper) => paper.supports.includes(key));
  beginTyping(stack.work, field);
}

async function load(how: () => Promise<SheetWork | null>, key?: string): Promise<void> {
  const mine = ++turn;
  stack.phase = "opening";
  for (;;) {
    try {
      const work = await how();
      if (mine !== turn) return;
      if (work === null) {
        stack.work?.close();
        stack.work = null;
        stack.phase = "empty";
        dropStrokes("已没有待核的登记表");
        renameHere("sheet");
      } else {
        show(work, key);
      }
      return;
    } catch (failure) {
      if (mine !== turn) return;
      if (failure instanceof LostServer) {
        await untilFound();
        continue;
      }
      if (connection.signedOut) {
        await new Promise((done) => setTimeout(done, 300));
        continue;
      }
      stack.phase = "failed";
      stack.lockedBy = failure instanceof Refusal && failure.status === 423 ? String(failure.body["by"] ?? "别人") : "";
      stack.failure = messageOf(failure);
      dropStrokes("登记表没有打开");
      return;
    }
  }
}

export function openSheet(id: string, key?: string): Promise<void> {
  // A field is marked on the current sheet without asking again.
  return load(async () => {
    const old = ahead;
    const fetched = old !== null ? await old.work : null;
    return fetched?.id === id ? fetched : SheetWork.open(id);
  }, key);
}

export function openFirst(after = ""): Promise<void> {
  return load(() => openNext(after));
}

/** Tells when something of a sheet that was left could not be saved after all. */
function watchOver(work: SheetWork): void {
  void work.settled().then(() => {
    for (const [key, why] of Object.entries(work.refused)) {
      const label = work.field(key)?.label ?? key;
      stack.unsaved.push({ sheet: work.id, key, text: `“${label}”没有保存：${why}` });
    }
  });
}

/** Back to what could not be saved. */
function toUnsaved(): void {
  const first = stack.unsaved.shift();
  if (first === undefined) return tell("没有未保存的内容", "warning");
  void openSheet(first.sheet, first.key);
}

/** On to the next sheet. It is shown at once when it was fetched ahead; what is on its way for this one goes on. `first` is to
 *  be done before. */
async function leave(first?: (work: SheetWork) => Promise<void>): Promise<void> {
  const work = stack.work;
  if (work === null) return openFirst();
  const next = ahead?.after === work.id ? ahead.ready : null;
  if (next !== null && next.openKeys.length > 0 && first === undefined) {
    ahead = null;
    turn++;
    watchOver(work);
    return show(next);
  }
  stack.phase = "opening";
  await work.settled();
  const refused = Object.keys(work.refused)[0];
  if (refused !== undefined && first === undefined) {
    stack.phase = "working";
    dropStrokes("有一项没有保存");
    return workOn(refused);
  }
  try {
    if (first !== undefined) await first(work);
  } catch (failure) {
    stack.phase = "working";
    return tell(messageOf(failure), "error");
  }
  await load(async () => {
    const old = ahead?.after === work.id ? ahead : null;
    ahead = null;
    const fetched = old === null ? null : await old.work;
    // Somebody else, or a group, may have settled it in between.
    return fetched !== null && fetched.openKeys.length > 0 ? fetched : openNext(work.id);
  });
}

export function toNextSheet(): Promise<void> {
  return leave();
}

export async function leaveStack(): Promise<void> {
  turn++;
  dropAhead();
  const work = stack.work;
  stack.work = null;
  stack.phase = "opening";
  await work?.settled();
  work?.close();
}

/** Tab and its like: the next field to be looked at, over the edge of the sheet. */
function toOpen(way: 1 | -1): void {
  const work = stack.work;
  if (work === null) return;
  const key = work.openBeside(typing.key, way);
  if (key !== undefined) return workOn(key);
  if (way === 1) return void leave();
  const before = trail[trail.indexOf(work.id) - 1];
  if (before !== undefined) void work.settled().then(() => openSheet(before));
}

function toField(way: 1 | -1): void {
  const keys = stack.work?.sheet.fields.map((field) => field.key) ?? [];
  const next = keys[keys.indexOf(typing.key) + way];
  if (next !== undefined) workOn(next);
}

/** Enter: this is what the paper says. */
export function settleField(text?: string): void {
  const work = stack.work;
  const field = work?.field(typing.key);
  if (!work || !field) return;
  const wanted = text ?? (isBoxes(field.kind) ? typing.text : tidied(field.kind, field.key, typing.text));
  const open = work.openKeys.includes(field.key);
  if (!open && wanted === typing.base) {
    forgetDraft(work.id, field.key);
    return toField(1);
  }
  // Until the server has it, it is kept here, too.
  rememberDraft(work.id, field, wanted);
  void work.confirm(field.key, wanted);
  history.push({ sheet: work.id, key: field.key });
  const next = work.openBeside(field.key, 1) ?? work.openKeys[0];
  if (next !== undefined) workOn(next);
  else if (open) void leave();
  else workOn(field.key);
}

async function takeBack(): Promise<void> {
  const work = stack.work;
  if (work !== null && typing.touched) {
    forgetDraft(typing.sheet, typing.key);
    return workOn(typing.key);
  }
  const last = history.pop();
  if (last === undefined) return tell("没有可以撤回的核对", "warning");
  stack.phase = "opening";
  await work?.settled();
  if (last.sheet !== stack.work?.id) await openSheet(last.sheet, last.key);
  const target = stack.work;
  if (target === null || target.id !== last.sheet) return;
  try {
    await target.undo();
    tell("已撤回上一次核对");
  } catch (failure) {
    tell(messageOf(failure), "error");
  }
  stack.phase = "working";
  workOn(last.key);
  replay();
}

export function postponeSheet(): Promise<void> {
  return leave((work) => work.postpone());
}

/** What a key does in the sheet view. False: nothing, the browser may have it. */
export function press(key: KeyPress): boolean {
  if (stack.phase === "opening") return waitWith(key);
  const work = stack.work;
  if (work === null) return false;
  if (stack.panel === "help" && key.key === "Escape") return (stack.panel = ""), true;
  return command(work, key) || fieldKey(work, key);
}

function command(work: SheetWork, key: KeyPress): boolean {
  if (key.ctrl && key.key.toLowerCase() === "z") return void takeBack(), true;
  if (key.ctrl) return false;
  switch (key.key) {
    case "Enter": return settleField(), true;
    case "Tab": return toOpen(key.shift ? -1 : 1), true;
    case "Escape": return void postponeSheet(), true;
    case "PageDown": return toField(1), true;
    case "PageUp": return toField(-1), true;
    case "F1": return (stack.panel = stack.panel === "help" ? "" : "help"), true;
    case "F2": return (stack.wholeSheet = !stack.wholeSheet), true;
    case "F3": return nextAttachment(work), true;
    case "F4": return (stack.panel = "decide"), true;
    case "F9": return toUnsaved(), true;
    default: return false;
  }
}

function nextAttachment(work: SheetWork): void {
  const count = work.sheet.attachments.length;
  if (count === 0) return tell("这张表没有附件");
  stack.attachment = stack.attachment + 1 >= count ? -1 : stack.attachment + 1;
}

function fieldKey(work: SheetWork, key: KeyPress): boolean {
  const field = work.field(typing.key);
  if (field === undefined) return false;
  if (isBoxes(field.kind)) return boxKey(work, key);
  const digit = digitOf(key);
  const candidates = candidatesOf(field);
  const chosen = candidates.list[digit - 1];
  if (digit > 0 && !typing.touched && chosen !== undefined && key.alt === candidates.withAlt) return settleField(chosen), true;
  const word = key.alt ? completionsFor(work)[digit - 1] : undefined;
  if (word !== undefined) return settleField(word), true;
  if (key.alt) return digit > 0;
  if (overwriting.value && stepPlace(key.key)) return true;
  if (key.key === "ArrowDown") return toField(1), true;
  if (key.key === "ArrowUp") return toField(-1), true;
  if ((key.key === "ArrowRight" || key.key === "End") && lostTail.value !== "") return takeBackTail(), true;
  return false;
}

function boxKey(work: SheetWork, key: KeyPress): boolean {
  const options = optionsOf(work, typing.key);
  const move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key.key];
  if (move !== undefined) {
    typing.cursor = (typing.cursor + move + options.length) % Math.max(1, options.length);
    return true;
  }
  if (key.key === " ") return toggle(work, typing.cursor);
  if (!isTyping(key)) return false;
  return toggle(work, options.findIndex((_, index) => optionKey(index) === key.key.toLowerCase()));
}

/** While there is no field yet: what is typed waits for it. Confirming does not: nobody can confirm what was not to be seen. */
function waitWith(key: KeyPress): boolean {
  const decides = key.key === "Enter" || (key.alt && digitOf(key) > 0);
  if (decides) return tell("下一项还没有显示，刚才的确认没有使用：请看过再确认", "warning"), true;
  if (!["Tab", "ArrowRight", "ArrowLeft", "PageUp", "PageDown"].includes(key.key) && !isTyping(key)) return key.key === "Escape";
  buffered.push({ kind: "key", event: key });
  stack.waitingKeys = buffered.length;
  return true;
}

/** What an input method made while there was no field yet. */
export function waitWithText(text: string): void {
  buffered.push({ kind: "text", text });
  stack.waitingKeys = buffered.length;
}

/** Gives the keys that waited to the field that is there now. */
function replay(): void {
  while (stack.phase === "working" && buffered.length > 0) {
    const stroke = buffered.shift()!;
    stack.waitingKeys = buffered.length;
    if (stroke.kind === "text") typeText(stroke.text);
    else if (isTyping(stroke.event) && !isBoxes(typing.kind)) typeText(stroke.event.key);
    else press(stroke.event);
  }
}

/** Keys that were meant for a field that is not coming must not go into another one. */
function dropStrokes(why: string): void {
  if (buffered.length > 0) tell(`${why}，之后按的 ${buffered.length} 个键没有使用`, "warning");
  buffered.length = 0;
  stack.waitingKeys = 0;
}

export function isHere(): boolean {
  return here.view === "sheet";
}
