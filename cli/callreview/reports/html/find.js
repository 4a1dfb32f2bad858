// Searches and filters the turns of a transcript; the text itself is never touched.
"use strict";
const findIn = (root) => root.querySelectorAll(".finder").forEach((form) => {
  const list = form.parentElement.querySelector(".turns");
  const turns = [...list.children].map((turn) => ({
    turn,
    said: turn.querySelector(".said"),
    speaker: turn.querySelector(".who b").textContent,
  }));
  const field = form.querySelector("[type=search]");
  const told = form.querySelector("output");

  // The words sought, in any case; null where none are.
  const pattern = () => {
    const sought = field.value.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return sought ? new RegExp(sought, "giu") : null;
  };

  const wanted = ({ turn, said, speaker }, sought) =>
    (!sought || said.textContent.search(sought) >= 0 || speaker.search(sought) >= 0) &&
    (!form.evidence.checked || turn.classList.contains("evidence")) &&
    (form.seller.checked || !turn.classList.contains("seller")) &&
    (form.buyer.checked || !turn.classList.contains("buyer"));

  // The text nodes of a turn; a find may begin in one and end in another.
  const nodes = (said) => {
    const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) found.push([walker.currentNode, at]);
    return found;
  };

  const ranges = (said, sought) => {
    const parts = nodes(said);
    const place = (at) => {
      const [node, start] = parts.findLast(([, start]) => start <= at);
      return [node, at - start];
    };
    return [...said.textContent.matchAll(sought)].map((find) => {
      const range = new Range();
      range.setStart(...place(find.index));
      range.setEnd(...place(find.index + find[0].length));
      return range;
    });
  };

  const show = () => {
    const sought = pattern();
    const shown = turns.filter((one) => wanted(one, sought));
    const keep = new Set(shown);
    for (const one of turns) one.turn.hidden = !keep.has(one);
    told.textContent = shown.length === turns.length ? "" : `${shown.length} of ${turns.length} turns`;
    if (window.CSS && CSS.highlights) {
      CSS.highlights.set("found", new Highlight(...(sought ? shown.flatMap((one) => ranges(one.said, sought)) : [])));
    }
  };

  const reset = () => {
    field.value = "";
    form.evidence.checked = false;
    form.seller.checked = form.buyer.checked = true;
    show();
  };

  // A link to a turn that is filtered away shows all turns again.
  const arrive = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const turn = target && list.contains(target) && target.closest(".turn");
    if (turn && turn.hidden) {
      reset();
      target.scrollIntoView();
    }
  };

  // Single keys only while a turn has the focus, so that they are in nobody's way.
  const step = (event) => {
    const by = { j: 1, k: -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    const shown = turns.filter((one) => !one.turn.hidden).map((one) => one.turn);
    const next = shown[shown.indexOf(event.target.closest(".turn")) + by];
    if (next) next.querySelector(".at").focus();
    event.preventDefault();
  };

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("keydown", step);
  window.addEventListener("hashchange", arrive);
  form.hidden = false;
  show();
});
findIn(document);
