// What the search makes of words: one way for the sections and for what somebody types.
//
// globalThis.gateSearchWords(index) gives { ready, ask, text, excerpt, present }. Of the index only the
// first sections need be there, which are read while the others come. A classic script, since a page
// from a disk loads no other; message.js and search-index-traditional.js are loaded before it.

globalThis.gateSearchWords = (() => {
  // Heading, words, text, code, folded, and of a section its page's title and the title's words.
  const FIELDS = [4, 4, 1, 0.5, 0.5, 0.45];
  const BM25 = { k: 1.2, b: 0.3, d: 0.5 };
  const EVERYWHERE = new Set(["lstm", "gru", "pytorch", "torch", "nn"]);
  const EVERYWHERE_WEIGHT = 0.4, LITTLE_WEIGHT = 0.5, ALIAS_WEIGHT = 0.5, BEGUN_WEIGHT = 0.5;
  const EXACT = 4; // how many times a heading counts that is all that is asked for
  const ACROSS_WEIGHT = 0.2; // of two Chinese signs that belong to two words
  const SEEN_WEIGHT = 0.3; // what has less is not painted
  const SHOWN = 10, OF_A_PAGE = 3, MARKED = 20, BEGUN_MOST = 8, MESSAGE = 20, LEAST = 50;

  const FUNCTION_WORDS = new Set((
    "a about actually also am an and any are aren arent as at be been but by can cannot cant could " +
    "couldn couldnt d did didn didnt do does doesn doesnt doing don dont for from get gets got had has " +
    "hasn hasnt have haven havent having he her his how if im in into is isn isnt it its ive just like " +
    "ll m many me much my need needs not of on one only or our please re really s she should shouldn " +
    "shouldnt so some t than that the their them then there these they this those to us use used uses " +
    "using ve very want wants was wasn wasnt way we were weren werent what whats when where which " +
    "while who will with won wont would wouldn wouldnt you your"
  ).split(" "));
  // These say little in a question, whatever it is about.
  const LITTLE = (
    "afterwards again against all already although anyway appear because become begin being call certain " +
    "come contain decide describe during each else even ever exactly example explain few find general give " +
    "given go good happen help itself know less let look lot made main make matter may maybe might must " +
    "never now occur often other others over own per possible put quite rather reason said same say see " +
    "seem several show simply since something still such suppose sure take taken tell thing think though " +
    "through together too try turn until upon via whether work yet " +
    "说明 简述 解释 证明 判断 断题 填空 已知 出来 以后 时候 之后 之前 可能 原因 自己 单独 别的 一直 突然 究竟 居然 正常 " +
    "进行 使用 一个 这样 那样 不行 需要 必须 知道 觉得 发现 看到 出现 情况 问题 东西 地方 直接 其实 真的 然后 如果 但是 " +
    "因为 所以 而且 关于 对于 通过 某个 具体 分别 各自 干嘛 例如 比如 还有 已经 一定 好像 似乎 有些 所有 起来 下来 下去 " +
    "过来 回事 一种 那种 这种 变成 成了 看看 试试 想要 打算 准备 总是 老是 一般 通常 何时"
  ).split(" ");
  const ASKER = /\bI\b(?!['’]?[_[])|\bi(?='m\b|'ve\b| [a-z]{2})/g; // not a gate
  // In a question these stand between the words; those before the bar are words of their own.
  const HAN_GLUE = new RegExp(
    "(不同|为了|目的|了解|和弦|是否|在线|存在|内在|潜在|饱和|求和|总和|之和|还原|还剩|会话|学会|给定|给出|" +
      "参与|与门|或门|涉及|跟踪|除了)|" +
      "为什么|什么时候|什么意思|什么|怎么样|怎么办|怎么|怎样|如何|为何|哪一个|哪些|哪个|哪里|哪种|" +
      "是不是|能不能|可不可以|有没有|要不要|会不会|请问|一下|可以|应该|到底|" +
      "不用|的话|的|了|吗|呢|吧|啊|嘛|么|是|和|与|跟|或者|或|以及|及|在|把|被|给|让|" +
      "这个|那个|这|那|它们|它|我们|我|你|也|都|就|还|才|很|啥|咋|会|该",
    "g",
  );

  // These too, where they stand alone.
  const HAN_SMALL = new Set("有不没要能可想会用从到对为将当比向往上下里中内外前后时来去做得地着过再又只最更太多少几");

  // Signs that sound or look alike, one of which is easily typed for another.
  const ALIKE = (
    "向项象像相响 序续绪叙 列例裂烈 始使驶 型形行 忘望旺 置值制致 失逝实湿 层曾 阈阀 重充种众 藏臧仓 元原圆员源 " +
    "训讯迅 练炼恋 输书数属 码马吗 掩眼演 截戒接节 断段短 裁栽采材财 剪减简检 弃气 规归 化话画花 精经径 络路 " +
    "部步布 署暑数 量两亮 偏片篇骗 后候 包饱报 填田添 冲充 补捕 预遇语 测侧策 敛脸练连 块快 率律绿 度渡 梯提题 批坯 " +
    "态太泰 环还 循寻训 权全泉 参餐 损孙笋 初出除 嵌签 遗移疑 门们 导倒到 摸模膜磨 拟你 线限现 性型 束树数 标表 " +
    "期其 据居剧 图途 推退 稀吸 函含涵 合和核 单担 存纯 困捆 惑或获 熵商 双霜 隐引 单淡 词次 掉吊 优有 并病 尺迟"
  ).split(" ");

  // Ranges written out: \p{Script=Han} and its like take many times as long.
  const HAN_SIGN = "\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff";
  const LATIN = "∂?[\\w\\u00c0-\\u024f\\u0370-\\u03ff]+";
  // A Latin word may hold dots, and may end in an index: nn.GRU, h_n[-1], out[:, -1].
  const INDEX = "(?:\\[[^\\]\\n]{1,20}\\])?";
  const TOKEN = new RegExp(`${LATIN}(?:\\.${LATIN})*${INDEX}|[${HAN_SIGN}]+`, "g");
  const HAN = new RegExp(`^[${HAN_SIGN}]`);
  const CAMEL = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\0-\x7f]+/g;
  const TYPE = /^[A-Z]\w*(?:Error|Warning)$/; // of a message, before its words
  const NUMBER = /^[\d_.]+(?:[xe][\d_.]+)*$/;

  // Whether a term is worth painting; why is worth looking for.
  const weighs = (term) =>
    HAN.test(term) || (term.length > 1 && term !== "why" && !NUMBER.test(term));

  // Without accents, and without the braces of LaTeX's subscripts.
  const COMPOSED =
    /[\u00aa\u00b2\u00b3\u00b9-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u036f\u1e00-\u1fff\u2070-\u214f\uf900-\uff00\uff02-\uff07\uff10-\uff19\uff21-\uff3d\uff3f-\uffef]|\ud835/;
  const decomposed = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const plain = (text) => (COMPOSED.test(text) ? decomposed(text) : text) // as most texts are
    .replace(/_\{([^{}]*)\}/g, "_$1").replace(/\u2212/g, "-");
  // The same, and Chinese in simplified signs, letter by letter, so that a place in the result is a
  // place in the text.
  const simplified = globalThis.gateSimplified;
  const even = (text) =>
    simplified(text.replace(/[\u00c0-\u024f]/g, (sign) => sign.normalize("NFD")[0]));

  // English words without their endings, whichever side of the sea they are from.
  function stemmed(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    if (/^[dltv](?:ying|ied|ies)$/.test(word)) return `${word[0]}ie`; // too short for what follows
    let w = word.replace(/ies$/, "y").replace(/([aiu]s|ss|x|ch|sh)es$/, "$1");
    w = w.replace(/([^aius])s$/, "$1");
    w = w.replace(/i[sz]ations?$/, "ize").replace(/i[sz](e|er|ed|ing)$/, "iz$1");
    w = w.replace(/our$/, "or").replace(/ly$/, "");
    const bare = w.replace(/(?:ing|ed|er|est)$/, "");
    if (bare !== w && bare.length > 2 && /[aeiouy]/.test(bare)) {
      w = bare.replace(/([^aeiouls])\1$/, "$1");
    }
    w = w.replace(/([a-z]{3})ences?$/, "$1ent").replace(/([a-z]{3})ances?$/, "$1ant");
    w = w.replace(/ll$/, "l").replace(/e$/, "");
    return w.replace(/y$/, "i");
  }

  // A Latin word's term, and those of its pieces: of h_n[:, -1], h_n and the index. A letter or a
  // number by itself is no piece.
  const known = new Map(); // what was made of each word
  function latin(raw) {
    let found = known.get(raw);
    if (!found && /^[a-z]+$/.test(raw)) {
      found = { whole: stemmed(raw), pieces: [] };
      known.set(raw, found);
    } else if (!found) {
      // LSTMs are more than one LSTM.
      const whole = stemmed(
        raw.replace(/([A-Z])s$/, "$1").replace(/\s+/g, "").replace(/(?:,:)+\]$/, "]").toLowerCase(),
      );
      const pieces = /^[A-Z]?[a-z]*$/.test(raw) ? [] : raw.match(CAMEL) ?? [];
      const [, name, place] = whole.match(/^([^[]+)(\[.*[:,-].*)$/) ?? [];
      const stems = pieces.map((piece) => stemmed(piece.toLowerCase())).filter((piece) => weighs(piece));
      if (name) stems.push(name, place);
      if (whole[0] === "∂") stems.push(whole.slice(1));
      found = { whole, pieces: [...new Set(stems)].filter((piece) => piece !== whole) };
      known.set(raw, found);
    }
    return found;
  }

  // Chinese is cut into pairs of signs, of which each word of two or more is made.
  function pairs(run) {
    if (run.length < 2) return [run];
    const found = [];
    for (let n = 1; n < run.length; n++) found.push(run.slice(n - 1, n + 1));
    return found;
  }

  // Where words of two signs and more begin and end in a Chinese run, if the browser knows any; the
  // names are words too.
  const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });
  const alike = new Map(); // each sign: those for which it may stand
  for (const group of ALIKE) {
    for (const sign of group) alike.set(sign, [...(alike.get(sign) ?? []), ...group]);
  }

  const isWord = (segment) => segment.length > 1 || HAN_SMALL.has(segment);
  const cutUp = (run) => [...(segmenter?.segment(run) ?? [])].map(({ segment }) => segment);
  function borders(run, names) {
    const found = new Set();
    let last = "";
    for (const { segment, index } of segmenter?.segment(run) ?? []) {
      const isApart = isWord(last) && isWord(segment);
      const areSigns = last.length + segment.length === 2; // of which one is a small word
      if (index && (isApart || (areSigns && (isWord(last) || isWord(segment))))) found.add(index);
      last = segment;
    }
    for (const name of names) {
      for (let at = run.indexOf(name); at >= 0; at = run.indexOf(name, at + 1)) {
        for (let n = 1; n < name.length; n++) found.delete(at + n);
      }
    }
    return found;
  }

  const apart = new Set(); // Chinese pairs that stand by themselves, and so are words

  // Whether one of a heading and a query is a part of the other, whatever their numbers.
  const numberless = (text) =>
    plain(text).toLowerCase().replace(/\d+/g, "0").replace(/\s+/g, " ").trim();
  const isWithin = (heading, query) =>
    heading.includes(query) || (heading.length > MESSAGE && query.includes(heading));

  const key = (list) => [...list].sort().join(" ");
  const isSymbol = ([term, next]) => !next && /^.(?:_t)?$/.test(term);

  // Which letters a word has, as bits, and how many only one of two words has: of words that are
  // spelt nearly alike, few.
  function letters(word) {
    let bits = 0;
    for (let n = 0; n < word.length; n++) bits |= 1 << (word.charCodeAt(n) & 31);
    return bits;
  }
  function others(one, other) {
    let bits = one ^ other, count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  }

  // Damerau's distance between two words, or more than `most`.
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, n) => n);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  const width = (text) => text.length + (text.match(/[\u2e80-\uffef]/g) ?? []).length;

  // Where a text has the terms: from, to, term.
  function found(text, weights) {
    const places = [];
    for (const { 0: raw, index: at } of text.matchAll(TOKEN)) {
      if (HAN.test(raw)) {
        pairs(raw).forEach((pair, n) => {
          if (weights.has(pair)) places.push([at + n, at + n + pair.length, pair]);
        });
      } else {
        const { whole, pieces } = latin(raw);
        const term = weights.has(whole) ? whole : pieces.find((piece) => weights.has(piece));
        if (term) places.push([at, at + raw.length, term]);
      }
    }
    return places;
  }

  // Places that touch or overlap, as one.
  function joined(places) {
    const whole = [];
    for (const [from, to] of places) {
      const last = whole.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else whole.push([from, to]);
    }
    return whole;
  }

  // The place from which most of the terms are near.
  function best(places, weights, near) {
    let best = 0, value = 0;
    places.forEach(([from], n) => {
      const terms = new Set();
      for (let k = n; k < places.length && places[k][1] - from < near; k++) terms.add(places[k][2]);
      const sum = [...terms].reduce((all, term) => all + weights.get(term), 0);
      if (sum > value) [best, value] = [from, sum];
    });
    return best;
  }

  // The beginning of the sentence there, or else of a word not far before it.
  function begin(text, place) {
    const before = text.slice(Math.max(0, place - 60), place);
    const sentence = before.match(/^.*(?:[。！？；]|[.!?;:|] )/su);
    if (sentence) return place - before.length + sentence[0].length;
    if (place <= 60) return 0;
    const words = before.slice(-24).match(/[\s，、·]+(?=\S)|(?=\p{Script=Han})/u);
    return words ? place - Math.min(24, before.length) + words.index + words[0].length : place;
  }

  // An end at a space, and not behind a sentence that leads on to what is not shown.
  function lastBreak(text, start, end) {
    const cutAt = end < text.length ? text.slice(start, end).search(/\s+\S*$/) : -1;
    const last = cutAt > (end - start) * 0.8 ? start + cutAt : end;
    const whole = text.slice(start, last).match(/^(.*(?:[。！？；]|[.!?](?= ))).*[:：]\s*$/su)?.[1] ?? "";
    return width(whole) > LEAST ? start + whole.length : last;
  }

  const little = new Set(LITTLE.map(stemmed));
  const weigh = (term) =>
    EVERYWHERE.has(term) ? EVERYWHERE_WEIGHT : little.has(term) ? LITTLE_WEIGHT : 1;

  return (index) => {
    const numbers = new Map(), terms = []; // of each term, and back
    const ofWords = new Map(), ofPairs = new Map(); // the terms of what was met before, by number
    const read = [], ends = []; // the terms of all fields of all sections, and where each ends
    const lengths = Array.from({ length: index.count }, () => FIELDS.map(() => 0));
    const averages = FIELDS.map(() => 0);
    let starts, entries; // where a term's entries begin; of each: section, field, how often

    // Reading all sections takes a slow phone half a second, in which it may be typed on.
    async function enter() {
      const titles = index.pages.map(([, title]) => title); // with their words
      for (let n = 0; n < index.count; n++) {
        if (n === index.sections.length) await new Promise((more) => { index.more = more; });
        else if (n % 100 === 99) await new Promise((later) => setTimeout(later));
        const [page, id, heading, words, ...texts] = index.sections[n];
        if (!id) titles[page] += ` ${words}`;
        for (const text of [heading, words, ...texts, id ? titles[page] : ""]) {
          readText(plain(text));
          ends.push(read.length);
        }
        headings.push(asking(heading));
        messages.push(numberless(heading));
      }
      sort();
    }

    // The terms by which a text is found.
    function readText(text) {
      for (const raw of text.match(TOKEN) ?? []) {
        if (HAN.test(raw)) {
          if (raw.length === 2) apart.add(raw);
          for (let at = Math.min(1, raw.length - 1); at < raw.length; at++) read.push(ofPair(raw, at));
        } else {
          let found = ofWords.get(raw);
          if (!found) {
            const { whole, pieces } = latin(raw);
            ofWords.set(raw, (found = [whole, ...pieces].map(numbered)));
          }
          for (const term of found) read.push(term);
        }
      }
    }

    // A pair that was met before need not be cut out of its text.
    function ofPair(run, at) {
      const one = at && run.charCodeAt(at - 1), other = run.charCodeAt(at);
      let after = ofPairs.get(one);
      if (!after) ofPairs.set(one, (after = new Map()));
      let found = after.get(other);
      if (found === undefined) {
        found = numbered(simplified(run.slice(Math.max(0, at - 1), at + 1)));
        after.set(other, found);
      }
      return found;
    }

    function numbered(term) {
      let number = numbers.get(term);
      if (number === undefined) {
        number = terms.push(term) - 1;
        numbers.set(term, number);
      }
      return number;
    }

    // From the terms of each field to the fields of each term, which are counted first and then laid
    // out in one row: a list for each term would take a phone twice as long.
    function sort() {
      const last = new Int32Array(terms.length).fill(-1), next = new Int32Array(terms.length + 1);
      for (let field = 0, at = 0; field < ends.length; field++) {
        for (; at < ends[field]; at++) {
          if (last[read[at]] !== field) next[read[at] + 1] += 3;
          last[read[at]] = field;
        }
      }
      for (let term = 0; term < terms.length; term++) next[term + 1] += next[term];
      starts = next.slice();
      entries = new Int32Array(starts.at(-1));
      last.fill(-1);
      for (let place = 0, at = 0; place < ends.length; place++) {
        const n = Math.floor(place / FIELDS.length), field = place % FIELDS.length;
        for (; at < ends[place]; at++) {
          const term = read[at];
          if (last[term] !== place) {
            last[term] = place;
            entries[next[term]] = n;
            entries[next[term] + 1] = field;
            next[term] += 3;
            lengths[n][field]++;
          }
          entries[next[term] - 1]++;
        }
        averages[field] += lengths[n][field] / index.count;
      }
      read.length = ends.length = 0;
    }

    function entriesOf(term) {
      const number = numbers.get(term);
      return number === undefined ? [] : entries.subarray(starts[number], starts[number + 1]);
    }
    const often = (term) => entriesOf(term).length;

    // How rare a term is in each field: half of it by the sections that have it there, half by those
    // that have it at all.
    const rarities = new Map();
    function rarity(term) {
      let found = rarities.get(term);
      if (!found) {
        const list = entriesOf(term), all = new Set(), counts = FIELDS.map(() => 0);
        for (let at = 0; at < list.length; at += 3) {
          all.add(list[at]);
          counts[list[at + 1]]++;
        }
        const rare = (count) => Math.log(1 + (index.count - count + 0.5) / (count + 0.5));
        found = counts.map((count) => (rare(count) + rare(all.size)) / 2);
        rarities.set(term, found);
      }
      return found;
    }

    // BM25+ over all fields, of terms any of which will do: each section's best.
    function score(terms) {
      const best = new Map();
      for (const [term, weight] of terms) {
        const list = entriesOf(term), rare = list.length && rarity(term);
        for (let at = 0; at < list.length;) {
          const n = list[at];
          let value = 0;
          for (; list[at] === n; at += 3) {
            const field = list[at + 1], often = list[at + 2];
            const long = 1 - BM25.b + BM25.b * lengths[n][field] / averages[field];
            const much = BM25.d + often * (BM25.k + 1) / (often + BM25.k * long);
            value += weight * FIELDS[field] * rare[field] * much;
          }
          if (!(best.get(n) >= value)) best.set(n, value);
        }
      }
      return best;
    }

    // Each term's name here, and what others call it.
    const spelt = (form) => (/^[a-z]$/.test(form) ? [form, `${form}_t`] : [form]);
    const forms = index.terms.flatMap(([id, name, ...others]) =>
      [name, ...others.flatMap(spelt)].map((form) => (
        { id, form: listed(form), key: key(listed(form)), name: listed(name), heading: asking(name) })));
    const names = index.terms.flat().filter((name) => /^\p{Script=Han}{3,}$/u.test(name));
    const headings = [], messages = []; // of each section
    const ready = enter();

    // A query's words: each is { term, parts, raw, at, isHan }.
    function words(query) {
      const found = [];
      for (const raw of plain(query).match(TOKEN) ?? []) {
        if (HAN.test(raw)) {
          pairs(raw).forEach((term, at) => found.push({ term, parts: [], raw, at, isHan: true }));
        } else {
          const { whole, pieces } = latin(raw);
          found.push({ term: whole, parts: pieces, raw });
        }
      }
      return found;
    }

    function listed(query) {
      return words(query).map(({ term }) => term);
    }

    function asking(text) {
      return key(content(text).map(({ term }) => term));
    }

    // Without what stands between the words or before a message, and without bare numbers, if
    // anything is left then that tells one section from another.
    function content(query) {
      const every = words(query);
      const cleaned = plain(query).replace(ASKER, " ").replace(HAN_GLUE, (glue, word) => word ?? " ");
      const kept = words(cleaned).filter(
        ({ term, raw }) =>
          !FUNCTION_WORDS.has(raw.toLowerCase()) && !HAN_SMALL.has(raw) && !NUMBER.test(term) &&
          !TYPE.test(raw),
      );
      const chosen = kept.length === 1 || kept.some(({ term }) => weigh(term) === 1) ? kept : every;
      const seen = new Set();
      return chosen.filter(({ term }) => !seen.has(term) && seen.add(term));
    }

    const isKnown = (term) => numbers.has(term);

    // The commonest terms that fit.
    function commonest(fits, most) {
      const found = terms.filter(fits).map((term) => [term, often(term)]);
      return found.sort((a, b) => b[1] - a[1]).slice(0, most).map(([term]) => term);
    }

    const beginning = (word) =>
      commonest((term) => term.length > word.length && term.startsWith(word), BEGUN_MOST);

    // What is spelt nearly as a word that the index does not know: words and their terms.
    function nearly(word) {
      if (word.length < 4) return [];
      const own = letters(word);
      let nearest = word.length < 8 ? 1 : 2, found = new Map();
      for (const [raw, { whole: term }] of known) {
        const other = raw.toLowerCase();
        if (other.length < 3 || others(own, letters(other)) > 2 * nearest || !isKnown(term)) continue;
        const far = distance(word, other, nearest);
        if (far > nearest) continue;
        if (far < nearest) found = new Map();
        nearest = far;
        if (!found.has(term)) found.set(term, other);
      }
      return commonest((term) => found.has(term), 2).map((term) => [found.get(term), term]);
    }

    // Whether a word, unknown here, is one that stands between the words, misspelt: whcih.
    function isFunctionWord({ term, parts, raw, isHan }) {
      if (isHan || raw.length < 4 || isKnown(term) || parts.some(isKnown)) return false;
      const word = raw.toLowerCase();
      return [...FUNCTION_WORDS].some((other) => other.length > 3 && distance(word, other, 1) < 2);
    }

    // A query's words, each with the terms that will do for it and their weights; which terms to look
    // for besides; what was taken for another word; what no page has.
    function asked(query, isTyping) {
      const every = content(query), kept = every.filter((word) => !isFunctionWord(word));
      const all = kept.length ? kept : every, weights = new Map(), corrections = [], added = new Map();
      const want = (terms, term, weight) => {
        for (const map of [terms, weights]) map.set(term, Math.max(weight, map.get(term) ?? 0));
      };
      const cuts = new Map(); // of each Chinese run
      for (const word of all) {
        const { term, parts, raw, at, isHan } = word;
        if (isHan && !cuts.has(raw)) cuts.set(raw, borders(raw, names));
        const isAcross = isHan && cuts.get(raw).has(at + 1);
        const isFunction = FUNCTION_WORDS.has(raw.toLowerCase()) || HAN_SMALL.has(term);
        const weightOf = (each) => (isAcross || isFunction ? ACROSS_WEIGHT : weigh(each));
        word.weight = weightOf(term);
        const singular = term.replace(/s$/, ""); // of gpus, which looks like a word on -us
        word.terms = new Map();
        word.meant = term;
        const take = (terms, weight = 1) => {
          for (const each of terms) want(word.terms, each, weight * weightOf(each));
        };
        if (isHan && term.length === 1) {
          take(commonest((pair) => pair.includes(term), BEGUN_MOST), BEGUN_WEIGHT);
          if (isKnown(term)) take([term]);
        } else if (isKnown(term) || isKnown(singular)) {
          take([term, singular].filter(isKnown));
          if (!isKnown(term)) word.meant = singular;
        } else if (parts.some(isKnown)) {
          take(parts.filter(isKnown));
        } else if (!isHan) {
          const begun = term.length > 2 ? beginning(term) : [];
          const near = begun.length ? [] : nearly(raw.toLowerCase());
          take(begun, BEGUN_WEIGHT);
          take(near.map(([, meant]) => meant));
          if (near.length) {
            corrections.push([raw, near[0][0]]);
            word.meant = near[0][1];
          }
        }
        if (isTyping && word === all.at(-1) && !isHan && term.length > 1) {
          take(beginning(term), word.weight * BEGUN_WEIGHT);
        }
      }
      // Two words may be one here, such as drop out.
      all.slice(1).forEach((next, n) => {
        const whole = stemmed((all[n].raw + next.raw).toLowerCase());
        if (all[n].isHan || next.isHan || !isKnown(whole)) return;
        for (const each of [all[n], next]) want(each.terms, whole, 1);
      });
      // A name, where another form of it is asked for: however many words that has, it is one thing.
      const instead = (form, name, weight) => {
        for (const term of name) want(added, term, weight);
        const most = name.reduce((sum, term) => sum + weigh(term), 0) / form.length;
        for (const word of all.filter(({ term }) => form.includes(term) && !name.includes(term))) {
          const part = Math.min(1, most / word.weight);
          for (const [term, own] of word.terms) word.terms.set(term, own * part);
          word.weight *= part;
          word.instead = name;
        }
      };
      const list = listed(query), asked = key(all.map(({ meant }) => meant));
      let about = null; // the term, if nothing else is asked for
      for (const { id, form, key, name, heading } of forms) {
        if (key === asked && (list.length === 1 || !isSymbol(form))) {
          about = { id, heading };
          instead(form, name, 1);
        }
        if (form.join("").length === 1) continue; // it may stand for much else
        const isThere = list.some((_, n) => form.every((term, k) => list[n + k] === term));
        if (isThere) instead(form, name, ALIAS_WEIGHT);
      }
      for (const [written, name] of misspelt(query)) {
        corrections.push([written, name]);
        instead(pairs(written), pairs(name), 1);
      }
      const isMeant = ({ terms, instead }) => terms.size > 0 || instead;
      const meaningless = new Set(all.filter((word) => !isMeant(word)).map(({ term }) => term));
      const unknown = [...new Set(all.map(({ raw }) => raw))].flatMap((raw) => (
        HAN.test(raw) ? strange(raw, meaningless) : meaningless.has(latin(raw).whole) ? [raw] : []));
      const message = numberless(query);
      const isLong = all.filter(({ weight }) => weight > ACROSS_WEIGHT).length > 2;
      const isExact = (n) => about
        ? index.sections[n][1] === about.id && headings[n] === about.heading
        : headings[n] === asked || (isLong && isWithin(messages[n], message));
      const isOf = (n) => all.every(({ meant }) => headings[n].split(" ").includes(meant));
      return { words: all, added, weights, corrections, unknown, isExact, isOf };
    }

    // The words of a Chinese run of which nothing is known: signs that no pair of theirs, other than
    // with a small one, joins to what is.
    function strange(run, meaningless) {
      const isSmall = (n) => HAN_SMALL.has(run[n]);
      const joins = (n) =>
        n >= 0 && n + 1 < run.length && !isSmall(n) && !isSmall(n + 1) && !meaningless.has(run.slice(n, n + 2));
      const signs = [...run].map((sign, n) => (isSmall(n) || joins(n - 1) || joins(n) ? " " : sign));
      return signs.join("").split(" ").filter((word) => word.length > 1 && !little.has(word));
    }

    // Chinese names with one wrong sign, such as 充置门 for 重置门.
    function misspelt(query) {
      const found = [];
      for (const run of plain(query).match(/\p{Script=Han}+/gu) ?? []) {
        const cuts = borders(run, names);
        for (const name of names) {
          for (let at = 0; at + name.length <= run.length; at++) {
            const written = run.slice(at, at + name.length);
            const wrong = [...written].filter((sign, n) => sign !== name[n]).length;
            if (wrong !== 1 || names.includes(written) || pairs(written).every(isKnown)) continue;
            // Of a name that only ends otherwise, the end is meant: 忘记传 is not 忘记门.
            const [typed, end] = [written.at(-1), name.at(-1)];
            if (typed !== end && !alike.get(typed)?.includes(end)) continue;
            if ([...cuts].some((cut) => cut > at && cut < at + name.length)) continue; // right words
            if (!found.some(([other]) => other.includes(written) || written.includes(other))) {
              found.push([written, name]);
            }
          }
        }
        for (let at = 1; at < run.length; at++) {
          const written = run.slice(at - 1, at + 1);
          if (isKnown(written) || cuts.has(at) || found.some(([other]) => other.includes(written))) continue;
          const other = meant(written);
          if (other) found.push([written, other]);
        }
      }
      return found;
    }

    // What a pair of signs that no section has was to be, if another sign that sounds or looks alike
    // makes a known one of it.
    function meant([one, other]) {
      const near = [
        ...(alike.get(one) ?? []).map((sign) => sign + other),
        ...(alike.get(other) ?? []).map((sign) => one + sign),
      ];
      const isOneWord = (pair) => apart.has(pair) || cutUp(pair).length < 2;
      const likely = near.filter((pair) => isKnown(pair) && isOneWord(pair));
      return likely.sort((a, b) => often(b) - often(a))[0];
    }

    function ask(pasted, { isTyping = false } = {}) {
      const message = globalThis.gateMessage(pasted), query = simplified(message);
      const { words: all, added, weights, corrections, unknown, isExact, isOf } = asked(query, isTyping);
      const total = all.reduce((sum, { weight }) => sum + weight, 0);
      const scores = new Map(), covered = new Map();
      const add = (map, n, value) => map.set(n, (map.get(n) ?? 0) + value);
      const isAsked = ([term, weight]) => all.some(({ terms }) => terms.get(term) >= weight);
      for (const each of [...added].filter((each) => !isAsked(each))) {
        for (const [n, value] of score([each])) add(scores, n, value);
      }
      for (const { terms, instead = [], weight } of all) {
        const found = score(terms);
        for (const [n, value] of found) add(scores, n, value);
        const also = score(instead.map((term) => [term, 1]));
        for (const n of new Set([...found.keys(), ...also.keys()])) add(covered, n, weight);
      }
      const results = [...scores].map(([n, value]) => {
        const rank = value * (covered.get(n) ?? 0) / total * index.pages[index.sections[n][0]][2];
        return { n, score: isExact(n) ? rank * EXACT : rank };
      });
      results.sort((a, b) => b.score - a.score || a.n - b.n);
      const isMessage = message !== pasted; // of whose words none is anybody's own
      return {
        groups: grouped(results, isOf),
        corrections: isMessage ? [] : corrections,
        unknown: isMessage ? [] : unknown,
        weights: seen(weights),
      };
    }

    // The terms that are painted: without z, 1 and the like, unless nothing else is asked for.
    function seen(weights) {
      const found = [...weights].filter(([term, weight]) => weighs(term) && weight >= SEEN_WEIGHT);
      return found.length ? new Map(found) : weights;
    }

    // The best sections, best first; those of a page that follow one another stand together.
    function grouped(results, isOf) {
      const groups = [], counts = new Map();
      let shown = 0;
      for (const result of results) {
        const section = index.sections[result.n], page = index.pages[section[0]];
        const count = (counts.get(page) ?? 0) + 1;
        if (count > OF_A_PAGE) continue;
        counts.set(page, count);
        if (groups.at(-1)?.page !== page) groups.push({ page, found: [] });
        groups.at(-1).found.push({ section, isOf: isOf(result.n), ...result });
        if (++shown === SHOWN) break;
      }
      return groups;
    }

    // What a result shows: of a group of sections, which they are.
    function text(n) {
      const [page, id, , , text, code, folded] = index.sections[n];
      if (!id && index.pages[page][4]) return index.pages[page][4];
      if (text || folded || code) return text || folded || code;
      const inside = [];
      for (const [, , heading, , text] of index.sections.slice(n + 1)) {
        if (!text) break;
        inside.push(heading);
      }
      return inside.join(" · ");
    }

    // Cut a text to two lines, where most of the words are; gives its pieces, each with whether it
    // was asked for.
    function excerpt(text, weights, { fromStart = false, most = 170 }) {
      const whole = even(text), places = found(whole, weights);
      const length = Math.round(most * text.length / Math.max(1, width(text)));
      let start = 0;
      if (!fromStart && text.length > length) start = begin(whole, best(places, weights, length));
      const end = lastBreak(text, start, Math.min(text.length, start + length));
      const pieces = start > 0 ? [["… ", false]] : [];
      let at = start;
      for (const [from, to] of joined(places)) {
        if (to <= start || from >= end) continue;
        const begun = Math.max(from, at);
        pieces.push([text.slice(at, begun), false], [text.slice(begun, to), true]);
        at = to;
      }
      pieces.push([text.slice(at, Math.max(end, at)) + (end < text.length ? " …" : ""), false]);
      return pieces.filter(([piece]) => piece);
    }

    // What a section has of the terms, as it writes them.
    function present([, , ...texts], weights) {
      const words = new Set();
      const rare = [...weights.keys()].filter((term) => !EVERYWHERE.has(term));
      const wanted = new Map((rare.length ? rare : [...weights.keys()]).map((term) => [term, 1]));
      for (const text of texts) {
        for (const [from, to] of joined(found(even(text), wanted))) words.add(text.slice(from, to));
      }
      return [...words].slice(0, MARKED);
    }

    return { SHOWN, ready, ask, text, excerpt, present };
  };
})();
