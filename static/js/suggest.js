// Suggestions under a search box: the ARIA practices' editable combobox. Nothing is chosen for the reader.

import Combobox from "../vendor/combobox-nav-3.0.2.js";

const PAUSE = 150; // ms after the last letter
const FEWEST = 2; // letters; the server suggests nothing for fewer
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const COUNTS = ["No suggestions.", "1 suggestion. The down arrow moves to it."];

/** Makes a search box suggest names from now on. */
export function start(box) {
  const form = box.form;
  const list = element("div", { id: `${box.id}-list`, class: "suggestions", role: "listbox", "aria-label": "Suggestions", tabindex: -1, hidden: "" });
  const status = element("p", { class: "unseen", role: "status" });
  form.append(list, status);
  const combobox = new Combobox(box, list, { tabInsertsSuggestions: false });
  let request = new AbortController();
  let timer;

  const close = () => {
    clearTimeout(timer);
    request.abort();
    if (!list.hidden) combobox.stop();
    list.hidden = true;
    status.textContent = "";
  };

  const show = (groups, step) => {
    close();
    const total = groups.flatMap((group) => group.names).length;
    status.textContent = COUNTS[total] ?? `${total} suggestions. Up and down arrows move.`;
    if (!total) return;
    list.replaceChildren(...groups.map((group, place) => groupOf(group, `${list.id}-${place}`)));
    list.hidden = false;
    combobox.start();
    if (step) combobox.navigate(step);
  };

  // `step`: 1 goes to the first option when the list comes, -1 to the last.
  const ask = async (step = 0) => {
    clearTimeout(timer);
    request.abort();
    const { signal } = (request = new AbortController());
    const typed = box.value.trim();
    if (typed.length < FEWEST) return close();
    try {
      const answer = await fetch(`/search/suggest?${new URLSearchParams({ q: typed })}`, { signal });
      const groups = answer.ok ? await answer.json() : [];
      if (!signal.aborted) show(groups, step);
    } catch {
      // Typed on, or no network: the box is still a search box.
      if (!signal.aborted) close();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      // The first Escape closes the list, a second one empties the box.
      event.preventDefault();
      close();
    } else if (event.key in STEPS && list.hidden) {
      event.preventDefault();
      ask(event.altKey ? 0 : STEPS[event.key]);
    }
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // A press on the list must not take the focus, or the list would close before the choice.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("combobox-commit", (event) => {
    box.value = event.target.dataset.name;
    close();
  });
  // What was typed while this file was on its way.
  if (box.value !== box.defaultValue) ask();
}

function groupOf({ label, names }, id) {
  const heading = element("p", { id, role: "presentation" }, label);
  const options = names.map((name, place) => optionOf(name, `${id}-${place}`));
  return element("div", { role: "group", "aria-labelledby": id }, heading, ...options);
}

// A link, so that a choice can be opened in another tab too.
function optionOf({ name, see, url }, id) {
  const other = see ? [" ", element("span", {}, see)] : [];
  const attributes = { id, role: "option", href: url, tabindex: -1, "data-name": name };
  return element("a", attributes, element("b", {}, name), ...other);
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
