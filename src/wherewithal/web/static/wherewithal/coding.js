// Marking words in an answer, with the mouse or from the keyboard. Without scripts they are copied into the form.
"use strict";

const answer = document.querySelector("[data-answer]");
const form = document.getElementById("code");

if (answer && form) {
  const text = answer.textContent;
  const [passage, start, end] = ["passage", "start", "end"].map((name) => form.elements[name]);
  // Words as [from, to), in UTF-16 units, as a browser counts; the server counts code points.
  const words = [...text.matchAll(/\S+/gu)].map((found) => [found.index, found.index + found[0].length]);
  const points = (units) => Array.from(text.slice(0, units)).length;
  let first = -1;
  let last = -1;

  answer.tabIndex = 0;
  const list = document.querySelector(".ww-answers");
  const here = list && list.querySelector("[aria-current]");
  if (here) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;
  document.querySelector("[data-help]").hidden = false;
  if (location.hash === "#answer") answer.focus();

  function fill(from, to) {
    passage.value = text.slice(from, to).trim();
    start.value = points(from);
    end.value = points(to);
  }

  function place(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(answer);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  // The node and offset of a place in the text, for the browser's own selection.
  function at(units) {
    let left = units;
    const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && left > node.length) {
      left -= node.length;
      node = walker.nextNode();
    }
    return [node, left];
  }

  function mark(from, to) {
    [first, last] = [from, to];
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const selection = document.getSelection();
    selection.setBaseAndExtent(...at(words[low][0]), ...at(words[high][1]));
    fill(words[low][0], words[high][1]);
  }

  const within = (index) => Math.max(0, Math.min(words.length - 1, index));

  answer.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const to = last < 0 ? (step > 0 ? 0 : words.length - 1) : within(last + step);
      mark(event.shiftKey && first >= 0 ? first : to, to);
    } else if (event.key === "Home") {
      mark(0, words.length - 1);
    } else if (event.key === "Enter") {
      document.getElementById("read").requestSubmit();
    } else {
      const button = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!button || event.shiftKey) return;
      form.requestSubmit(button);
    }
    event.preventDefault();
  });

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !answer.contains(selection.anchorNode) || !answer.contains(selection.focusNode)) return;
    const ends = [place(selection.anchorNode, selection.anchorOffset), place(selection.focusNode, selection.focusOffset)];
    fill(Math.min(...ends), Math.max(...ends));
  });

  // Words that were typed or copied are looked for by the server: what was marked counts no more.
  passage.addEventListener("input", () => { start.value = end.value = ""; });
}
