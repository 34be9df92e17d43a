/** Line icons, the logo's mark and the glyphs of the themes, drawn as SVG from one table of paths. */
import { html } from "../vendor/ui.js";

const CIRCLE = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const BOX = (x, y, w, h, r) => `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

/** name -> path on a 24 × 24 grid. */
const PATHS = {
  add: "M12 5v14M5 12h14",
  arrow: "M5 12h14M13 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  blank: `${BOX(3, 4, 18, 12, 2)}M8 20h8M8 7.500l8 5.500`,
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: `${CIRCLE(12, 12, 9)}M12 7v5l3 2`,
  close: "M6 6l12 12M18 6L6 18",
  copy: `${BOX(9, 9, 11, 11, 2)}M5 15H4.500A1.500 1.500 0 0 1 3 13.500v-9A1.500 1.500 0 0 1 4.500 3h9A1.500 1.500 0 0 1 15 4.500V5`,
  down: "M6 9l6 6 6-6",
  edit: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  eye: `M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z${CIRCLE(12, 12, 3)}`,
  hidden: "M4 4l16 16M9.500 5.800A9 9 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a17 17 0 0 1-3 3.700M6 7.500A17 17 0 0 0 2.500 12S6 18.500 12 18.500a9 9 0 0 0 4-1",
  left: "M15 6l-6 6 6 6",
  light: `${CIRCLE(12, 12, 4)}M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400`,
  link: "M10 14a4 4 0 0 0 5.700 0l3.600-3.600a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.600 3.600a4 4 0 0 0 5.700 5.700L12 17.700",
  lock: `${BOX(5, 11, 14, 9, 2)}M8 11V8a4 4 0 0 1 8 0v3`,
  menu: "M4 7h16M4 12h16M4 17h16",
  merge: "M6 4v4a6 6 0 0 0 6 6 6 6 0 0 0 6-6V4M12 14v6M9 17l3 3 3-3",
  minus: "M5 12h14",
  more: `${CIRCLE(5, 12, 1)}${CIRCLE(12, 12, 1)}${CIRCLE(19, 12, 1)}`,
  next: "M6 5l9 7-9 7zM18 5v14",
  offline: "M3 9a14 14 0 0 1 18 0M6.500 12.500a9 9 0 0 1 11 0M10 16a3.500 3.500 0 0 1 4 0M4 20L20 4",
  open: "M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4",
  pause: "M9 5v14M15 5v14",
  people: `${CIRCLE(9, 8, 3.5)}M2.500 20a6.500 6.500 0 0 1 13 0M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14.200a6.500 6.500 0 0 1 3.500 5.800`,
  person: `${CIRCLE(12, 8, 4)}M4.500 20.500a7.500 7.500 0 0 1 15 0`,
  play: "M7 5l12 7-12 7z",
  projector: `${BOX(3, 4, 18, 12, 2)}M8 20h8`,
  qr: `${BOX(4, 4, 6, 6, 1)}${BOX(14, 4, 6, 6, 1)}${BOX(4, 14, 6, 6, 1)}M14 14h2v2M20 14v2M14 20h2M19 19v1h1`,
  right: "M9 6l6 6-6 6",
  search: `${CIRCLE(11, 11, 6.5)}M20 20l-4.300-4.300`,
  send: "M12 19V5m-6 6 6-6 6 6",
  spotlight: `${CIRCLE(12, 12, 3)}M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4`,
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  up: "M6 15l6-6 6 6",
  warn: "M12 4 2.500 20h19zM12 10v4M12 17h.01",
  incl: `${CIRCLE(12, 12, 8.5)}${CIRCLE(12, 12, 2.5)}`,
  inter: `${BOX(3, 3, 11, 11, 2)}${BOX(10, 10, 11, 11, 2)}`,
  nas: "M12 3v18M3 12h18M6 6l12 12M18 6 6 18",
  qual: "M12 3 21 12 12 21 3 12zM8.500 12l2.500 2.500 4.500-4.500",
  sust: "M5 19C4 9 11 4 20 4c0 9-5 16-15 15ZM5 19l8-8",
  common: `${BOX(4, 4, 16, 16, 2)}M4 10h16M10 10v10`,
  credential: `${CIRCLE(12, 9, 5.5)}M8.500 13.500L7 21l5-2.500L17 21l-1.500-7.500`,
  ai: "M12 4v4M12 16v4M4 12h4M16 12h4M12 8l4 4-4 4-4-4z",
  skills: "M4 18V9M10 18V5M16 18v-6M21 18H3",
  pedagogy: "M3 8l9-4 9 4-9 4zM7 10.500V16c3 2.500 7 2.500 10 0v-5.500M21 8v6",
  exchange: "M4 9h14M14 5l4 4-4 4M20 16H6M10 12l-4 4 4 4",
  stem: "M9 4h6M10 4v6L4.500 19a1 1 0 0 0 1 1.500h13a1 1 0 0 0 1-1.500L14 10V4M7.500 15h9",
};

/** Theme code -> [family of colour tokens, glyph]: four themes have a colour of their own, the rest share one and differ by glyph. */
const THEMES = {
  "accessibility-inclusion": ["incl", "incl"],
  "interoperability": ["inter", "inter"],
  "environmental-sustainability": ["sust", "sust"],
  "quality-assurance": ["qual", "qual"],
  "common-standards": ["nas", "common"],
  "micro-credentials": ["nas", "credential"],
  "ai-in-education": ["nas", "ai"],
  "digital-skills": ["nas", "skills"],
  "digital-pedagogy": ["nas", "pedagogy"],
  "virtual-exchange": ["nas", "exchange"],
  "programming-stem": ["nas", "stem"],
};

/** The codes that a challenge can carry, in the order in which they are offered. */
export const themeCodes = Object.keys(THEMES);

/** The class that sets a theme's colours (`t-incl` …), or "" without a theme. */
export const themeClass = (code) => (code ? `t-${(THEMES[code] || ["nas"])[0]}` : "");

/** An icon by name; decorative, so the words beside it must say the same. `size` in px, `weight` of the stroke on 24. */
export function Icon({ name, size = 20, weight = 2 }) {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width=${weight}
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d=${PATHS[name] || PATHS.more} /></svg>`;
}

/** A theme's glyph alone, in its colour; give the name beside it. */
export function ThemeGlyph({ code, size = 16 }) {
  return html`<${Icon} name=${(THEMES[code] || ["nas", "nas"])[1]} size=${size} weight=${2.2} />`;
}

/** Glyph, name and colour of a theme; nothing without a code. `t` translates `mark.<code>`. */
export function ThemeMark({ code, t, size = 16 }) {
  if (!code) return null;
  return html`<span class=${`theme ${themeClass(code)}`}><${ThemeGlyph} code=${code} size=${size} />${t(`mark.${code}`)}</span>`;
}

/** The mark of facilitate: nine people in a circle, one has the floor. */
export function Mark({ size = 26 }) {
  const step = (2 * Math.PI * 10) / 9;
  return html`<svg width=${size} height=${size} viewBox="0 0 26 26" aria-hidden="true" focusable="false">
    <circle cx="13" cy="13" r="10" fill="none" stroke="currentColor" stroke-width="4.4" stroke-linecap="round" stroke-dasharray=${`0 ${step}`} transform="rotate(-90 13 13)" />
    <circle class="mark-floor" cx="13" cy="3" r="3" fill="var(--spot)" /></svg>`;
}
