// What a typed character does to a value. Places are counted in UTF-16 units, as an input element counts them, unless
// said otherwise.
import type { FieldKind } from "../api/contract";

export interface Typed {
  text: string;
  from: number; // what is selected after it
  to: number;
}

/** The place of a code point. */
export function placeOfCodePoint(text: string, index: number): number {
  return Array.from(text).slice(0, index).join("").length;
}

/** What is selected when a field comes up: from the first doubtful character on. */
export function doubtfulPart(text: string, doubtfulFrom: number): { from: number; to: number } {
  const from = placeOfCodePoint(text, doubtfulFrom);
  return from < text.length ? { from, to: text.length } : { from: 0, to: text.length };
}

/** The usual way: what is selected gives way to what is typed. */
export function replaced(text: string, from: number, to: number, typed: string): Typed {
  const place = from + typed.length;
  return { text: text.slice(0, from) + typed + text.slice(to), from: place, to: place };
}

/** Digit by digit: what is typed takes the place of as many characters, hyphens are stepped over, and the next character is
 *  selected. For values whose length is fixed, where one wrong digit says nothing of those after it. */
export function overwritten(text: string, from: number, typed: string): Typed {
  let place = from;
  let result = text;
  for (const character of typed) {
    while (result[place] === "-" && character !== "-") place++;
    result = result.slice(0, place) + character + result.slice(place + 1);
    place++;
  }
  while (result[place] === "-") place++;
  return { text: result, from: place, to: Math.min(place + 1, result.length) };
}

const overwrittenKeys = /(^|\.)(id_number|category_id_number|mobile)$|^card\.id_number$/;
const lengths = new Set([11, 15, 17, 18]);

/** Is the value written over digit by digit? Dates, and numbers that already have the length that they should have. */
export function isOverwritten(kind: FieldKind, key: string, text: string): boolean {
  if (kind === "date" || kind === "month") return /^\d{4}-\d{2}(-\d{2})?$/.test(text);
  return overwrittenKeys.test(key) && /^[\dXx]+$/.test(text) && lengths.has(text.length);
}

/** Where a plain digit could be meant to be typed, candidates are chosen with Alt. */
export function digitsAreTyped(kind: FieldKind, key: string, text: string, candidates: string[]): boolean {
  if (kind !== "text") return true;
  if (/number|mobile|landline|phone|email|\.detail$|contact|remarks|\.other$/.test(key)) return true;
  return [text, ...candidates].some((word) => /[0-9０-９]/.test(word));
}

/** Dates without their hyphens, full-width digits, blanks at the ends: what a person may type for what is meant. */
export function tidied(kind: FieldKind, key: string, text: string): string {
  let plain = text.trim();
  if (kind === "date" || kind === "month" || overwrittenKeys.test(key) || key === "landline")
    plain = plain.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[－—]/g, "-");
  if (overwrittenKeys.test(key)) return plain.replace(/\s/g, "").replace(/[xｘＸ]$/, "X");
  if (kind === "date" || kind === "month") {
    const parts = /^(\d{4})[-./年\s]?(\d{1,2})(?:[-./月\s]+(\d{1,2})[日\s]*|(\d{2}))?月?$/.exec(plain);
    if (parts) {
      const day = parts[3] ?? parts[4];
      return [parts[1], parts[2], day].filter((part) => part !== undefined).map((part) => part!.padStart(2, "0")).join("-");
    }
  }
  return plain;
}

/** The candidates that say something else than the value, at most nine. */
export function otherCandidates(text: string, candidates: string[]): string[] {
  return [...new Set(candidates)].filter((candidate) => candidate !== "" && candidate !== text).slice(0, 9);
}
