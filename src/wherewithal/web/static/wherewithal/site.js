// Small conveniences; every page does its work without them.
"use strict";

// "Print this page" is a link to nothing without scripts, so it appears only with them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What htmx brought is GOV.UK markup too: its components wake up like those of the page.
document.addEventListener("htmx:afterSettle", async (event) => {
  const script = document.querySelector("[data-govuk-frontend]");
  if (!script) return;
  const { initAll } = await import(script.dataset.govukFrontend);
  initAll({ scope: event.target });
});
