// Pictures that will be needed soon: the crops of a sheet's doubtful fields and its scan, fetched before somebody looks at them.
import { cropOf, pathOf, type SheetWork } from "./work";

const kept = new Map<string, Map<string, HTMLImageElement>>();

function fetchOne(sheet: string, address: string): void {
  let images = kept.get(sheet);
  if (images === undefined) kept.set(sheet, (images = new Map()));
  if (images.has(address)) return;
  const image = new Image();
  image.decoding = "async";
  image.src = address;
  images.set(address, image);
}

export function scanOf(id: string): string {
  return `${pathOf(id, "image")}?scale=2`;
}

/** A crop does not change with the revision of its sheet: the same address serves as long as the sheet is open. */
const openedAt = new Map<string, number>();

export function cropAddress(work: SheetWork, key: string): string {
  let revision = openedAt.get(work.id);
  if (revision === undefined) openedAt.set(work.id, (revision = work.sheet.revision));
  return cropOf(work.id, key, revision);
}

export function fetchImages(work: SheetWork, keys: string[]): void {
  if (work.sheet.missingImage !== null) return;
  for (const key of keys.slice(0, 6)) fetchOne(work.id, cropAddress(work, key));
  fetchOne(work.id, scanOf(work.id));
  for (const key of keys.slice(6, 40)) fetchOne(work.id, cropAddress(work, key));
}

export function forgetImages(id: string): void {
  kept.delete(id);
  openedAt.delete(id);
}
