// What was typed and not settled yet. It stays in this tab alone (sessionStorage), survives a reload, and is gone when the
// field is settled or the person signs out.

const prefix = "dengji.draft.";

function nameOf(owner: string, place: string, key: string): string {
  return `${prefix}${owner}|${place}|${key}`;
}

/** `place`: a sheet, or a task of second entry. */
export function draftOf(owner: string, place: string, key: string): string | null {
  return sessionStorage.getItem(nameOf(owner, place, key));
}

export function keepDraft(owner: string, place: string, key: string, text: string): void {
  try {
    sessionStorage.setItem(nameOf(owner, place, key), text);
  } catch {
    // The browser keeps nothing (full, or switched off): typing goes on without it.
  }
}

export function dropDraft(owner: string, place: string, key: string): void {
  sessionStorage.removeItem(nameOf(owner, place, key));
}

export function dropAllDrafts(): void {
  const names = Array.from({ length: sessionStorage.length }, (_, i) => sessionStorage.key(i) ?? "");
  for (const name of names) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}
