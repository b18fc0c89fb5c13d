// Words that several views share.
import type { Action } from "../api/contract";

export const actionNames: Record<Action, string> = { reject: "不符", hold: "需确认", warn: "留意", remind: "提醒", info: "说明" };

export const stateNames: Record<string, string> = {
  received: "已收件",
  checked: "已审核",
  "in-survey": "调查中",
  registered: "已登记",
  refused: "不予登记",
  returned: "退回补正",
  "followed-up": "跟踪服务中",
  cancelled: "已注销",
};

export function stateName(state: string, label?: string): string {
  return label ?? stateNames[state] ?? state;
}

/** The name of a delivered file without its folder. */
export function fileName(source: string): string {
  return source.split(/[\\/]/).pop() ?? source;
}

export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

/** "2024-04-15T09:30:00Z" as it is said here. */
export function momentOf(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : time.toLocaleString("zh-CN", { hour12: false });
}
