import "./platform/take-fragment.ts";
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./ui/ui.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { registerShell } from "./platform/register-shell.ts";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App />);
registerShell();
