// The dialog of the search: what is typed or pasted, and what is found, by the pattern of a combobox
// with a list. site.js opens it and loads this behind search-words.js and all parts of the index.

(() => {
  const NARROW = matchMedia("(max-width: 30em)"), TOUCHED = matchMedia("(pointer: coarse)");
  const FEW = 125; // signs of an excerpt where it is narrow
  const MOST = 10000; // signs of a query that are read, the last ones: a log's end
  const LONGEST = 500; // signs of a query that an address holds, the last ones: those of a message
  const index = globalThis.gateSearchIndex, engine = globalThis.gateSearch, text = index.text;
  if (index.sections.length < index.count) throw new Error("a part of the index is missing");
  const dialog = document.querySelector("dialog.gg-search");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  const said = dialog.querySelector(".gg-said");

  const sections = new WeakMap(); // what each link says of its section
  let isReady = false, active = -1, shown = null;

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function say(words, values = {}) {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  const quoted = (words) => words.map((word) => say(text.quoted, { word })).join(text.comma);

  function ask() {
    const query = input.value.trim().slice(-MOST);
    if (!isReady || isComposing || query === shown) return;
    shown = query;
    choose(-1);
    const isTyping = !/\s$/.test(input.value);
    const answer = query ? engine.ask(query, { isTyping }) : { groups: [] };
    list.replaceChildren(...answer.groups.map((group, n) => drawn(group, n, answer)));
    list.scrollTop = 0;
    const count = options().length;
    input.setAttribute("aria-expanded", String(count > 0));
    list.hidden = !count;
    const told = count < engine.SHOWN ? text.count : text.best;
    status.textContent = !query ? "" : count ? say(told, { count }) : text.nothing;
    said.replaceChildren(...(query ? remarks(query, answer, count) : []));
  }

  function drawn({ page, found }, n, answer) {
    const title = make("div", { id: `gg-page-${n}`, className: "gg-page", textContent: page[1] });
    title.hidden = page[1] === found[0].section[2]; // as its first row says it
    const group = make("div", {}, title, ...found.map((one) => row(page, one, answer)));
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    return group;
  }

  function row(page, { section, n, isOf }, { weights }) {
    const [, id, heading] = section;
    const href = pageAt(page[0]);
    href.hash = id;
    // A section that is all about it is shown from its beginning, and a page that begins with what to do.
    const most = NARROW.matches ? FEW : undefined;
    const piece = engine.excerpt(engine.text(n), weights, { fromStart: page[3] || isOf, most });
    const option = make("a", { href: href.href, tabIndex: -1 },
      make("span", { className: "gg-heading" }, ...marked(engine.excerpt(heading, weights, {}))),
      make("span", { className: "gg-excerpt" }, ...marked(piece)));
    sections.set(option, () => engine.present(section, weights).join("\n"));
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  const marked = (pieces) => pieces.map(([words, isFound]) =>
    isFound ? make("mark", { textContent: words }) : words);

  // What was looked for instead, which words no page has, and where else to look.
  function* remarks(query, { corrections = [], unknown = [] }, count) {
    if (corrections.length) {
      const [typed, meant] = [0, 1].map((n) => quoted(corrections.map((pair) => pair[n])));
      yield make("p", { textContent: say(text.corrected, { typed, meant }) });
    }
    if (unknown.length) {
      yield make("p", { textContent: say(text.unknown, { words: quoted(unknown) }) });
    }
    if (count) return;
    if (!unknown.length) yield make("p", { textContent: text.nothing });
    const elsewhere = make("ul");
    for (const other of document.querySelectorAll("a.gg-switch:not([aria-current])")) {
      const href = new URL(other.href);
      href.search = new URLSearchParams({ q: query });
      href.hash = "";
      const words = say(text.elsewhere, { language: other.textContent });
      const link = make("a", { href: href.href, textContent: words });
      link.addEventListener("click", () => keep(query)); // for the way back
      elsewhere.append(make("li", {}, link));
    }
    for (const [address, words] of index.ways) {
      const { href } = pageAt(address);
      elsewhere.append(make("li", {}, make("a", { href, textContent: words })));
    }
    yield elsewhere;
  }

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(n) {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    active = n;
    if (n < 0) return input.removeAttribute("aria-activedescendant");
    all.forEach((option, number) => { option.id = `gg-option-${number}`; });
    all[n].setAttribute("aria-selected", "true");
    all[n].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[n].id);
  }

  // The page that it leads to is told for which words, once it is clear that it is followed.
  function tell(link) {
    if (!sections.has(link)) return;
    const href = new URL(link.href);
    href.searchParams.set("h", sections.get(link)());
    link.href = href.href;
  }

  function follow(link, inNewTab) {
    tell(link);
    if (inNewTab) return window.open(link.href, "_blank");
    keep(input.value.trim()); // the way back leads to what was found
    location.assign(link.href);
  }

  // Keep in the page's address what is asked, or that nothing is, and how far the list is scrolled.
  // Servers refuse a very long one.
  function keep(query) {
    const here = new URL(location);
    if (query) here.searchParams.set("q", query.slice(-LONGEST));
    else here.searchParams.delete("q");
    if (!query && here.href === location.href) return;
    try {
      history.replaceState({ ...history.state, gateScrolled: list.scrollTop }, "", here);
    } catch {} // some browsers refuse it to a page from a disk
  }

  input.addEventListener("compositionend", ask);
  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    if (event.keyCode === 229) return; // an input method takes the key; Safari says so by this alone
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (count) choose(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      ask();
      // On a phone this key is how one puts the keyboard away, to see the list.
      if (active < 0 && TOUCHED.matches) return input.blur();
      const link = options()[Math.max(active, 0)];
      if (link) follow(link, event.ctrlKey || event.metaKey);
    }
  });
  dialog.addEventListener("close", () => {
    if (!history.state?.gateSearch) keep(""); // else site.js goes a step back
  });
  dialog.querySelector("form").addEventListener("reset", () => setTimeout(() => {
    ask();
    input.focus();
  }));
  dialog.addEventListener("cancel", (event) => {
    if (isComposing) event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("a");
    if (link) tell(link);
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    follow(link, false);
  });

  engine.ready.then(() => {
    isReady = true;
    dialog.removeAttribute("aria-busy");
    ask();
    list.scrollTop = history.state?.gateScrolled ?? 0; // on the way back
  });
})();
