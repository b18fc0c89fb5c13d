// Lists without a pointer: the arrows go from one link of a table to the next, Home and End to the ends.

export function listKeys(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (target.closest("select, textarea") !== null || event.isComposing) return;
  const links = Array.from((event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("table.list a"));
  if (links.length === 0) return;
  const at = links.indexOf(target);
  const inList = at >= 0;
  let next: number;
  if (event.key === "ArrowDown") next = Math.min(links.length - 1, at + 1);
  else if (event.key === "ArrowUp" && inList) next = Math.max(0, at - 1);
  else if (event.key === "Home" && inList) next = 0;
  else if (event.key === "End" && inList) next = links.length - 1;
  else return;
  event.preventDefault();
  links[next]?.focus();
}
