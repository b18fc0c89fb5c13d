// The field in work, as it is being typed or ticked.
import { computed, reactive } from "vue";
import type { SheetField } from "../api/contract";
import { completionsOf } from "../entry/completion";
import { draftOf, dropDraft, keepDraft } from "../entry/drafts";
import { digitsAreTyped, doubtfulPart, isOverwritten, otherCandidates, overwritten, replaced } from "../entry/typing";
import { session } from "../session/session";
import { textOf, type SheetWork } from "./work";

export const typing = reactive({
  sheet: "",
  key: "",
  kind: "text" as SheetField["kind"],
  text: "", // of a choice: its options, split by "、"
  from: 0, // what is selected
  to: 0,
  touched: false,
  base: "", // the text before it was touched
  chosen: [] as string[], // of a choice
  cursor: 0, // the option that space ticks
  turn: 0, // counts what was not typed by the input element itself: then the element has to follow
});

/** Typed over digit by digit? */
export const overwriting = computed(() => isOverwritten(typing.kind, typing.key, typing.base) && typing.text.length === typing.base.length);

/** What stood behind, when the text was typed up to some place: one key takes it back. */
export const lostTail = computed(() => {
  if (!typing.touched || overwriting.value || isBoxes(typing.kind)) return "";
  const atEnd = typing.from === typing.text.length && typing.to === typing.from;
  return atEnd && typing.text.length < typing.base.length ? typing.base.slice(typing.text.length) : "";
});

export function isBoxes(kind: SheetField["kind"]): boolean {
  return kind === "choice" || kind === "presence";
}

export function optionsOf(work: SheetWork, key: string): { value: string; label: string }[] {
  if (work.field(key)?.kind === "presence") return [{ value: "是", label: "有" }];
  return work.formField(key)?.options ?? [];
}

/** The key that ticks an option: 1 to 9, 0, then letters. */
export function optionKey(index: number): string {
  return "1234567890abcdefghijkl"[index] ?? "";
}

function chosenIn(field: SheetField): string[] {
  if (Array.isArray(field.value)) return [...field.value];
  if (typeof field.value === "boolean") return field.value ? ["是"] : [];
  return field.value === "" ? [] : [field.value];
}

export function beginTyping(work: SheetWork, field: SheetField): void {
  typing.sheet = work.id;
  typing.key = field.key;
  typing.kind = field.kind;
  typing.base = isBoxes(field.kind) ? textOf(field.value) : field.text;
  const draft = draftOf(session.user?.name ?? "", work.id, field.key);
  typing.touched = draft !== null && draft !== typing.base;
  typing.text = draft ?? typing.base;
  if (isBoxes(field.kind)) {
    const options = optionsOf(work, field.key);
    typing.chosen = draft !== null ? optionsIn(draft, options.map((option) => option.value)) : chosenIn(field);
    typing.cursor = Math.max(0, options.findIndex((option) => typing.chosen.includes(option.value)));
  } else {
    const part = typing.touched ? { from: typing.text.length, to: typing.text.length } : doubtfulPart(typing.text, field.doubtfulFrom);
    typing.from = part.from;
    typing.to = part.to;
    if (overwriting.value) selectPlace(typing.touched ? 0 : part.from);
  }
  typing.turn++;
}

function optionsIn(draft: string, options: string[]): string[] {
  try {
    const list: unknown = JSON.parse(draft);
    return Array.isArray(list) ? options.filter((option) => list.includes(option)) : [];
  } catch {
    return [];
  }
}

function keep(): void {
  typing.touched = true;
  const draft = isBoxes(typing.kind) ? JSON.stringify(typing.chosen) : typing.text;
  keepDraft(session.user?.name ?? "", typing.sheet, typing.key, draft);
}

export function rememberDraft(sheet: string, field: SheetField, text: string): void {
  const draft = isBoxes(field.kind) ? JSON.stringify(typing.chosen) : text;
  keepDraft(session.user?.name ?? "", sheet, field.key, draft);
}

export function forgetDraft(sheet: string, key: string): void {
  dropDraft(session.user?.name ?? "", sheet, key);
}

/** Characters that came from the keyboard. */
export function typeText(characters: string): void {
  if (isBoxes(typing.kind)) return;
  const next = overwriting.value
    ? overwritten(typing.text, typing.from, characters)
    : replaced(typing.text, typing.from, typing.to, characters);
  Object.assign(typing, next);
  typing.turn++;
  keep();
}

/** What the input element did by itself: an input method, deleting, pasting. */
export function takeFromElement(text: string, from: number, to: number): void {
  const changed = text !== typing.text;
  Object.assign(typing, { text, from, to });
  if (changed) keep();
}

/** Where values are written over, always one character is selected. */
function selectPlace(place: number): void {
  typing.from = Math.max(0, Math.min(place, typing.text.length - 1));
  typing.to = typing.from + 1;
}

/** The arrows go from one character to the next there, over hyphens. False: the key is none of these. */
export function stepPlace(key: string): boolean {
  const last = typing.text.length - 1;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step === undefined && key !== "Home" && key !== "End") return false;
  let place = key === "Home" ? 0 : key === "End" ? last : typing.from + step!;
  if (typing.text[place] === "-") place += step ?? 0;
  selectPlace(place);
  typing.turn++;
  return true;
}

export function takeBackTail(): void {
  typing.text = typing.text + lostTail.value;
  typing.from = typing.to = typing.text.length;
  typing.turn++;
  keep();
}

/** One option on or off; of a single choice, the others off. */
export function toggle(work: SheetWork, index: number): boolean {
  const options = optionsOf(work, typing.key);
  const option = options[index];
  if (option === undefined) return false;
  typing.cursor = index;
  const single = typing.kind === "choice" && work.formField(typing.key)?.multiple !== true;
  // Where one alone may be ticked and several are, choosing one of them leaves it alone.
  const on = !typing.chosen.includes(option.value) || (single && typing.chosen.length > 1);
  const wanted = single ? (on ? [option.value] : []) : on ? [...typing.chosen, option.value] : typing.chosen.filter((value) => value !== option.value);
  // In printed order, as they are stored.
  typing.chosen = options.map((other) => other.value).filter((value) => wanted.includes(value));
  typing.text = typing.kind === "presence" ? (typing.chosen.length > 0 ? "是" : "否") : typing.chosen.join("、");
  keep();
  return true;
}

/** Candidates of the field in work, and whether Alt belongs to their digits. */
export function candidatesOf(field: SheetField): { list: string[]; withAlt: boolean } {
  const list = isBoxes(field.kind) ? [] : otherCandidates(field.text, field.candidates);
  return { list, withAlt: digitsAreTyped(field.kind, field.key, field.text, field.candidates) };
}

/** What the field may say, by the list of its kind; none for free text. */
export function wordsOf(work: SheetWork, key: string): string[] {
  return work.form.words?.[work.formField(key)?.content ?? ""] ?? [];
}

/** Words that what was typed up to the cursor may become. Only once something was typed: until then the candidates stand there. */
export function completionsFor(work: SheetWork): string[] {
  if (!typing.touched || isBoxes(typing.kind) || typing.from !== typing.to) return [];
  return completionsOf(wordsOf(work, typing.key), typing.text.slice(0, typing.from));
}
