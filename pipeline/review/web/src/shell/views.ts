// The views of the workbench: name in the address, words in the bar, and who may see it.
import type { Component } from "vue";
import type { Role } from "../api/contract";
import { mayAct } from "../session/session";
import AuditView from "../office/AuditView.vue";
import DueView from "../office/DueView.vue";
import FindView from "../office/FindView.vue";
import PasswordView from "../office/PasswordView.vue";
import QualityView from "../office/QualityView.vue";
import QueueView from "../office/QueueView.vue";
import ReportView from "../office/ReportView.vue";
import UsersView from "../office/UsersView.vue";
import GroupView from "../group/GroupView.vue";
import SecondView from "../second/SecondView.vue";
import ThirdView from "../second/ThirdView.vue";
import SheetView from "../sheet/SheetView.vue";

export interface View {
  name: string;
  label: string;
  component: Component;
  role: Role;
  inBar: boolean;
}

const all: View[] = [
  { name: "queue", label: "队列", component: QueueView, role: "clerk", inBar: true },
  { name: "sheet", label: "逐张核对", component: SheetView, role: "clerk", inBar: true },
  { name: "group", label: "成组核对", component: GroupView, role: "clerk", inBar: true },
  { name: "second", label: "二次录入", component: SecondView, role: "clerk", inBar: true },
  { name: "third", label: "第三次核对", component: ThirdView, role: "checker", inBar: true },
  { name: "due", label: "今日待办", component: DueView, role: "clerk", inBar: true },
  { name: "find", label: "查找", component: FindView, role: "clerk", inBar: true },
  { name: "report", label: "月报", component: ReportView, role: "clerk", inBar: true },
  { name: "quality", label: "质量", component: QualityView, role: "supervisor", inBar: true },
  { name: "audit", label: "操作日志", component: AuditView, role: "supervisor", inBar: true },
  { name: "users", label: "用户", component: UsersView, role: "administrator", inBar: true },
  { name: "password", label: "修改密码", component: PasswordView, role: "clerk", inBar: false },
];

export function viewsInBar(): View[] {
  return all.filter((view) => view.inBar && mayAct(view.role));
}

/** The view of that name, when this person may see it. */
export function viewNamed(name: string): View | undefined {
  return all.find((view) => view.name === name && mayAct(view.role));
}
