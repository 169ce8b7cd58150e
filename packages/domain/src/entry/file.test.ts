import { expect, test } from "vitest";
import { fileName, hiddenIn, viewerOf } from "./file.ts";

test("pictures, sound and PDFs have a viewer; what may hold programs or markup has none", () => {
  expect(viewerOf("image/jpeg")).toBe("image");
  expect(viewerOf("Audio/WebM;codecs=opus")).toBe("audio");
  expect(viewerOf("application/pdf")).toBe("pdf");
  for (const type of ["image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "", "video/mp4"]) {
    expect(viewerOf(type)).toBe("none");
  }
});

test("what may be inside unseen is told by kind", () => {
  expect(hiddenIn("application/pdf")).toBe("document");
  expect(hiddenIn("application/vnd.openxmlformats-officedocument.wordprocessingml.document")).toBe(
    "document",
  );
  expect(hiddenIn("video/mp4")).toBe("recording");
  expect(hiddenIn("image/heic")).toBe("picture");
  expect(hiddenIn("application/zip")).toBe("unknown");
});

test("a name shows one line, no folder and nothing that turns the text around", () => {
  expect(fileName("..\\..\\secret/plan.pdf")).toBe("_.._secret_plan.pdf");
  expect(fileName("photo\u202Egpj.exe")).toBe("photogpj.exe");
  expect(fileName(" .hidden\n")).toBe("hidden");
  expect(fileName("...")).toBe("");
  expect(fileName(`${"a".repeat(300)}.jpeg`)).toHaveLength(120);
  expect(fileName(`${"a".repeat(300)}.jpeg`).endsWith("a.jpeg")).toBe(true);
  expect(fileName("Bücher 本.txt")).toBe("Bücher 本.txt");
});
