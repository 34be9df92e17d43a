/** Sentences: places, plurals, what is missing. */

import { createStrings } from "/static/js/core/strings.js";
import { equal, test } from "./check.js";

const catalogue = {
  plain: "Step {step} of {of}",
  ideas: { one: "{n} idea", few: "{n} pomysły", many: "{n} pomysłów", other: "{n} ideas" },
};

test("places are filled, a missing value leaves its place", () => {
  const t = createStrings(catalogue, "en");
  equal([t("plain", { step: 3, of: 8 }), t("plain", { step: 3 })], ["Step 3 of 8", "Step 3 of {of}"]);
});

test("braces in a value are no places", () => {
  equal(createStrings({ a: "{name} said {what}" }, "en")("a", { name: "{what}", what: "no" }), "{what} said no");
});

test("plural forms follow the language", () => {
  const [english, polish] = [createStrings(catalogue, "en"), createStrings(catalogue, "pl")];
  equal([0, 1, 2].map(n => english("ideas", { n })), ["0 ideas", "1 idea", "2 ideas"]);
  equal([1, 3, 5, 22].map(n => polish("ideas", { n })), ["1 idea", "3 pomysły", "5 pomysłów", "22 pomysły"]);
});

test("a language that the browser does not know falls back to English rules", () => {
  equal(createStrings(catalogue, "not a language")("ideas", { n: 1 }), "1 idea");
});

test("a key without a sentence is shown as it is", () => {
  const error = console.error;
  const told = [];
  console.error = line => told.push(line);
  equal(createStrings({}, "en")("no.such"), "no.such");
  console.error = error;
  equal(told.length, 1);
});

test("a key that may still come is silent meanwhile, and asked for", () => {
  let asked = 0;
  equal(createStrings({}, "en", () => { asked += 1; return true; })("seldom.said"), "");
  equal(asked, 1);
});
