import { expect, test } from "vitest";
import { parseAway } from "./parse-away.ts";

const OURS = "https://rooms.example.org";

test("a page of the web is taken with or without its beginning", () => {
  expect(parseAway("www.example.com", OURS)).toBe("https://www.example.com/");
  expect(parseAway(" https://example.com/news?a=1 ", OURS)).toBe("https://example.com/news?a=1");
});

test("what runs here, what is ours, what is not safe and what is no page is refused", () => {
  const wrong = [
    "",
    "  ",
    "javascript:alert(1)",
    "JavaScript:alert(1)//.",
    "data:text/html,x.y",
    "blob:https://example.com/1",
    "http://example.com",
    "localhost",
    "news",
    "https://user:secret@example.com",
    OURS,
    `${OURS}/r/1`,
    "two words.com",
  ];
  for (const text of wrong) expect(parseAway(text, OURS)).toBeNull();
});
