/** The part of ServiceWorkerGlobalScope that is used; the DOM types describe a page. */
export interface GuardEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface AskEvent extends GuardEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

export interface SaidEvent extends GuardEvent {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

export interface TapEvent extends GuardEvent {
  readonly notification: { close(): void };
}

/** An open page of ours. */
export interface OpenPage {
  readonly url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
  postMessage(message: unknown, ports: readonly MessagePort[]): void;
}

interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(wish: { readonly type: "window" }): Promise<readonly OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate" | "push", listener: (event: GuardEvent) => void): void;
  addEventListener(name: "fetch", listener: (event: AskEvent) => void): void;
  addEventListener(name: "message", listener: (event: SaidEvent) => void): void;
  addEventListener(name: "notificationclick", listener: (event: TapEvent) => void): void;
}

export const scope = globalThis as unknown as Scope;
