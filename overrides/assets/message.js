// What somebody types or pastes, as the pages have it: for the search and for the filter of the page of
// messages; a classic script, since a page from a disk loads no other.

// Without what stands above the message of a traceback: all before its last error or warning, of one
// line or more.
globalThis.gateMessage = (pasted) => pasted.replace(
  /^.*(?<![\w.])(?=(?:\w+\.)*(?:[A-Z]\w*(?:Error|Exception|Warning)|exc\.\w+): )/s, "");

// Chinese in simplified signs, sign by sign. search-index-traditional.js says which traditional ones
// there are, each before the simplified one.
globalThis.gateSimplifier = (pairs) => {
  const simple = new Map(pairs.match(/../gu)?.map((pair) => [...pair]));
  const traditional = new RegExp(`[${[...simple.keys()].join("")}]`, "g");
  return (text) => text.replace(traditional, (sign) => simple.get(sign));
};
