// What somebody pastes, without what stands above the message of a traceback: all before its last
// error or warning, of one line or more. For the search and for the filter of the page of messages;
// a classic script, since a page from a disk loads no other.
globalThis.gateMessage = (pasted) => pasted.replace(
  /^.*(?<![\w.])(?=(?:\w+\.)*(?:[A-Z]\w*(?:Error|Exception|Warning)|exc\.\w+): )/s, "");
