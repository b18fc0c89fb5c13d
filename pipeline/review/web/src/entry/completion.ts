// Words of a field's own list that what was typed may become.

const most = 9; // as many as there are digits to choose with

/** Words that begin so, then words that hold it; each group in the order of the list. Nothing for what is a whole word already
 *  and begins no other. */
export function completionsOf(words: readonly string[], typed: string): string[] {
  const start = typed.trim();
  if (start === "") return [];
  const others = words.filter((word) => word !== start);
  const begins = others.filter((word) => word.startsWith(start));
  const holds = words.includes(start) ? [] : others.filter((word) => !word.startsWith(start) && word.includes(start));
  return [...begins, ...holds].slice(0, most);
}
