import { keptLanguage } from "./kept-language.ts";

/** What stands in the tab after somebody left in a hurry. */
export const neutralTitle = (): string => ({ en: "Clock", es: "Reloj" })[keptLanguage()];
