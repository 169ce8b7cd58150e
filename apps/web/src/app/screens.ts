import { lazy, type ComponentType } from "react";
import { loadOpenMenu } from "../ui/menu.tsx";

type Load = () => Promise<unknown>;

const loads: Load[] = [];

/** A screen behind sign-in. Each is a part of the program of its own, so that a cheap phone reads the one that is wanted first. */
function screen<Props>(load: () => Promise<ComponentType<Props>>) {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

export const RoomScreen = screen(async () => (await import("./room-screen.tsx")).RoomScreen);
loads.push(loadOpenMenu);
export const FamilyScreen = screen(async () => (await import("./family-screen.tsx")).FamilyScreen);
export const AgreementScreen = screen(async () => (await import("./agreement-screen.tsx")).AgreementScreen);
export const FamilyList = screen(async () => (await import("../features/family/family-list.tsx")).FamilyList);
export const PracticeScreen = screen(async () => (await import("./practice-screen.tsx")).PracticeScreen);
export const SearchScreen = screen(async () => (await import("../features/search/search.tsx")).SearchScreen);
export const AccountScreen = screen(async () => (await import("./account-screen.tsx")).AccountScreen);
export const DevicesScreen = screen(async () => (await import("./devices-screen.tsx")).DevicesScreen);
export const LeaveScreen = screen(async () => (await import("./leave-screen.tsx")).LeaveScreen);
export const RecoverySheet = screen(
  async () => (await import("../features/account/recovery-sheet.tsx")).RecoverySheet,
);
export const RehearseSheet = screen(
  async () => (await import("../features/account/rehearse-sheet.tsx")).RehearseSheet,
);
export const Securing = screen(async () => (await import("../features/account/securing.tsx")).Securing);

const QUIET_MS = 3_000;
const APART_MS = 200;

/** Brings the other screens in, one after the other, once the first has long been there: what is gone to next is there at once. */
export function loadScreensLater(): () => void {
  let timer = setTimeout(next, QUIET_MS, 0);
  function next(index: number): void {
    const load = loads[index];
    // What does not come now comes, or says so, when it is wanted.
    void load?.().catch(() => null);
    if (load !== undefined) timer = setTimeout(next, APART_MS, index + 1);
  }
  return () => clearTimeout(timer);
}
