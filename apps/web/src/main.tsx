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
  void startLanguage().then(async () => {
    if (import.meta.env.DEV && location.pathname === "/ui") {
      // The page of all parts is for those who build; it is not in what is built.
      const { PartsPage } = await import("./app/parts-page.tsx");
      root.render(<PartsPage />);
    } else root.render(<App />);
  });
}
// Nothing waits for it.
void import("./platform/register-guard.ts").then(({ registerGuard }) => registerGuard()).catch(() => null);
