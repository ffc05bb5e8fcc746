"use strict";
// The letters of a text, as letters.py has them, by the rows of its table that the page holds: search agrees with `yinzheng find`.
const foldBy = (rows) => {
  const map = new Map(), space = new Set(), combine = new Set(), between = new Map(), sign = new Map();
  const character = (code) => String.fromCodePoint(parseInt(code, 16));
  for (const name of ["space", "mark", "combine"])
    for (const row of rows[name]) {
      const [first, last] = row.split("-").map((code) => parseInt(code, 16));
      for (let code = first; code <= (last || first); code++) {
        const one = String.fromCodePoint(code);
        if (name === "combine") combine.add(one); else map.set(one, "");
        if (name === "space") space.add(one);
      }
    }
  for (const [name, to] of [["between", between], ["sign", sign], ["map", map]])
    for (const row of rows[name]) { const [one, ...out] = row.split(" ").map(character); to.set(one, out.join("")); }
  for (const row of rows.fold) for (const one of row) map.set(one, String.fromCodePoint(row.codePointAt()));

  const letter = (one) => { const found = map.get(one); return found === undefined ? one : found; };
  const joined = (mapped, previous, at) => {  // <= is ≤
    if (previous < 0 || mapped[at] !== "=" || !"<>".includes(mapped[previous] || " ")) return at;
    mapped[previous] = mapped[previous] === "<" ? "≤" : "≥";
    mapped[at] = "";
    return previous;
  };
  function visible(points, at, step, most) {
    const found = [];
    for (at += step; at >= 0 && at < points.length && most; at += step)
      if (!space.has(points[at])) { found.push(points[at]); if (!combine.has(points[at])) most--; }
    return (step < 0 ? found.reverse() : found).join("").normalize("NFC");
  }
  function isMinus(points, at) {
    const before = visible(points, at, -1, 7), after = visible(points, at, 1, 24);
    const last = Array.from(before).pop() || "", next = Array.from(after)[0] || "", end = Array.from(letter(last)).pop() || "";
    if (/[\p{L}\p{N}]/u.test(end) && end < "⺀") return false;
    if ((between.get(last) || last) === "-" || sign.has(next)) return false;
    const unit = /\p{Nd}([⺀-\u{e0000}]{1,6})$/u.exec(before), number = /^\p{Nd}[\p{Nd}.,．，]*/u.exec(after);
    return !(unit && number && after.startsWith(unit[1], number[0].length));
  }
  const SIGNS = "\\-－﹣−+＋﹢±<＜﹤>＞﹥≤≦⩽≥≧⩾=＝﹦";
  const BLANK = "[\\s\\x00-\\x1f\\x7f-\\x9f\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]*";
  const SIGNED = new RegExp(`(?:[${SIGNS}]${BLANK}[/／]?${BLANK}){1,3}(?:(?:[A-Za-zＡ-Ｚａ-ｚ]${BLANK}){0,3}[$€£¥₩₹￥＄￡￦]${BLANK})?` +
    `[.．]?(?=${BLANK}\\p{Nd})`, "gu");
  function context(points, flat, mapped) {
    for (const match of flat.matchAll(SIGNED))
      for (let at = match.index, previous = -1; at < match.index + match[0].length; at++) {
        const made = ".．".includes(points[at]) ? "." : sign.get(points[at]);
        if (made && !mapped[at] && (made !== "−" || points[at] === "−" || isMinus(points, at))) {
          mapped[at] = made;
          previous = joined(mapped, previous, at);
        }
      }
    for (const match of flat.matchAll(/\p{Nd}([^\p{L}\p{N}]+)(?=\p{Nd})/gu))
      for (let at = match.index + 1, previous = -1; at < match.index + match[0].length; at++) {
        const one = points[at];
        if (letter(one) || space.has(one)) continue;
        const made = between.get(one) || (one === "-" ? one : sign.get(one) || one);
        mapped[at] = made === "-" && previous >= 0 && mapped[previous] === "-" ? "" : made;
        if (mapped[at]) previous = joined(mapped, previous, at);
      }
  }
  function compose(points, mapped) {
    for (let start = 0, at = 1; at <= points.length; at++) {
      if (at < points.length && combine.has(points[at])) continue;
      const plain = mapped.slice(start, at).join(""), composed = plain.normalize("NFC");
      if (plain !== composed) mapped.fill("", start, at)[start] = Array.from(composed, letter).join("");
      start = at;
    }
  }
  // `out`: the letters; of each of its units, `at` and `ends`: where its character begins, and where what combines with it ends.
  return (text) => {
    const points = Array.from(text), mapped = points.map(letter);
    // One unit for each character, of its kind, so that places in it are places among the characters.
    const flat = text.replace(/[\u{10000}-\u{10ffff}]/gu, (one) => /\p{Nd}/u.test(one) ? "0" : /[\p{L}\p{N}]/u.test(one) ? "字" : "☺");
    context(points, flat, mapped);
    const whole = mapped.join("");
    if (whole !== whole.normalize("NFC")) compose(points, mapped);
    const at = [], ends = [], after = new Array(points.length);
    let place = text.length, end = place, out = "";
    for (let n = points.length - 1; n >= 0; n--) {
      after[n] = end;
      place -= points[n].length;
      if (!combine.has(points[n]) && !/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(points[n])) end = place;
    }
    mapped.forEach((made, n) => {
      for (let k = 0; k < made.length; k++) { at.push(place); ends.push(after[n]); }
      out += made;
      place += points[n].length;
    });
    if (!out.includes(",")) return {out, at, ends};
    const keep = new Array(out.length).fill(true);
    for (const match of out.matchAll(/[\p{Nd}.,]+/gu)) {
      const thousands = /^[1-9]\p{Nd}{0,2}(?:,\p{Nd}{3})+(?!\p{Nd}|,\p{Nd})/u.exec(match[0]);
      for (let n = 0; thousands && n < thousands[0].length; n++) keep[match.index + n] = thousands[0][n] !== ",";
    }
    const kept = (_, n) => keep[n];
    return {out: out.split("").filter(kept).join(""), at: at.filter(kept), ends: ends.filter(kept)};
  };
};
