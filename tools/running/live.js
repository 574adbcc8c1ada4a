// Runs and edits the snippets of a page. Only the copy that make serve shows has this file.

const { at, words } = JSON.parse(document.currentScript.dataset.live);
const KEPT = "gate-by-gate.run"; // the token of this start, which the terminal showed
const WRONG_TOKEN = 4401;

let token = /^#run=(.+)/.exec(location.hash)?.[1];
try {
  if (token) localStorage.setItem(KEPT, token);
  else token = localStorage.getItem(KEPT);
} catch {} // without storage it holds for this page
if (location.hash.startsWith("#run=")) history.replaceState(history.state, "", location.pathname);

let socket = null; // a promise of the connection, which is this page's Python

function connect() {
  socket ??= new Promise((opened, failed) => {
    if (!token) throw "token";
    const begun = new WebSocket(`ws://${at}/`);
    begun.onopen = () => {
      begun.send(JSON.stringify({ token }));
      opened(begun);
    };
    begun.onmessage = ({ data }) => {
      const { id, ...told } = JSON.parse(data);
      snippets[id].hear(told);
    };
    begun.onclose = ({ code }) => {
      socket = null;
      const fault = code === WRONG_TOKEN ? "token" : "away";
      failed(fault);
      for (const snippet of snippets) if (snippet.running) snippet.hear({ fault });
    };
  });
  socket.catch(() => { socket = null; });
  return socket;
}

const send = async (wish) => (await connect()).send(JSON.stringify(wish));
addEventListener("pagehide", async () => (await socket)?.close());

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const button = (word, onclick) =>
  make("button", { type: "button", className: "gg-kernel__button", textContent: words[word], onclick });

class Snippet {
  constructor(block, id) {
    Object.assign(this, { block, id, running: false });
    this.pre = block.querySelector("pre");
    this.code = this.pre.querySelector("code");
    this.tested = { text: this.code.textContent, nodes: [...this.code.childNodes] };
    this.name = block.querySelector(".filename")?.textContent ?? "snippet.py";
    const next = block.nextElementSibling;
    this.printed = next?.matches(".language-text") ? next : null;

    this.runs = button("run", () => (this.running ? send({ interrupt: true }) : this.run()));
    this.edits = button("edit", () => this.edit());
    block.prepend(make("div", { className: "gg-kernel" }, this.runs, this.edits));
    const reset = button("reset", () => this.reset());
    this.mark = make("p", { className: "gg-kernel__edited", hidden: true }, words.edited, reset);
    block.append(this.mark);

    this.state = make("span", { role: "status" });
    this.output = make("div", { className: "gg-kernel__output", tabIndex: 0, role: "group",
      ariaLabel: words.ran.replace("{name}", this.name) });
    const restart = button("restart", () => this.restart());
    this.panel = make("div", { className: "gg-kernel__panel", hidden: true },
      make("p", {}, this.state, restart), this.output);
    (this.printed ?? block).after(this.panel);
  }

  edit() {
    if (!this.area) {
      this.area = make("textarea", { value: this.code.textContent, spellcheck: false, wrap: "off",
        autocapitalize: "off", ariaLabel: words.code.replace("{name}", this.name),
        oninput: () => this.changed(), onkeydown: (event) => this.type(event) });
      // so that nothing moves
      const { fontFamily, fontSize, lineHeight, padding } = getComputedStyle(this.code);
      Object.assign(this.area.style, { fontFamily, fontSize, lineHeight, padding });
      this.pre.after(this.area);
    }
    this.pre.hidden = true;
    this.changed();
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(0, 0);
  }

  type(event) {
    if (event.key !== "Enter") return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.run();
    } else if (event.keyCode !== 229) { // else an input method takes the key
      const line = this.area.value.slice(0, this.area.selectionStart).split("\n").pop();
      const opens = /:\s*$/.test(line) ? "    " : "";
      event.preventDefault();
      document.execCommand("insertText", false, `\n${/^ */.exec(line)[0]}${opens}`); // can be undone
    }
  }

  // The block behind holds the same, so that its button copies what is seen.
  changed() {
    const { value } = this.area;
    this.area.rows = value.replace(/\n$/, "").split("\n").length;
    this.isEdited = value !== this.tested.text;
    this.mark.hidden = !this.isEdited;
    if (this.code.textContent !== value) this.code.textContent = value;
  }

  reset() {
    this.area?.remove();
    this.area = null;
    this.pre.hidden = false;
    this.code.replaceChildren(...this.tested.nodes);
    this.isEdited = false;
    this.mark.hidden = true;
    this.edits.focus();
  }

  change(old, text) {
    this.reset();
    this.edit();
    this.area.value = this.tested.text.replace(old, () => text);
    this.changed();
    this.block.scrollIntoView({ block: "nearest" });
    this.run();
  }

  run() {
    if (this.running) return;
    const { printed, output, panel } = this;
    Object.assign(this, { running: true, text: "", out: "", end: null, wasEdited: this.isEdited });
    // Room for as much as the page shows, so that nothing moves when it comes.
    const room = printed?.querySelector("pre").offsetHeight ?? 0;
    output.style.minHeight = `${Math.max(room, output.offsetHeight)}px`;
    output.replaceChildren(make("pre"));
    panel.hidden = false;
    this.runs.textContent = words.interrupt;
    this.say(words.running);
    send({ run: this.code.textContent, name: this.name, id: this.id })
      .catch((fault) => this.hear({ fault }));
  }

  async restart() {
    await send({ restart: true }).catch((fault) => this.say(words[fault]));
    if (socket) this.say(words.restarted);
  }

  say(sentence) {
    if (this.state.textContent !== sentence) this.state.textContent = sentence;
  }

  hear({ state, fault, out, err, trace, name, png, cut }) {
    if (out !== undefined) this.out += out;
    if (out ?? err ?? trace) this.write(out ?? err ?? trace);
    if (cut) this.write(`\n${words.cut}\n`);
    if (trace) this.end = name === "KeyboardInterrupt" ? "interrupted" : "error";
    if (png) {
      const plot = { src: `data:image/png;base64,${png}`, alt: words.plot };
      this.output.append(make("img", plot), make("pre"));
      this.text = "";
    }
    if (state === "done") this.finish(words[this.end ?? this.judged()]);
    else if (fault) this.finish(words[fault]);
    else if (state) this.say(words[state]);
  }

  // As text: what is printed never becomes a part of the page. A progress bar writes over its line.
  write(text) {
    this.text = (this.text + text).replace(/[^\n]*\r(?!\n|$)/g, "");
    this.output.lastElementChild.textContent = this.text;
  }

  judged() {
    if (this.wasEdited || !this.printed) return "done";
    const shown = this.printed.querySelector("code").textContent;
    return this.out.trimEnd() === shown.trimEnd() ? "same" : "other";
  }

  finish(sentence) {
    this.running = false;
    this.runs.textContent = words.run;
    this.say(sentence);
  }
}

const blocks = [...document.querySelectorAll("article div.language-python.highlight:not(.no-copy)")];
const snippets = blocks.map((block, id) => new Snippet(block, id));

// A sentence that says what to change, and what is then printed, does it.
for (const sentence of document.querySelectorAll(".gg-try")) {
  const [old, text] = [...sentence.querySelectorAll("code")].map((code) => code.textContent);
  const above = snippets.findLast(({ block }) =>
    block.compareDocumentPosition(sentence) & Node.DOCUMENT_POSITION_FOLLOWING);
  sentence.append(" ", button("try", () => above.change(old, text)));
}
