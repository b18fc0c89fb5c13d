// Where the keyboard begins in a view. Most of what it begins at comes a moment later, from the server: whoever has gone to the
// menu meanwhile stays there.
import { watch } from "vue";
import { here } from "./places";

let inMenu = false; // went there since this view came

watch(
  () => here.turn,
  () => (inMenu = false),
  { flush: "sync" },
);

export function enterMenu(): void {
  inMenu = true;
}

/** Not while somebody is in the menu, or signs in again. */
export function mayBegin(): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return true;
  return active.closest(".veil") === null && !(inMenu && active.closest(".bar") !== null);
}

export function beginAt(element: HTMLElement | null | undefined): void {
  if (mayBegin()) element?.focus();
}
