/** Figures of a result as numbers and as people read them: whole numbers, or exact fractions as "7/3". */

/** A figure as a number; none is nought. */
export function num(figure) {
  if (typeof figure === "number") return figure;
  if (!figure) return 0;
  const [top, bottom = "1"] = String(figure).split("/");
  return Number(top) / Number(bottom) || 0;
}

const formats = new Map();

function format(language, options) {
  const key = `${language} ${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    try {
      formats.set(key, new Intl.NumberFormat(language, options));
    } catch {
      formats.set(key, new Intl.NumberFormat("en", options));
    }
  }
  return formats.get(key);
}

/** A figure as people read it, with at most two places after the point; a dash where there is none. */
export function written({ language }, figure) {
  return figure === null || figure === undefined ? "–" : format(language, { maximumFractionDigits: 2 }).format(num(figure));
}

/** A part of a whole as a percentage without places; a dash of nothing. */
export function percent({ language }, part, whole) {
  return whole ? format(language, { style: "percent", maximumFractionDigits: 0 }).format(num(part) / num(whole)) : "–";
}
