import "./platform/take-fragment.ts";
import { isAway } from "./platform/leave-page.ts";
import { startLanguage } from "./platform/app-language.ts";
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./ui/ui.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";

const element = document.getElementById("root");
if (element !== null && !isAway) {
  const root = createRoot(element);
  if (import.meta.env.DEV && location.pathname === "/ui") {
    // The page of all parts is for those who build; it is not in what is built.
    void import("./app/parts-page.tsx").then(({ PartsPage }) => root.render(<PartsPage />));
  } else void startLanguage().then(() => root.render(<App />));
}
// Nothing waits for it.
void import("./platform/register-guard.ts").then(({ registerGuard }) => registerGuard()).catch(() => null);
