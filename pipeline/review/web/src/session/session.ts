// Who is at work, and what the office has set.
import { reactive } from "vue";
import { connection, get, post, tellOfSession, useToken } from "../api/client";
import type { Form, Role, Session } from "../api/contract";
import { dropAllDrafts } from "../entry/drafts";

export const session = reactive({
  known: false, // asked the server already
  user: null as Session["user"],
  needsFirstUser: false,
  idleSeconds: 0,
  secondPassFields: [] as string[],
});

function take(answer: Session): void {
  useToken(answer.token);
  session.user = answer.user;
  session.needsFirstUser = answer.needsFirstUser;
  session.idleSeconds = answer.idleSeconds;
  session.secondPassFields = answer.settings?.secondPassFields ?? [];
  session.known = true;
  if (answer.user !== null) connection.signedOut = false;
}

// Another person signed in, in another tab: nothing of the one before may be seen or go on under the new name.
tellOfSession((now) => {
  if (now.user === null || session.user === null || now.user.name === session.user.name) return;
  dropAllDrafts();
  location.reload();
});

export async function askSession(): Promise<void> {
  take(await get<Session>("/api/session"));
}

/** `name` is the same as before when somebody signs in again after an idle hour: then what was typed goes on. */
export async function signIn(name: string, password: string): Promise<void> {
  const before = session.user?.name;
  take(await post<Session>("/api/session", { name, password }));
  if (before !== undefined && before !== session.user?.name) dropAllDrafts();
}

export async function makeFirstUser(display: string, name: string, password: string): Promise<void> {
  await post("/api/first-user", { display, name, password });
  await askSession();
  if (session.user === null) await signIn(name, password);
}

export async function signOut(): Promise<void> {
  dropAllDrafts();
  await post("/api/session/end", {});
  connection.signedOut = false;
  await askSession();
}

const ranks: Role[] = ["clerk", "checker", "supervisor", "administrator"];
export const roleNames: Record<Role, string> = {
  clerk: "经办",
  checker: "复核",
  supervisor: "主管",
  administrator: "系统管理",
};

export function mayAct(as: Role): boolean {
  return session.user !== null && ranks.indexOf(session.user.role) >= ranks.indexOf(as);
}

const forms = new Map<string, Promise<Form>>();

export function formNamed(id: string): Promise<Form> {
  let form = forms.get(id);
  if (form === undefined) {
    form = get<Form>(`/api/form/${encodeURIComponent(id)}`);
    form.catch(() => forms.delete(id));
    forms.set(id, form);
  }
  return form;
}
