// Short messages at the edge of the page; also read out by screen readers.
import { reactive } from "vue";

export interface Notice {
  id: number;
  text: string;
  kind: "done" | "warning" | "error";
}

export const notices = reactive<Notice[]>([]);
let last = 0;

export function tell(text: string, kind: Notice["kind"] = "done"): void {
  const id = ++last;
  // The same words again replace themselves.
  const same = notices.findIndex((notice) => notice.text === text);
  if (same >= 0) notices.splice(same, 1);
  notices.push({ id, text, kind });
  if (notices.length > 3) notices.shift();
  setTimeout(() => forget(id), kind === "done" ? 4_000 : 12_000);
}

export function forget(id: number): void {
  const at = notices.findIndex((notice) => notice.id === id);
  if (at >= 0) notices.splice(at, 1);
}
