/** The join form: as soon as the sixth digit is in, the card says which room it is; a list of seats opens its own page. */

const field = document.querySelector("[data-code]");
const place = document.getElementById("found");
const card = document.getElementById("found-card");
let asked = "";

const digits = () => field.value.replace(/\D/g, "").slice(0, 6);

function show(found) {
  const part = document.importNode(card.content, true);
  part.querySelector("[data-title]").textContent = found.title;
  part.querySelector("[data-here]").textContent = found.said;
  place.replaceChildren(part);
}

function say(sentence) {
  const line = document.createElement("p");
  line.className = "field";
  const words = document.createElement("span");
  words.className = "error";
  words.textContent = sentence;
  line.append(words);
  place.replaceChildren(line);
}

/** Asks the server which room a code opens. */
async function look() {
  const code = digits();
  if (code.length < 6) {
    asked = "";
    return place.replaceChildren();
  }
  if (code === asked) return undefined;
  asked = code;
  let answer;
  try {
    answer = await fetch(`/j/${code}`, { headers: { Accept: "application/json" } }).then(response => response.json());
  } catch {
    return undefined; // the form itself will say what is wrong
  }
  if (code !== digits()) return undefined;
  if (answer.sentence) return say(answer.sentence);
  if (answer.seating === "list") return location.assign(`/j/${code}`);
  show(answer);
  const line = document.querySelector("[data-licence-line]");
  if (line && line.hidden) {
    const link = line.querySelector("[data-licence]");
    const known = JSON.parse(document.getElementById("licences").textContent)[answer.licence];
    if (known) [link.textContent, link.href] = known;
    line.hidden = false;
  }
  return undefined;
}

if (field && !field.readOnly) {
  field.addEventListener("input", look);
  look();
}
