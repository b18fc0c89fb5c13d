// One opened sheet: what the server said of it, and the changes that are on their way. Changes go out one after the other,
// each on the revision of the answer before it; the person does not wait for them.
import { reactive, watch } from "vue";
import { connection, LostServer, messageOf, post, Refusal, untilFound } from "../api/client";
import type { FieldValue, Form, FormField, Sheet, SheetField } from "../api/contract";
import { dropDraft } from "../entry/drafts";
import { formNamed, session } from "../session/session";

export type FieldState = "refused" | "doubtful" | "saving" | "settled" | "sure";

export function pathOf(id: string, ...rest: string[]): string {
  return ["/api/sheets", id, ...rest].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join("/");
}

export function cropOf(id: string, key: string, revision: number): string {
  return `${pathOf(id, "crop", key)}?margin=12&rev=${revision}`;
}

export function textOf(value: FieldValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "是" : "否";
  return value.join("、");
}

/** Resolves when the person has signed in again. */
function signedIn(): Promise<void> {
  return new Promise((done) => {
    if (!connection.signedOut) return done();
    const stop = watch(
      () => connection.signedOut,
      (out) => {
        if (out) return;
        stop();
        done();
      },
    );
  });
}

export class SheetWork {
  saving: Record<string, string> = {};
  refused: Record<string, string> = {};
  /** Keys that this person settled since the sheet was opened. */
  settledHere: Record<string, true> = {};
  changedMeanwhile = "";
  private onTheirWay: Promise<void> = Promise.resolve();

  constructor(
    public sheet: Sheet,
    readonly form: Form,
  ) {}

  static async open(id: string): Promise<SheetWork> {
    const sheet = await post<Sheet>(pathOf(id, "open"), {});
    return reactive(new SheetWork(sheet, await formNamed(sheet.form))) as SheetWork;
  }

  get id(): string {
    return this.sheet.id;
  }

  field(key: string): SheetField | undefined {
    return this.sheet.fields.find((field) => field.key === key);
  }

  formField(key: string): FormField | undefined {
    return this.form.fields.find((field) => field.key === key);
  }

  stateOf(key: string): FieldState {
    if (key in this.refused) return "refused";
    if (key in this.saving) return "saving";
    const field = this.field(key);
    if (field?.review === true) return "doubtful";
    return key in this.settledHere || (field !== undefined && field.origin !== "reading") ? "settled" : "sure";
  }

  /** Fields that a person has to look at, in the order of the form. */
  get openKeys(): string[] {
    return this.sheet.fields.map((field) => field.key).filter((key) => ["refused", "doubtful"].includes(this.stateOf(key)));
  }

  /** The next such field below (or above) a key; nothing when there is none. */
  openBeside(key: string, way: 1 | -1): string | undefined {
    const keys = this.sheet.fields.map((field) => field.key);
    const at = keys.indexOf(key);
    const open = this.openKeys;
    return way === 1 ? open.find((other) => keys.indexOf(other) > at) : open.filter((other) => keys.indexOf(other) < at).pop();
  }

  /** Puts a change behind those that are on their way. The promise is kept in every case. */
  private queue(act: () => Promise<void>): Promise<void> {
    this.onTheirWay = this.onTheirWay.then(act);
    return this.onTheirWay;
  }

  settled(): Promise<void> {
    return this.onTheirWay;
  }

  confirm(key: string, text: string): Promise<void> {
    const before = this.field(key);
    const shown = before === undefined ? "" : before.text;
    this.saving[key] = text;
    delete this.refused[key];
    return this.queue(async () => {
      try {
        await this.change("confirm", { fields: [{ key, text }] }, () => {
          const now = this.field(key);
          return now !== undefined && (now.text === shown && now.review === before?.review ? "again" : now.text === text && !now.review ? "done" : "no");
        });
        this.settledHere[key] = true;
        dropDraft(session.user?.name ?? "", this.id, key);
      } catch (failure) {
        this.refused[key] = this.reasonFor(key, failure);
      } finally {
        delete this.saving[key];
      }
    });
  }

  private reasonFor(key: string, failure: unknown): string {
    if (failure instanceof Refusal) {
      const fields = failure.body["fields"] as { key: string; message: string }[] | undefined;
      const own = fields?.find((field) => field.key === key)?.message;
      if (own !== undefined) return own;
      if (failure.status === 409) return "这一项刚被别人改动，请看过新的内容再确认";
    }
    return messageOf(failure);
  }

  /** Takes back this person's last confirmation. */
  undo(): Promise<void> {
    return this.step(async () => {
      this.settledHere = {};
      await this.change("undo", {}, () => "no");
    });
  }

  postpone(): Promise<void> {
    return this.step(() => this.change("postpone", {}, () => "no"));
  }

  take(step: string, words: Record<string, unknown>): Promise<void> {
    return this.step(() => this.change("step", { step, ...words }, () => "no"));
  }

  /** Like queue(), but a failure is the caller's. */
  private step(act: () => Promise<void>): Promise<void> {
    return new Promise((done, failed) => {
      void this.queue(() => act().then(done, failed));
    });
  }

  async reload(): Promise<void> {
    this.sheet = await post<Sheet>(pathOf(this.id, "open"), {});
  }

  close(): void {
    void this.queue(async () => {
      try {
        await post(pathOf(this.id, "close"), {});
      } catch {
        // The lock ends by itself.
      }
    });
  }

  /** One change, on the newest revision. A lost server is waited for, as is a new sign-in. When somebody else changed the sheet
   *  in between, `after` looks at the new state: send it again, it is done already, or it cannot go on. */
  private async change(what: string, body: object, after: () => "again" | "done" | "no" | false): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await post<Sheet | { sheet: Sheet }>(pathOf(this.id, what), { revision: this.sheet.revision, ...body });
        if ("sheet" in answer) this.sheet = answer.sheet;
        else if ("fields" in answer) this.sheet = answer;
        return;
      } catch (failure) {
        if (failure instanceof LostServer) {
          await untilFound();
          await this.reload();
          if (after() === "done") return;
        } else if (failure instanceof Refusal && failure.status === 401) {
          await signedIn();
        } else if (failure instanceof Refusal && failure.code === "busy" && tries < 20) {
          await new Promise((done) => setTimeout(done, 300));
        } else if (failure instanceof Refusal && failure.status === 409 && tries < 3) {
          await this.reload();
          this.changedMeanwhile = failure.message;
          const next = after();
          if (next === "done") return;
          if (next !== "again") throw failure;
        } else {
          throw failure;
        }
      }
    }
  }
}
