// Runs every test of the page, one after the other; words name the files to run alone. See run.
import { after } from "node:test";
import { closeBrowser } from "./support/browser.mjs";

after(closeBrowser);
const wanted = process.argv.slice(2);
for (const name of ["sheet", "states", "office", "clerk"]) if (wanted.length === 0 || wanted.includes(name)) await import(`./${name}_test.mjs`);
