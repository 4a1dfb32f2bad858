// Finds calls in the list, and opens the page of a call that a link leads to.
"use strict";
{
  const form = document.getElementById("filter");
  const told = form.querySelector("output");
  const opened = document.getElementById("opened");
  const week = document.getElementById("week");
  const lines = [...document.getElementById("lines").children].map((line) => ({
    line,
    id: line.dataset.call,
    rep: line.children[2].textContent,
    shown: line.textContent.toLowerCase(),
  }));
  const pages = new Map();
  let came = null;

  const html = (id) => JSON.parse(document.getElementById(`${id}-data`).textContent);

  // What is said in a call, as the page spells it, made when somebody searches first.
  const words = (one) => (one.words ??= html(one.id).replace(/<[^>]*>/g, "").toLowerCase());
  const spelt = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;" };

  const fits = (one) => {
    const { week, levels, violations } = one.line.dataset;
    const sought = form.elements.text.value.trim().toLowerCase();
    const level = form.elements.level.value;
    const prompt = form.elements.prompt.value;
    return (
      (!form.elements.week.value || week === form.elements.week.value) &&
      (!form.elements.rep.value || one.rep === form.elements.rep.value) &&
      (!form.elements.violations.checked || violations !== "0") &&
      (!level || (prompt ? levels[prompt] === level : levels.includes(level))) &&
      (!sought || one.shown.includes(sought) || words(one).includes(sought.replace(/[&<>'"]/g, (sign) => spelt[sign])))
    );
  };

  const filter = () => {
    let shown = 0;
    for (const one of lines) {
      one.line.hidden = !fits(one);
      shown += !one.line.hidden;
    }
    told.textContent = `${shown} of ${lines.length} calls`;
  };

  // The page of a call; made once, so that what is filtered in it stays.
  const page = (id) => {
    if (!pages.has(id)) {
      const holder = document.createElement("div");
      holder.innerHTML = html(id);
      findIn(holder);
      pages.set(id, holder);
    }
    return pages.get(id);
  };

  const called = () => decodeURIComponent(location.hash.slice(1)).match(/^(call-[0-9a-zA-Z]+)(?:-(.+))?$/);

  const leave = () => {
    if (week.hidden) {
      opened.hidden = true;
      week.hidden = false;
      opened.replaceChildren();
    }
  };

  // A place that the page does not hold is looked for by its turn: "quote-12-0-40" is in "turn-12".
  const place = (id, rest) =>
    document.getElementById(`${id}-${rest}`) ??
    document.getElementById(`${id}-turn-${rest.match(/^quote-(\d+)-/)?.[1]}`) ??
    document.getElementById(`${id}-title`);

  const open = (id, rest) => {
    if (!week.hidden) came = document.activeElement;
    opened.replaceChildren(page(id));
    week.hidden = true;
    opened.hidden = false;
    const at = place(id, rest ?? "title");
    if (!at.hasAttribute("tabindex")) at.tabIndex = -1;
    at.focus({ preventScroll: true });
    at.scrollIntoView();
    for (const lit of opened.querySelectorAll(".lit")) lit.classList.remove("lit");
    at.classList.add("lit");
  };

  const route = () => {
    const call = called();
    if (call && document.getElementById(`${call[1]}-data`)) {
      open(call[1], call[2]);
      return;
    }
    const was = week.hidden;
    leave();
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView();
    if (was && came) came.focus();
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", route);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && week.hidden) location.hash = "calls";
  });
  filter();
  route();
}
