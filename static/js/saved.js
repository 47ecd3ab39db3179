// Pages that a reader saved: in this browser's storage and nowhere else, and only once the button is pressed.

const KEY = "saved-pages";

/** Show on a page's button whether the page is saved. */
export function showState(button) {
  const saved = read().some((page) => page.url === location.pathname);
  button.querySelector("span").textContent = saved ? "Saved: remove" : "Save on this device";
  return saved;
}

/** Save the page that a button stands on, or remove it, and say what was done. */
export function toggle(button) {
  const others = read().filter((page) => page.url !== location.pathname);
  const saved = showState(button);
  const own = { url: location.pathname, title: document.querySelector("h1").textContent };
  const status = button.parentElement.querySelector("[role=status]");
  if (!write(saved ? others : [...others, own])) status.textContent = "This browser does not let sites save anything.";
  else status.textContent = saved ? "Removed from this browser." : "Saved. Anyone who uses this browser can see it.";
  showState(button);
}

/** List the saved pages, each with a button that removes it, and keep the list true while it is open. */
export function showList(place) {
  const [status, list, clear] = ["[role=status]", "ul", "button"].map((name) => place.querySelector(name));
  const show = (pages = read()) => {
    status.textContent = pages.length ? `${pages.length} ${pages.length === 1 ? "page" : "pages"} saved.` : "No page is saved.";
    list.replaceChildren(...pages.map(itemOf));
    clear.hidden = pages.length < 2;
  };
  const keep = (pages) => {
    write(pages);
    show();
    // The button that was pressed is gone: go on from the next, or from the heading.
    (list.querySelector("button") ?? document.querySelector("h1")).focus();
  };
  list.addEventListener("click", (event) => {
    const { url } = event.target.closest("button")?.dataset ?? {};
    if (url) keep(read().filter((page) => page.url !== url));
  });
  clear.addEventListener("click", () => keep([]));
  addEventListener("storage", () => show());
  show();
}

function itemOf({ url, title }) {
  const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
  const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "Remove" });
  remove.dataset.url = url;
  remove.setAttribute("aria-label", `Remove ${title}`);
  const item = document.createElement("li");
  item.append(link, remove);
  return item;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]").filter(isPage);
  } catch {
    return []; // nothing may be kept here, or it is not ours
  }
}

function isPage(entry) {
  return /^\/[^/]/.test(entry?.url) && typeof entry.title === "string";
}

function write(pages) {
  try {
    if (pages.length) localStorage.setItem(KEY, JSON.stringify(pages));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
