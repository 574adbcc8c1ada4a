// Trained nets of the gate lab: what they answer to a word at each step, beside the right answer.

import { run, sigmoid } from "../cell.js";
import { NETS } from "./nets.js";
import { Steps, all, between, brief, fill, say, sentence, words, written } from "./steps.js";

const LONGEST = 200; // symbols
const SAYS = 2; // the row of the answers
const lab = document.querySelector('[data-part="trained"].gg-live');
const one = (selector) => lab.querySelector(selector);
const typed = one("[data-typed]");

const started = new Map(); // of each task the word that was last typed

// What a task reads of a word, as symbols; what the net is given for them; what is right.
const TASKS = {
  counting: {
    whole: (word) => word.replace(/([ab])(\d+)/g, (_, sign, times) => sign.repeat(Math.min(times, LONGEST + 1))),
    symbols: /[ab]/g,
    x: (symbol) => [Number(symbol === "a"), Number(symbol === "b")],
    right(symbols) {
      let count = 0;
      return symbols.map((symbol) => (count += symbol === "a" ? 1 : -1));
    },
    answer: sigmoid,
    isWrong: (answer, right) => answer > 0.5 !== (right === 0),
    write: (answer) => written(answer, 2),
    equation: (sum, answer) => `σ(${sum}) = ${written(answer)}`,
  },
  holding: {
    whole: (word) => word,
    symbols: /\d!?/g,
    x: (symbol) => [Number(symbol[0]) / 10, symbol.length - 1],
    right(symbols) {
      let held;
      return symbols.map((symbol) => (symbol[1] ? (held = Number(symbol[0])) : held));
    },
    answer: (sum) => 10 * sum,
    isWrong: (answer, right) => right !== undefined && Math.round(answer) !== right,
    write: (answer) => written(answer, 3), // 8.497 is nearer to 8
    equation: (sum, answer) => `10 · (${sum}) = ${written(answer)}`,
  },
};

let task = "counting", symbols, right, t = 0;

/** A net's steps over the word, each with the answer. */
function answered({ kind, weights }) {
  const net = { kind };
  for (const name of ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]) net[name] = weights[`${name}_l0`];
  const zeros = net.weight_hh[0].map(() => 0);
  const [readOut] = weights["linear.weight"], [bias] = weights["linear.bias"];
  const steps = run(net, symbols.map(TASKS[task].x), { h: zeros, c: zeros });
  for (const step of steps) {
    step.answer = TASKS[task].answer(readOut.reduce((sum, weight, n) => sum + weight * step.h[n], bias));
  }
  return { net, steps, readOut, bias };
}

const shown = all("[data-net]", lab).map((table) => {
  const name = table.dataset.net, each = { name, task: NETS[name].task };
  const read = table.parentNode.nextElementSibling;
  const isWrong = (row, n) => row === "says" && TASKS[task].isWrong(each.steps[n].answer, right[n]);
  each.table = new Steps(table, {
    count: () => symbols.length,
    now: () => t,
    value(row) {
      if (row === "x") return symbols;
      if (row === "true") return right;
      if (row === "says") return each.steps.map(({ answer }) => answer);
      return each.steps.map((step) => step[row[0]][(row[1] ?? 1) - 1]);
    },
    write: (value, row) => ({ x: String, true: (n) => (n ?? "").toString().replace("-", "−"), says: TASKS[task].write }[row] ?? brief)(value),
    isWrong,
    choose(at, row) {
      t = at;
      for (const other of shown) if (other.task === task) other.table.show();
      fill(read, 0, `${say(words.at, { t: t + 1 })}: ${told(each, row)}`);
    },
  });
  each.wrong = () => [...each.steps.keys()].filter((n) => isWrong("says", n));
  each.label = table.caption.textContent;
  return each;
});

/** How a number came about. */
function told({ net, steps, readOut, bias }, row) {
  const step = steps[t];
  if (row === "x") return symbols[t];
  if (row === "true") return right[t] === undefined ? words.none_yet : say(words[`true_${task}`], { right: written(right[t], 0) });
  if (row !== "says") return sentence(net, step, (row[1] ?? 1) - 1, row[0]);
  const terms = readOut.map((weight, n) => `${written(weight)} · ${between(step.h[n])}`);
  return `${words[`row_says_${task}`]} = ${TASKS[task].equation([...terms, between(bias)].join(" + "), step.answer)}`;
}

function show() {
  right = TASKS[task].right(symbols);
  t = Math.min(t, symbols.length - 1);
  const here = shown.filter((each) => each.task === task);
  for (const element of all("[data-for]", lab)) element.hidden = element.dataset.for !== task;
  for (const each of here) {
    Object.assign(each, answered(NETS[each.name]));
    each.table.show();
  }
  for (const place of all(".gg-read", lab)) fill(place, 0, "");
  one(".gg-answers").replaceChildren(...here.map((each) => {
    const wrong = each.wrong(), told = say(words.net_wrong, { net: each.label, wrong: wrong.length, all: symbols.length });
    const line = document.createElement("span");
    line.append(`${told} `);
    if (!wrong.length) return line;
    const first = Object.assign(document.createElement("button"), { type: "button", textContent: say(words.net_first, { t: wrong[0] + 1 }) });
    first.addEventListener("click", () => each.table.choose(SAYS, wrong[0]));
    line.append(first);
    return line;
  }));
}

/** Read a word; what cannot be read is said, and the last one stays. */
function read(text) {
  const plain = TASKS[task].whole(text.normalize("NFKC").toLowerCase().replace(/[\s,;]+/g, ""));
  const found = plain.match(TASKS[task].symbols) ?? [];
  const rest = plain.replace(TASKS[task].symbols, "");
  let problem = "";
  if (rest) problem = say(words[`problem_${task}`], { sign: [...rest][0] });
  else if (!found.length || found.length > LONGEST) problem = say(words.problem_word, { longest: LONGEST });
  fill(one(".gg-refused"), 0, problem);
  typed.toggleAttribute("aria-invalid", Boolean(problem));
  if (problem) return;
  symbols = found;
  started.set(task, text);
  show();
}

function choose(name) {
  task = name;
  typed.value = started.get(task) ?? one(`[data-for="${task}"] [data-word]`).dataset.word;
  t = 0;
  read(typed.value);
}

lab.addEventListener("input", (event) => {
  const { target } = event;
  if (target === typed && !isComposed(event)) read(typed.value);
  if (target.matches("[data-task]")) choose(target.value);
});
typed.addEventListener("compositionend", () => read(typed.value));
lab.addEventListener("click", ({ target: { dataset } }) => {
  if (!dataset.word) return;
  typed.value = dataset.word;
  read(typed.value);
});
choose(one("[data-task]").value);
