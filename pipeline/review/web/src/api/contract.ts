// What the server says and takes: the shapes of the JSON of /api.

export type Role = "clerk" | "checker" | "supervisor" | "administrator";

export interface User {
  name: string;
  display: string;
  role: Role;
}

export interface Session {
  user: User | null;
  token: string;
  needsFirstUser: boolean;
  idleSeconds: number;
  office?: string;
  settings?: { secondPassFields?: string[]; sampleShare?: number };
}

export type FieldKind = "text" | "date" | "month" | "number" | "choice" | "presence";

export interface Option {
  value: string;
  label: string;
}

export interface FormField {
  key: string;
  label: string;
  kind: FieldKind;
  content?: string; // what may stand there; names a list of Form.words, if there is one
  options?: Option[];
  multiple?: boolean;
  required?: boolean;
}

export interface Form {
  id: string;
  title: string;
  fields: FormField[];
  words?: Record<string, string[]>; // what fields may say, by content; the usual spellings first
}

export type QueueState = "review" | "ready" | "postponed" | "all";

export interface QueueItem {
  id: string;
  page: number;
  source: string;
  doubtful: number;
  state: string;
  stateLabel?: string;
  postponed: boolean;
  postponedWhy?: string;
  lockedBy: string | null;
  findings?: { reject: number; hold: number; warn: number } | null;
}

export interface Queue {
  total: number;
  doubtfulFields: number;
  items: QueueItem[];
  next: string | number | null;
}

export type FieldValue = string | string[] | boolean;

export interface SheetField {
  key: string;
  label: string;
  kind: FieldKind;
  value: FieldValue;
  text: string; // as a person types it; options are split by "、"
  raw: string;
  confidence: number | null; // none while somebody has to look
  review: boolean;
  reasons: string[];
  candidates: string[];
  doubtfulFrom: number; // code points; 0: unknown
  box: [number, number][] | null; // pixels of the upright page; none without a picture
  origin: "reading" | "clerk" | "person";
}

export interface Attachment {
  page: string | number;
  paper: string;
  label: string;
  image: string;
  fields?: { key: string; label: string; text: string }[];
  supports: string[];
}

export type Action = "reject" | "hold" | "warn" | "remind" | "info";

export interface Finding {
  rule: string;
  action: Action;
  clause: string;
  message: string;
  forApplicant: boolean; // the applicant can put it right
  fields: string[];
}

export interface Particular {
  key: string;
  label: string;
  kind: "text" | "yes_no" | "day" | "amount" | "word" | "list";
  required: boolean;
  words: Option[]; // the list that it is chosen from; none for free text
}

export interface Step {
  name: string;
  label: string;
  needsWay: boolean;
  needsPaper: boolean;
  particulars: Particular[];
}

export interface SheetEvent {
  id: number;
  at: string;
  by: string;
  label: string;
  details: string; // what was said of it, in words
  withdrawn: boolean;
}

export interface Sheet {
  id: string;
  form: string;
  revision: number;
  state: string;
  stateLabel: string;
  source: string;
  page: number;
  image: { width: number; height: number } | null;
  office?: string;
  fields: SheetField[];
  attachments: Attachment[];
  findings: Finding[];
  steps: Step[];
  events: SheetEvent[];
  person?: { others?: { id: string; state: string }[]; lookAlikes?: unknown[] };
  missingImage: string | null;
  certificate: string | null; // number of the one that was issued last
  second?: string[]; // fields that still have to be entered a second time
}

export interface Group {
  key: string;
  label: string;
  value: string;
  count: number;
  doubtful: number;
}

export interface GroupItem {
  id: string;
  key: string;
  text: string;
  review: boolean;
  crop: string | null;
  revision: number;
}

export interface SecondTask {
  task: string | number;
  key: string;
  label: string;
  kind: FieldKind;
  crop: string;
}

export interface ThirdTask extends SecondTask {
  first: string;
  second: string;
}

export interface DueItem {
  id: string;
  name: string;
  duty: string;
  day: string | null;
  overdue: boolean;
  clause: string;
  message: string;
}

export interface FoundItem {
  id: string;
  name: string;
  numberMasked: string;
  state: string;
  stateLabel?: string;
  office: string;
  receivedOn: string;
}

export interface QualityField {
  key: string;
  label: string;
  looked: number;
  wrong: number;
  rate: number;
  low: number;
  high: number;
}

export interface Account extends User {
  disabled?: boolean;
}

export interface AuditItem {
  at: string;
  by: string;
  action?: string;
  label?: string;
  subject?: string;
  details?: string | Record<string, unknown> | null;
}
