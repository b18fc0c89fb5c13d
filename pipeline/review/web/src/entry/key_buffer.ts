// Keys that come while there is nothing yet that could take them (the next sheet is on its way) wait here in their order.

export type Stroke = { kind: "key"; event: KeyPress } | { kind: "text"; text: string };

/** The parts of a keyboard event that decide what it does. */
export interface KeyPress {
  key: string;
  code: string;
  alt: boolean;
  ctrl: boolean;
  shift: boolean;
}

export function pressOf(event: KeyboardEvent): KeyPress {
  return { key: event.key, code: event.code, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey };
}

/** 1 to 9 of the upper row or the number pad, with or without Alt; 0 when it is none. */
export function digitOf(press: KeyPress): number {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1] ?? (/^[1-9]$/.test(press.key) ? press.key : undefined);
  return digit === undefined ? 0 : Number(digit);
}

export function isTyping(press: KeyPress): boolean {
  return Array.from(press.key).length === 1 && !press.alt && !press.ctrl;
}
