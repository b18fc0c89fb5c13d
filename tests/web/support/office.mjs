// An office for one test: a register with sheets in it, people, a running `dengji review`. Everything lies in a folder of its
// own, on loopback, and ends with the test.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const root = process.env.DENGJI_ROOT ?? path.resolve(path.dirname(new URL(import.meta.url).pathname), "../../..");
export const program = process.env.DENGJI_PROGRAM ?? path.join(root, "build/release/dengji");
export const password = "correct horse 7";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "dengji-web-"));
process.on("exit", () => fs.rmSync(scratch, { recursive: true, force: true }));

export function dengji(words, input = "") {
  const run = spawnSync(program, words, { input, encoding: "utf8", cwd: scratch, maxBuffer: 1 << 28 });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const stacks = new Map();

/** Readings that are known, instead of what the program makes of the samples today. */
function plantReadings(data) {
  const words = ["plant_readings.py", "doubtful.json"].map((name) => path.join(path.dirname(new URL(import.meta.url).pathname), name));
  const run = spawnSync("python3", [words[0], path.join(data, "register.sqlite"), path.join(root, "samples/truth"), words[1]], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`the readings were not planted: ${run.stderr}`);
}

/** The register that running a stack gives; read once, copied for each office. `asRead`: with what was really read. */
function registerOf(stack, asRead) {
  const name = `${stack} ${asRead}`;
  if (!stacks.has(name)) {
    const data = path.join(scratch, `stack-${stacks.size}`);
    const run = dengji(["run", stack, "--data", data, "--no-progress"]);
    if (run.code !== 0 && run.code !== 3) throw new Error(`dengji run ended with ${run.code}: ${run.err}`);
    if (!asRead) plantReadings(data);
    addPeople(data);
    stacks.set(name, data);
  }
  return stacks.get(name);
}

export const sampleStack = path.join(root, "samples/stack");
let offices = 0;

/** A running `dengji review` over a data folder. */
function served(data, settings, port) {
  const settingsFile = path.join(scratch, `settings-${++offices}.yaml`);
  fs.writeFileSync(settingsFile, settings);
  const office = { data, address: "", process: null };
  office.start = async (wanted = port) => {
    const child = spawn(program, ["review", "--data", data, "--port", String(wanted), "--settings", settingsFile], { stdio: ["ignore", "pipe", "pipe"] });
    office.process = child;
    let said = "";
    child.stderr.on("data", (text) => (said += text));
    office.address = await new Promise((found, failed) => {
      let line = "";
      child.stdout.on("data", (text) => {
        line += text;
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
        if (address) found(address[0]);
      });
      child.on("exit", (code) => failed(new Error(`dengji review ended with ${code}: ${said}`)));
    });
    office.port = Number(new URL(office.address).port);
  };
  office.stop = () =>
    new Promise((done) => {
      const child = office.process;
      if (child === null || child.exitCode !== null) return done();
      child.removeAllListeners("exit");
      child.on("exit", done);
      child.kill("SIGTERM");
    });
  office.rows = () =>
    dengji(["rows", "--data", data, "--format", "jsonl"]).out.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  return office;
}

/** The people of every office: name, as displayed, role. All have the same password. */
export const people = [["jia", "经办甲", "clerk"], ["yi", "经办乙", "clerk"], ["bing", "复核丙", "checker"], ["ding", "主管丁", "supervisor"], ["wu", "管理戊", "administrator"]];

export function addPeople(data) {
  for (const [name, display, role] of people) {
    const added = dengji(["review", "--data", data, "--add-user", name, "--display", display, "--role", role], password + "\n");
    if (added.code !== 0) throw new Error(`the user was not added: ${added.err}`);
  }
}

/** An office over a register that is there. */
export async function serve(data, settings = "review: {sample_share: 0}\n") {
  const office = served(data, settings, 0);
  await office.start();
  return office;
}

/** `settings`: text of a settings file. `stack: null`: a register without users and sheets. `asRead`: readings as they come, else the known ones of doubtful.json. */
export async function openOffice({ stack = sampleStack, asRead = stack !== sampleStack, settings = "review: {sample_share: 0}\n", port = 0 } = {}) {
  const data = path.join(scratch, `office-${++offices}`);
  if (stack === null) {
    const empty = path.join(scratch, `empty-${offices}`);
    fs.mkdirSync(empty);
    dengji(["run", empty, "--data", data, "--no-progress"]);
  } else {
    fs.cpSync(registerOf(stack, asRead), data, { recursive: true });
  }
  const office = served(data, settings, port);
  await office.start();
  return office;
}
