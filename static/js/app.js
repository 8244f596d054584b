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
// The menu and the switch of schools close on Escape, and the focus goes back to what opened them.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest("details:is(.menu, .places)[open]") ?? document.querySelector("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
// Tabs that do not fit lie in one row that is pushed sideways: the current one is brought into sight, and no more than it.
all(".tabs ul").forEach((row) => {
  const current = row.querySelector("[aria-current]");
  if (current) row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
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
// A list to act on: says how many are ticked. A cause's box stands for all its items, also those on further pages, and
// ticks the ones that are here; one of them unticked, and it stands for no more than what is ticked.
const ticked = document.querySelector("[data-count]");
if (ticked) {
  const form = ticked.closest("form");
  const itemsOf = (box) => [...box.closest("tbody").querySelectorAll("[name=item]")];
  const say = () => {
    const causes = [...form.querySelectorAll("[data-all]")];
    const outside = causes.length ? [] : [...form.querySelectorAll("[name=item]:checked")];
    const count = causes.reduce((sum, box) => {
      const on = itemsOf(box).filter((item) => item.checked).length;
      box.checked &&= on === itemsOf(box).length;
      box.indeterminate = !box.checked && on > 0;
      return sum + (box.checked ? Number(box.dataset.all) : on);
    }, outside.length);
    ticked.textContent = `${count} item${count === 1 ? "" : "s"} selected:`;
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) itemsOf(event.target).forEach((item) => (item.checked = event.target.checked));
    if (event.target.matches("[type=checkbox]")) say();
  });
  window.addEventListener("pageshow", say);
}
