// Shares a page by the device's own menu; where there is none, copies its address.

/** Share the page that a button stands on, and say what was done. */
export async function share(button) {
  const status = button.parentElement.querySelector("[role=status]");
  const url = document.querySelector("link[rel=canonical]").href;
  try {
    if (navigator.share) await navigator.share({ title: document.querySelector("h1").textContent, url });
    else {
      await navigator.clipboard.writeText(url);
      status.textContent = "Address copied.";
    }
  } catch (problem) {
    // Closing the menu is no problem; anything else leaves the address to be copied by hand.
    if (problem.name !== "AbortError") status.textContent = `The address is ${url}`;
  }
}
