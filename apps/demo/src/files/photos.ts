import { box, makePhoto, oval, type Shape } from "./photo.ts";
import type { StoryFile } from "./story-file.ts";

/** A cake on a plate, which leans. */
export const cake: StoryFile = {
  name: "cake.jpg",
  make: () =>
    makePhoto(
      [233, 219, 196],
      [
        box([176, 141, 104], [0, 2.2, 4, 0.8]),
        oval([250, 248, 242], [2, 2.3, 1.35, 0.22]),
        oval([222, 217, 206], [2, 2.27, 1.1, 0.13]),
        {
          colour: [139, 90, 51],
          covers: (x, y) => y > 1.45 + 0.14 * (x - 2) && y < 2.28 && Math.abs(x - 2) < 0.9,
        },
        {
          colour: [247, 232, 214],
          covers: (x, y) =>
            Math.abs(x - 2) < 0.95 &&
            y > 1.3 + 0.14 * (x - 2) &&
            y < 1.52 + 0.14 * (x - 2) + 0.08 * Math.sin(x * 9),
        },
        ...[1.35, 1.75, 2.2, 2.6].map((x) => oval([176, 42, 48], [x, 1.27 + 0.14 * (x - 2), 0.08, 0.08])),
      ],
    ),
};

/** A hall with a picture on the wall, where no sun comes. */
export const hall: StoryFile = {
  name: "hall.jpg",
  make: () =>
    makePhoto(
      [214, 209, 196],
      [
        box([150, 118, 86], [0, 2.45, 4, 0.55]),
        box([238, 234, 224], [0, 2.33, 4, 0.12]),
        box([120, 88, 60], [0.25, 0.55, 0.85, 1.8]),
        oval([214, 178, 92], [0.98, 1.5, 0.05, 0.05]),
        box([86, 62, 44], [1.75, 0.6, 1.5, 1.15]),
        box([236, 231, 219], [1.83, 0.68, 1.34, 0.99]),
        box([168, 198, 216], [1.95, 0.8, 1.1, 0.75]),
        {
          colour: [104, 138, 98],
          covers: (x, y) => x > 1.95 && x < 3.05 && y < 1.55 && y > 1.3 + 0.12 * Math.sin(x * 4),
        },
        oval([244, 214, 122], [2.75, 0.98, 0.11, 0.11]),
      ],
    ),
};

const COLOURS = [
  [94, 142, 134],
  [214, 158, 84],
] as const;

/** A week on paper, coloured in by hand: two colours for two houses. */
export const week: StoryFile = {
  name: "my week.jpg",
  make: () =>
    makePhoto(
      [186, 152, 118],
      [
        box([252, 250, 244], [0.35, 0.3, 3.3, 2.4]),
        ...Array.from({ length: 7 }, (_, day): Shape => {
          const left = 0.5 + day * 0.43;
          const colour = day < 3 ? COLOURS[0] : COLOURS[1];
          // A pen does not stay within the lines.
          return {
            colour,
            covers: (x, y) =>
              x > left + 0.02 * Math.sin(y * 23 + day) &&
              x < left + 0.37 + 0.02 * Math.sin(y * 31 + day) &&
              y > 0.75 + 0.03 * Math.sin(x * 17) &&
              y < 2.5 &&
              Math.sin((x + y) * 34) > -0.85,
          };
        }),
        ...Array.from({ length: 7 }, (_, day) => oval([70, 66, 62], [0.69 + day * 0.43, 0.57, 0.09, 0.04])),
      ],
    ),
};
