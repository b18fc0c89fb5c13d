// Every word with the server goes through here: the token, the kinds of failure, and whether the server is there at all.
import { reactive } from "vue";
import type { Session } from "./contract";

/** The server answered, and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** There was no answer: the server is gone, or the way to it. */
export class LostServer extends Error {
  constructor() {
    super("与服务器失去联系");
  }
}

/** What the page shows of the connection. */
export const connection = reactive({
  lost: false,
  waiting: 0, // requests without an answer
  slow: false, // one of them for longer than a second
  signedOut: false, // the session ended while somebody was at work
});

const answerWithin = 60_000;
const slowAfter = 1_000;
let token = "";

export function useToken(value: string): void {
  token = value;
}

async function answer(method: string, path: string, body: unknown): Promise<Response> {
  connection.waiting++;
  const slow = setTimeout(() => (connection.slow = true), slowAfter);
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), answerWithin);
  try {
    const request: RequestInit = { method, credentials: "same-origin", cache: "no-store", signal: giveUp.signal };
    if (method === "POST") {
      request.headers = { "Content-Type": "application/json", "X-Dengji-Token": token };
      request.body = JSON.stringify(body ?? {});
    }
    const response = await fetch(path, request);
    connection.lost = false;
    return response;
  } catch {
    connection.lost = true;
    throw new LostServer();
  } finally {
    clearTimeout(slow);
    clearTimeout(timer);
    if (--connection.waiting === 0) connection.slow = false;
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // An answer without JSON is told by its number alone.
  }
  const error = (body["error"] ?? {}) as { code?: string; message?: string };
  const message = error.message ?? `服务器没有办成（${response.status}），请稍后再试；仍不行时请告诉管理员。`;
  return new Refusal(response.status, error.code ?? "internal", message, body);
}

let onSession: (session: Session) => void = () => undefined;

/** Who wants to know when the session turns out to be another one than thought. */
export function tellOfSession(teller: (session: Session) => void): void {
  onSession = teller;
}

/** A change was turned away: is it because the session ended, or because another tab of this browser began a new one? */
async function sessionIsNew(): Promise<boolean> {
  const response = await answer("GET", "/api/session", null);
  if (!response.ok) return false;
  const session = (await response.json()) as Session;
  if (session.token === token) return false;
  token = session.token;
  onSession(session);
  return true;
}

async function checked(method: string, path: string, body: unknown): Promise<Response> {
  let response = await answer(method, path, body);
  if (response.status === 403 && method === "POST" && (await sessionIsNew())) response = await answer(method, path, body);
  if (response.ok) return response;
  const refusal = await refusalOf(response);
  // A wrong password is answered with 401, too, but is no end of a session.
  if (refusal.status === 401 && path !== "/api/session") connection.signedOut = true;
  throw refusal;
}

export async function get<T>(path: string): Promise<T> {
  return (await (await checked("GET", path, null)).json()) as T;
}

export async function post<T>(path: string, body?: unknown): Promise<T> {
  const text = await (await checked("POST", path, body)).text();
  return (text === "" ? {} : JSON.parse(text)) as T;
}

export async function file(method: "GET" | "POST", path: string, body?: unknown): Promise<Blob> {
  return (await checked(method, path, body)).blob();
}

/** A path with its query; what is empty is left out. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

export function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** Looks for the server until it is there again. */
export async function untilFound(): Promise<void> {
  for (let wait = 500; ; wait = Math.min(wait * 1.6, 5_000)) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      await answer("GET", "/api/session", null);
      return;
    } catch {
      // Still away.
    }
  }
}
