// Ticks the lessons that a reader has done, in the navigation and in their outline; a button at a
// lesson's end says so, and one below the outline forgets it all.

import * as progress from "./progress.js";

const root = languageRoot.pathname; // site.js knows it; the languages share what is done
const tick = document.querySelector("template.gg-ticked").content;

function isDone(link) {
  const lesson = link.pathname.slice(root.length).replace(/\/(index\.html)?$/, "");
  return link.pathname.startsWith(root) && !link.hash && progress.done(lesson);
}

function show() {
  for (const link of document.querySelectorAll(".md-nav--primary a, .gg-lessons li > a")) {
    const place = link.closest(".gg-lessons li") ?? link;
    const shown = place.querySelector(".gg-tick");
    if (!isDone(link)) shown?.remove();
    else if (!shown) place.append(tick.cloneNode(true));
  }
  for (const button of document.querySelectorAll(".gg-done")) {
    button.ariaPressed = String(progress.done(button.dataset.lesson));
    button.hidden = false;
  }
  for (const line of document.querySelectorAll(".gg-progress")) {
    const links = [...line.parentElement.querySelectorAll("li > a")];
    const done = links.filter(isDone).length;
    const words = line.dataset.words.replace("{done}", done).replace("{count}", links.length);
    line.firstElementChild.textContent = words;
    line.hidden = !done;
    goOn(line.dataset.goOn, links, done);
  }
}

// The home page's first door leads to the first lesson, and then to the first that is not done.
const door = document.querySelector(".gg-hero .gg-door");
const first = door && { href: door.href, textContent: door.textContent };

function goOn(words, links, done) {
  const next = links.findIndex((link) => !isDone(link));
  if (!door) return;
  Object.assign(door, first);
  if (!done || next < 0) return;
  door.href = links[next].href;
  door.textContent = words.replace("{number}", next + 1);
}

document.addEventListener("click", ({ target }) => {
  const { lesson } = target.closest(".gg-done")?.dataset ?? {};
  if (lesson) (progress.done(lesson) ? progress.forget : progress.mark)(lesson);
  if (target.closest(".gg-progress button")) progress.forget();
});
document.addEventListener(progress.CHANGED, show);
addEventListener("storage", show); // a lesson was done in another tab
show();
