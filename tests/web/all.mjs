// Runs every test of the page, one after the other. See run.
import { after } from "node:test";
import { closeBrowser } from "./support/browser.mjs";

after(closeBrowser);
await import("./clerk_test.mjs");
