// Where one is: the part of the address after '#'. It holds names of views and registration numbers, never personal data.
import { reactive } from "vue";

export const here = reactive({ view: "queue", words: [] as string[], turn: 0 }); // turn: counts the places one went to
let last = "";

function read(): void {
  const words = location.hash.replace(/^#\/?/, "").split("/").filter((word) => word !== "").map(decodeURIComponent);
  here.view = words[0] ?? "queue";
  here.words = words.slice(1);
  if (location.hash !== last) here.turn++;
  last = location.hash;
}

export function follow(): void {
  addEventListener("hashchange", read);
  read();
}

export function addressOf(view: string, ...words: string[]): string {
  return "#/" + [view, ...words].map(encodeURIComponent).join("/");
}

export function goTo(view: string, ...words: string[]): void {
  location.hash = addressOf(view, ...words);
  read();
}

/** The same place under another name, without a step in the browser's history. */
export function renameHere(view: string, ...words: string[]): void {
  last = addressOf(view, ...words);
  history.replaceState(null, "", last);
  read();
}
