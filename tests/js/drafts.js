/** Drafts: each tab has its own, and what a closed tab began goes on in the next one. */

import { createDrafts } from "/static/js/core/drafts.js";
import { equal, test } from "./check.js";

/** A second page of the same origin, with the drafts of a tab in it: only another page hears what is stored. */
async function elsewhere(name) {
  const frame = document.createElement("iframe");
  frame.src = "/";
  const there = new Promise(resolve => { frame.onload = resolve; });
  document.body.append(frame);
  await there;
  const script = frame.contentDocument.createElement("script");
  script.type = "module";
  script.textContent = `import { createDrafts } from "/static/js/core/drafts.js"; window.drafts = createDrafts("test.", "${name}"); window.drafts.ready.then(() => window.told());`;
  const told = new Promise(resolve => { frame.contentWindow.told = resolve; });
  frame.contentDocument.head.append(script);
  await told;
  return { drafts: frame.contentWindow.drafts, close: () => frame.remove() };
}

test("a draft survives a reload of its tab", async () => {
  const before = createDrafts("test.", "one");
  before.draft("a").set("begun");
  before.stop();
  const tab = createDrafts("test.", "one");
  equal(tab.draft("a").get(), "begun");
  await tab.ready;
  equal([tab.draft("a").get(), tab.all()], ["begun", ["begun"]]);
  tab.draft("a").set("");
  equal(tab.all(), []);
  tab.stop();
});

test("two tabs do not overwrite each other's draft", async () => {
  const other = await elsewhere("one");
  other.drafts.draft("a").set("in the first");
  const tab = createDrafts("test.", "two");
  await tab.ready;
  equal(tab.draft("a").get(), "");
  tab.draft("a").set("in the second");
  equal([other.drafts.draft("a").get(), tab.draft("a").get()], ["in the first", "in the second"]);
  tab.draft("a").set("");
  equal(other.drafts.draft("a").get(), "in the first");
  tab.stop();
  other.close();
});

test("a tab that was duplicated gets a name of its own", async () => {
  const other = await elsewhere("one");
  other.drafts.draft("a").set("in the first");
  const tab = createDrafts("test.", "one");
  await tab.ready;
  tab.draft("a").set("in the copy");
  equal(other.drafts.draft("a").get(), "in the first");
  tab.stop();
  other.close();
});

test("a closed tab's draft goes on in the next one, the newest first, and nothing is lost", async () => {
  localStorage.setItem("test.writing.old.a", JSON.stringify({ text: "older", at: 1 }));
  localStorage.setItem("test.writing.new.a", JSON.stringify({ text: "newer", at: 2 }));
  localStorage.setItem("test.writing.old.b", JSON.stringify({ text: "elsewhere", at: 1 }));
  const tab = createDrafts("test.", "two");
  await tab.ready;
  equal([tab.draft("a").get(), tab.draft("b").get(), tab.all().sort()], ["newer", "elsewhere", ["elsewhere", "newer", "older"]]);
  tab.stop();
});
