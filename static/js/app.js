// Progressive enhancement only: every page works with this file missing.
"use strict";

document.documentElement.classList.add("js");

const all = (query) => [...document.querySelectorAll(query)];

// Print buttons, and the error summary that takes focus after a form that needs putting right.
all("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
document.querySelector(".error-summary")?.focus();

// One click is one act. The button says what it is doing instead of just going dead; the server keeps the promise anyway.
const busy = new Map();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (busy.has(event.target)) {
    event.preventDefault();
    return;
  }
  // A page that answered a form cannot be shown again on the way back: the browser would ask to send it once more.
  if (event.target.dataset.back) history.replaceState(null, "", event.target.dataset.back);
  const button = event.submitter?.matches(".btn") ? event.submitter : null;
  busy.set(event.target, { button, words: button?.innerHTML });
  // Only after the form's data are gathered: a disabled button would not send its own value.
  setTimeout(() => {
    if (!button) return;
    button.disabled = true;
    button.textContent = "Sending, one moment";
  });
});
// A list that answered a form: whoever follows one of its links and comes back finds the form again, not the question
// whether to send it once more.
document.addEventListener("click", (event) => {
  const list = event.target.closest("a[href]")?.closest("[data-back]:not(form)");
  if (list && !event.ctrlKey && !event.metaKey && !event.shiftKey) history.replaceState(null, "", list.dataset.back);
});
// Back, or a page kept by the browser: the buttons are theirs again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  busy.forEach(({ button, words }) => {
    if (!button) return;
    button.disabled = false;
    button.innerHTML = words;
  });
  busy.clear();
});
