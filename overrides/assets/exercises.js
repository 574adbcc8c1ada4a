// Exercises: judges a number, tells what an answer is told aloud too, and notes what is solved.

import * as progress from "./progress.js";

const NUMBER = /^[=≈~]?([-+]?)([\d.,]*\d)(?:\/(\d+)|e([-+]?\d+))?([%万]?)\p{L}*\.?$/iu;
const GROUPED = /^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$/;

/** What a text may mean as a number: 1,234 is a thousand and more, or one and a bit. */
export function readings(text) {
  const plain = text.normalize("NFKC").replace(/[\s_'’]/g, "").replace(/[−–—]/g, "-")
    .replace(/。/g, ".").replace(/、/g, ",").replace(/⁄/g, "/");
  const found = NUMBER.exec(plain);
  if (!found) return [];
  const [, sign, digits, below = 1, power = 0, unit] = found;
  const joined = (part) => part.replace(/[.,]/g, "");
  const read = GROUPED.test(digits) ? [joined(digits)] : [];
  const at = digits.search(/[.,]\d*$/);
  const whole = digits.slice(0, Math.max(at, 0));
  if (at < 0) read.push(digits);
  else if (!/[.,]/.test(whole) || (GROUPED.test(whole) && !whole.includes(digits[at]))) {
    read.push(`${joined(whole)}.${digits.slice(at + 1)}`);
  }
  const numbers = read.map((each) => Number(`${sign}${each}e${power}`) / below);
  if (unit === "万") return numbers.map((number) => number * 1e4);
  return unit ? numbers.flatMap((number) => [number, number / 100]) : numbers;
}

for (const exercise of document.querySelectorAll(".gg-exercise")) {
  const id = `exercise/${exercise.id}`;
  const form = exercise.querySelector(".gg-field");
  const answers = exercise.querySelector(".gg-answers");
  const options = [...exercise.querySelectorAll(".gg-option")];
  const [named, other] = [answers, options.at(-1)].map((each) => each?.firstElementChild);
  const { textContent: all } = named ?? {};
  const { textContent: others } = other;
  const told = exercise.querySelector(".gg-told");
  const solved = exercise.querySelector(".gg-solved");

  const tell = (option) => {
    told.classList.add("gg-unseen"); // whoever sees the page reads the reason itself
    told.textContent = option.innerText;
    if (option.hasAttribute("data-right")) progress.mark(id);
  };

  const meant = (numbers) => {
    const recognises = ({ dataset: { number, within } }, value) =>
      Math.abs(value - number) <= Number(within) + 1e-9 * Math.abs(number);
    for (const value of numbers) {
      const option = options.find((each) => each.dataset.number && recognises(each, value));
      if (option) return option;
    }
    return options.at(-1); // that for all other numbers
  };

  const clear = () => {
    form.elements[0].ariaInvalid = null;
    told.textContent = "";
    named.textContent = all;
    other.textContent = others;
    answers.classList.remove("gg-one");
    for (const each of [answers, ...options]) each.open = false;
  };

  form?.addEventListener("input", ({ target }) => { if (!target.value.trim()) clear(); });

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
    const [field] = form.elements;
    const numbers = readings(field.value);
    if (!numbers.length) {
      field.ariaInvalid = "true";
      told.classList.remove("gg-unseen");
      told.textContent = form.dataset.retry;
      return;
    }
    const option = meant(numbers);
    if (!option.dataset.number) {
      const read = numbers.map((number) => `${+number.toPrecision(12)}`.replace("-", "−"));
      other.textContent = form.dataset.read.replace("{typed}", () => field.value.trim())
        .replace("{numbers}", [...new Set(read)].join(form.dataset.or));
    }
    named.textContent = form.dataset.one;
    answers.open = option.open = true;
    answers.classList.add("gg-one");
    tell(option);
  });

  // After one answer was told, the fold shows the others before it shuts.
  named?.addEventListener("click", (event) => {
    if (!answers.classList.contains("gg-one")) return;
    event.preventDefault();
    answers.classList.remove("gg-one");
    named.textContent = all;
  });

  // To look an answer up is no answer; to choose one is. Printing opens them all, and chooses none.
  for (const option of form ? [] : options) {
    option.firstElementChild.addEventListener("click", () => {
      if (!option.open) option.addEventListener("toggle", () => tell(option), { once: true });
    });
  }

  const show = () => { solved.hidden = !progress.done(id); };
  solved.querySelector("button").addEventListener("click", () => progress.forget(id));
  document.addEventListener(progress.CHANGED, show);
  show();
}
