// Filters what stands below a field: lines of lists, by words that are all in a line, in whatever order;
// or entries on messages, by a message that is typed or pasted: of that the words count, without
// numbers and signs. A classic script, since pages read from a disk load no modules.
(() => {
  const filter = document.querySelector(".gg-filter");
  const form = filter.querySelector("form");
  const field = document.getElementById("gg-sought");
  const told = filter.querySelector("[role=status]");
  const on = filter.querySelector(".gg-on");
  const HALF = 0.5; // of a message's weight: an entry with less of it than that is on something else
  const LONGEST = 500; // signs that the search is asked, the last ones, as search.js has it
  const MOST = 0.75; // of that of a few words, of which each counts

  const said = (nodes) => nodes.map((node) => node.textContent).join("\n");
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  /** The words of a text: of Chinese, which has no spaces, every two signs. */
  function words(text) {
    return (plain(text).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})\p{L})+/gu) ?? []).flatMap((run) => {
      if (!/\p{Script=Han}/u.test(run)) return run.length > 1 ? [run] : [];
      return [...run].map((sign, at, signs) => sign + (signs[at + 1] ?? "")).slice(0, run.length - 1 || 1);
    });
  }

  /** A text with its signs, and 0 for every number: what tells two messages of the same words apart. */
  function signs(text) {
    return plain(text).replace(/\d+/g, "0").replace(/\s+/g, " ").trim();
  }

  // A list's heading stands above it, in a block of both, and its words count in each line.
  const lines = [...document.querySelectorAll(".gg-code li")].map((line) => {
    const block = line.closest(".gg-code");
    return { nodes: [line, block], text: plain(said([block.firstElementChild, line])) };
  });

  /** Whether a text has a word; Chinese may run words of two signs and more together that stand apart there. */
  function contains(text, word) {
    if (text.includes(word) || !/^\p{Script=Han}{4,}$/u.test(word)) return text.includes(word);
    const reached = new Set([0]); // up to where words of the text can go; it grows as it is read
    for (const from of reached) {
      for (let to = from + 2; to <= word.length && text.includes(word.slice(from, to)); to++) reached.add(to);
    }
    return reached.has(word.length);
  }

  /** The lines that have all the words. */
  function fitting(typed) {
    const asked = plain(typed).match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? [];
    return asked.length ? lines.filter(({ text }) => asked.every((word) => contains(text, word))) : lines;
  }

  // A heading and what follows it, up to the next: an entry, or the head of a group of them.
  const blocks = [];
  for (let node = filter.nextElementSibling; node; node = node.nextElementSibling) {
    if (/^H[23]$/.test(node.tagName)) blocks.push([]);
    blocks.at(-1)?.push(node);
  }
  const messages = blocks.filter(([head]) => head.tagName === "H3").map((nodes) => {
    const message = said(nodes.filter((node) => node.matches("h3, .language-text")));
    return {
      nodes,
      message: new Set(words(message)),
      text: new Set(words(said(nodes))),
      signs: signs(message),
    };
  });

  /** How much of a line each entry has. A word weighs more the fewer entries have it. */
  function weigh(line) {
    const asked = new Set(words(line));
    const last = /[\p{L}]$/u.test(line) ? [...asked].at(-1) : undefined; // may still be typed
    const has = (known, word) =>
      known.has(word) || (word === last && [...known].some((other) => other.startsWith(word)));
    const found = messages.map(() => 0);
    let total = 0;
    for (const word of asked) {
      const shares = messages.map(({ message, text }) => (has(message, word) ? 1 : has(text, word) * 0.8));
      const weight = Math.log(1 + messages.length / (shares.filter(Boolean).length || 1));
      shares.forEach((share, at) => { found[at] += share * weight; });
      total += weight;
    }
    return { found, total, least: asked.size < 5 ? MOST : HALF };
  }

  /** The entries on a message, the likeliest first; of a traceback, the line that says most. */
  function likely(text) {
    const message = globalThis.gateMessage(text).split("\n");
    const lines = message.map(weigh).filter(({ total }) => total);
    if (!lines.length) return messages;
    const exact = message.map(signs).filter(Boolean);
    const scored = messages.map((entry, at) => {
      const [best] = lines.map(({ found, total, least }) => ({ share: found[at] / total, found: found[at], least }))
        .sort((a, b) => b.share * b.found - a.share * a.found);
      const same = exact.some((line) => entry.signs.includes(line));
      return { entry, ...best, score: best.share * best.found, same };
    });
    const most = Math.max(...scored.map(({ found, share, least }) => (share < least ? 0 : found)));
    return scored.filter(({ found, share, least }) => share >= least && found >= HALF * most)
      .sort((a, b) => b.score - a.score || b.same - a.same || a.entry.message.size - b.entry.message.size)
      .map(({ entry }) => entry);
  }

  const [entries, find] = lines.length ? [lines, fitting] : [messages, likely];
  const nodes = new Set([...blocks, ...entries.map((entry) => entry.nodes)].flat());

  // What is written in traditional signs is looked for in simplified ones, once a script of the search
  // says which they are; it comes when Chinese is first typed.
  let loading = null;
  function simplified(text) {
    if (globalThis.gateSimplified) return gateSimplified(text);
    if (/\p{Script=Han}/u.test(text)) {
      loading ??= load("search-index-traditional.js").then(show, () => { loading = null; });
    }
    return text;
  }

  function show() {
    const asked = field.value.trim();
    const kept = find(simplified(asked));
    const all = kept === entries;
    const left = new Set(kept.flatMap((entry) => entry.nodes));
    for (const node of nodes) node.classList.toggle("gg-out", !all && !left.has(node));
    if (entries === messages) filter.after(...new Set([...(all ? [] : left), ...nodes]));
    const count = filter.dataset[kept.length ? "left" : "none"];
    told.textContent = all ? "" : count.replace("{left}", kept.length);
    on.hidden = all;
    // Servers refuse a very long address.
    const query = new URLSearchParams({ q: asked.replace(/\s+/g, " ").slice(-LONGEST) });
    on.querySelector(".gg-everywhere").href = `?${query}`;
  }

  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault()); // Enter, in a field of one line
  form.addEventListener("reset", () => setTimeout(show)); // the field is empty only then
  // A link to an entry that is not shown shows them all again.
  document.addEventListener("click", ({ target }) => {
    const { hash } = target.closest("a[href*='#']") ?? {};
    if (hash && document.getElementById(hash.slice(1))?.closest(".gg-out")) {
      form.reset();
      field.value = "";
      show();
    }
  }, { capture: true });

  // What was asked goes along to the page in another language, and is there on the way back.
  const KEPT = `gate-by-gate.sought.${lines.length ? "code" : "messages"}`;
  const before = new URL(document.referrer || location).pathname;
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const isSame = [...document.querySelectorAll("a.gg-switch")].some(({ pathname }) => pathname === before);
  try {
    if (isBack || isSame) field.value ||= sessionStorage.getItem(KEPT) ?? "";
  } catch {} // a browser may refuse it
  addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(KEPT, field.value);
    } catch {}
  });
  show(); // a browser may have kept what was typed
})();
