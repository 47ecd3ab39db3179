// The one script that every page loads: it brings the others when a reader first uses what they are for.
// Everything they add to works without them, or is not shown.

const { suggest, share, saved } = document.getElementById("scripts").dataset;

// What a screen reader says of the search box must be true before a reader comes to it.
const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false" };
for (const box of document.querySelectorAll("input[type=search]")) {
  for (const [name, value] of Object.entries(combobox)) box.setAttribute(name, value);
  const start = () => import(suggest).then((module) => module.start(box));
  if (box === document.activeElement) start();
  else box.addEventListener("focus", start, { once: true });
}

const shareButton = document.querySelector("button.share");
shareButton?.addEventListener("click", () => import(share).then((module) => module.share(shareButton)));

const saveButton = document.querySelector("button.save");
const savedList = document.querySelector(".saved-list");
if (saveButton && keepsSomething()) import(saved).then((module) => module.showState(saveButton));
saveButton?.addEventListener("click", () => import(saved).then((module) => module.toggle(saveButton)));
if (savedList) import(saved).then((module) => module.showList(savedList));

// A result leads to the very passage, in browsers that can find it; in others the mark would lose the section too.
if (document.fragmentDirective) {
  for (const link of document.querySelectorAll("a[data-fragment]")) link.href += `:~:text=${link.dataset.fragment}`;
}

function keepsSomething() {
  try {
    return localStorage.length > 0;
  } catch {
    return false; // a browser may forbid sites to keep anything
  }
}
