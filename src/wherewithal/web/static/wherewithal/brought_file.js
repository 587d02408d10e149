// Shows how much of a file has gone up. Without scripts the browser sends the form itself.
"use strict";

const form = document.getElementById("bring");
const sending = document.getElementById("sending");

if (form && sending) {
  const bar = sending.querySelector("progress");
  const says = sending.querySelector("[data-says]");
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    const most = Number(form.elements.file.dataset.mostBytes);
    if (!file || (most && file.size > most)) return; // the server says what is wrong, and in its words
    event.preventDefault();
    const request = new XMLHttpRequest();

    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.max = total;
      bar.value = loaded;
      says.textContent = loaded < total ? `${megabytes(loaded)} of ${megabytes(total)} MB` : "It is here, and is put away.";
    });
    request.addEventListener("load", () => {
      if (request.responseURL !== location.href) location.assign(request.responseURL);
      else if (request.status >= 400) form.submit(); // as without scripts: the browser shows what is in the way
      else show(request.responseText);
    });
    for (const gone of ["error", "abort"]) {
      request.addEventListener(gone, () => {
        sending.hidden = true;
        form.hidden = false;
        if (gone === "error") form.submit();
      });
    }
    sending.querySelector(".js-stop").addEventListener("click", () => request.abort(), { once: true });
    form.hidden = true;
    sending.hidden = false;
    sending.focus();
    request.open("POST", location.href);
    request.send(new FormData(form));
  });
}

// The form again, with what is wrong with it.
function show(page) {
  const read = new DOMParser().parseFromString(page, "text/html");
  document.title = read.title;
  sending.hidden = true;
  form.hidden = false;
  form.querySelector("button").disabled = false;
  document.querySelector(".ww-column .govuk-error-summary")?.remove();
  for (const group of read.querySelectorAll("#bring .govuk-form-group")) {
    const field = group.querySelector("[name]");
    const here = field && form.querySelector(`[name="${field.name}"]`)?.closest(".govuk-form-group");
    if (here) here.replaceWith(group);
  }
  const summary = read.querySelector(".govuk-error-summary");
  if (summary) {
    document.querySelector(".ww-column").prepend(summary);
    summary.tabIndex = -1;
    summary.focus();
  }
}
