// What a reader has done, by ids that are the same in every language; kept in this browser alone.
// Where storage is blocked, it is known until the page is left. An id that no page asks for does no
// harm. Whoever shows it listens for CHANGED on the document.

export const CHANGED = "gate-by-gate.progress";
const KEY = "gate-by-gate.done";

let known = [];

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (Array.isArray(stored)) known = stored;
  } catch {
    // It is blocked, or somebody else wrote there.
  }
  return known;
}

function write(ids) {
  known = ids;
  try {
    if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids));
    else localStorage.removeItem(KEY);
  } catch {
    // It is blocked, or full.
  }
  document.dispatchEvent(new Event(CHANGED));
}

export const done = (id) => read().includes(id);

export function mark(id) {
  if (!done(id)) write([...known, id]);
}

/** Forget one id, or everything. */
export function forget(id) {
  write(id === undefined ? [] : read().filter((other) => other !== id));
}
