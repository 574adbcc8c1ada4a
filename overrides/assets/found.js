// Marks the section that the search led to, and paints the words that were asked for.
//
// Painting leaves formulas and code as they are; if a word stands in a fold and nowhere else, the
// fold opens. A classic script, since a page from a disk loads no other.

(() => {
  function inSection() {
    const id = location.hash.slice(1);
    const heading = (id && document.getElementById(id)) || document.querySelector("article h1");
    const found = [heading];
    let element = heading;
    while ((element = element.nextElementSibling) && !/^H[1-3]$/.test(element.tagName)) found.push(element);
    return found;
  }

  function pattern(word) {
    const signs = word.replace(/[^\p{L}\p{N}_]/gu, "."); // no sign for a command of the pattern
    return /\p{Script=Han}/u.test(word) ? signs : `(?<![\\p{L}\\p{N}_])${signs}(?![\\p{L}\\p{N}_])`;
  }

  function paint(words) {
    const section = inSection();
    section[0].classList.add("gg-landed");
    for (const word of words) {
      const holds = (element) => element.textContent.toLowerCase().includes(word.toLowerCase());
      if (section.some((each) => each.localName !== "details" && holds(each))) continue;
      for (const each of section) {
        if (each.localName === "details") each.open ||= holds(each);
      }
    }
    if (!globalThis.Highlight || !words.length) return;
    const any = new RegExp(words.map(pattern).join("|"), "giu");
    const painted = new Highlight();
    for (const element of section) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        if (node.parentElement.closest("math, [role=tooltip], .headerlink")) continue;
        for (const { index, 0: { length } } of node.data.matchAll(any)) {
          painted.add(new StaticRange({
            startContainer: node, startOffset: index, endContainer: node, endOffset: index + length,
          }));
        }
      }
    }
    CSS.highlights.set("gg-found", painted);
  }

  const plain = new URL(location);
  paint(plain.searchParams.get("h").split("\n").filter(Boolean));
  plain.searchParams.delete("h");
  try {
    history.replaceState(history.state, "", plain);
  } catch {} // some browsers refuse it to a page from a disk
})();
