// The menu of a narrow screen by keyboard: a drawer, with a panel for each section.
// site.js loads it with the first key.

(() => {
  const menu = document.querySelector(".md-nav--primary");
  const opener = document.querySelector("label[for=__drawer] svg");
  const drawer = document.querySelector("#__drawer");
  const isDrawn = matchMedia("(max-width: 76.234375em)");

  function shown(elements) {
    return [...elements].find((element) => element.checkVisibility({ visibilityProperty: true }));
  }

  function reach() {
    opener.ariaExpanded = drawer.checked;
    for (const label of menu.querySelectorAll("label")) {
      if (isDrawn.matches) label.tabIndex = 0;
      else label.removeAttribute("tabindex");
    }
  }

  const style = { rel: "stylesheet", href: new URL("menu.css", assets) };
  document.head.append(Object.assign(document.createElement("link"), style));
  Object.assign(opener, { role: "button", ariaLabel: menu.ariaLabel });
  reach();
  isDrawn.addEventListener("change", reach);
  drawer.addEventListener("change", reach);
  addEventListener("focusin", ({ target }) => {
    const isInside = target.closest(".md-header, .md-sidebar--primary");
    if (drawer.checked && !isInside) drawer.click(); // who steps on is through with it
  });
  addEventListener("keydown", (event) => {
    const isPress = event.key === "Enter" || event.key === " ";
    const label = isPress ? event.target.closest?.(".md-header label, .md-nav--primary label") : null;
    if (!label && (event.key !== "Escape" || !drawer.checked)) return;
    event.preventDefault();
    event.stopPropagation(); // the theme takes Enter on a label for a click, too
    (label ?? drawer).click();
    const isBack = drawer.checked && !label.control.checked; // to the list that the panel is one of
    const next = shown((isBack ? label.control.parentElement : menu).querySelectorAll("label, a"));
    (drawer.checked ? next : opener).focus({ preventScroll: true }); // a panel comes by itself
  }, { capture: true });
})();
