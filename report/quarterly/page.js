"use strict";
(() => {
  // The page is complete without this: it only hides what belongs to other systems.
  const parts = [...document.querySelectorAll("[data-system]")];
  const names = [...new Set(parts.map((part) => part.dataset.system).filter(Boolean))].sort();
  const filter = document.getElementById("filter");
  const choice = filter.querySelector("select");
  if (names.length < 2) return;
  for (const name of names) choice.add(new Option(name, name));
  filter.hidden = false;
  const show = (name) => {
    choice.value = name;
    for (const part of parts) part.classList.toggle("dim", name !== "" && part.dataset.system !== "" && part.dataset.system !== name);
  };
  choice.addEventListener("change", () => show(choice.value));
  for (const part of document.querySelectorAll(".dot[data-system]")) {
    part.addEventListener("click", () => show(part.dataset.system === choice.value ? "" : part.dataset.system));
  }
})();
