"use strict";
(() => {
const $ = (id) => document.getElementById(id), root = document.documentElement;
const D = JSON.parse($("data").textContent), W = D.words;
const keep = (key, value) => { try { localStorage.setItem("yinzheng-" + key, value); } catch { /* a file may have none */ } };
const kept = (key) => { try { return localStorage.getItem("yinzheng-" + key); } catch { return null; } };
const paragraphs = [...document.querySelectorAll(".p")];
const index = new Map(D.paragraphs.map((one, at) => [one.id, at]));
const element = (at) => $(D.work + "." + D.paragraphs[at].id);
// Asked of the switch, and not of the layout: rows outside the window have none yet, and asking would make it.
const shown = (p) => { const box = $("ed-" + p.parentElement.dataset.e); return !box || box.checked; };

// Elements, never markup: what a text says stays text.
function make(tag, attributes, ...inside) {
  const one = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {}))
    if (key.startsWith("on")) one.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) one.setAttribute(key, value === true ? "" : value);
  one.append(...inside.flat().filter((part) => part !== null && part !== undefined));
  return one;
}
const both = (zh, en) => [make("span", {class: "u-zh", lang: "zh-" + (script === "hans" ? "Hans" : "Hant")}, turned(zh)),
  make("span", {class: "u-en", lang: "en"}, en)];
const word = (key) => both(...(W[key] || [key, key]));
const say = (zh, en) => { $("said").textContent = root.dataset.ui === "zh" ? turned(zh) : en; };
const bdi = (text, lang) => make("bdi", {lang}, text);

// ---- the text as it is stored, and in the other script ----
const nodes = new Map();  // of a paragraph: its text nodes, and what they hold in its own script
let script = null;
function pieces(p) {
  let found = nodes.get(p);
  if (!found) {
    const walk = document.createTreeWalker(p.querySelector("p,h2"), NodeFilter.SHOW_TEXT), list = [];
    while (walk.nextNode()) list.push(walk.currentNode);
    nodes.set(p, found = {list, own: list.map((node) => node.data)});
  }
  return found;
}
const stored = (at) => pieces(element(at)).own.join("");
const slice = (text, start, end) => Array.from(text).slice(start, end).join("");
const tables = {};
for (const [from, [one, other]] of Object.entries(D.turn)) {
  const to = Array.from(other);
  tables[from] = new Map(Array.from(one).map((character, at) => [character, to[at]]));
}
// Words of our own are Traditional, and from there the table is enough.
const turned = (text) => script === "hans" && tables.hant ? Array.from(text, (c) => tables.hant.get(c) || c).join("") : text;
function turn(p, own, to) {
  const {list, own: texts} = pieces(p);
  if (to === own) return list.forEach((node, at) => { node.data = texts[at]; });
  const odd = D.odd[p.dataset.p], table = tables[own];
  if (odd && typeof odd[0] === "string" && odd.length === list.length) return list.forEach((node, at) => { node.data = odd[at]; });
  const at = new Map(odd && Array.isArray(odd[0]) ? odd[0].map((place, n) => [place, Array.from(odd[1])[n]]) : []);
  let place = 0;
  list.forEach((node, n) => {
    node.data = Array.from(texts[n], (c) => { const other = at.get(place++); return other || table.get(c) || c; }).join("");
  });
}
function setScript(to) {
  script = to;
  folded.clear();
  for (const p of paragraphs) {
    const own = D.editions[D.paragraphs[p.dataset.p].e].script;
    if (!own) continue;
    p.lang = "zh-" + (to === "hans" ? "Hans" : "Hant");
    if (tables[own] && (to !== own || nodes.has(p))) turn(p, own, to);
  }
  document.querySelectorAll("[data-hans]").forEach((one) => {
    one.dataset.hant ??= one.textContent;
    one.textContent = one.dataset[to];
    one.lang = "zh-" + (to === "hans" ? "Hans" : "Hant");
  });
  document.querySelectorAll(".u-zh").forEach((one) => {
    one.dataset.own ??= one.textContent;
    one.textContent = turned(one.dataset.own);
    one.lang = "zh-" + (to === "hans" ? "Hans" : "Hant");
  });
  $("script").querySelectorAll("span").forEach((one, at) => one.classList.toggle("is", (to === "hans") === (at === 1)));
  if (open) show(open, false);
  if ($("q").value) search();
}

// ---- search: by letters, as `yinzheng find` ----
const fold = foldBy(D.fold), folded = new Map();
let hits = [], hit = -1;
function search() {
  const query = fold($("q").value).out;
  hits = []; hit = -1;
  if (window.CSS && CSS.highlights) ["hit", "here"].forEach((one) => CSS.highlights.delete(one));
  document.querySelectorAll(".found").forEach((one) => one.classList.remove("found"));
  $("hits").replaceChildren(...($("q").value && !query ? both("沒有可找的字：只有標點或符號", "nothing to look for: no letters") : []));
  if (!query) return;
  for (const p of paragraphs) {
    if (!shown(p)) continue;
    let form = folded.get(p);
    if (!form) folded.set(p, form = fold(pieces(p).list.map((node) => node.data).join("")));
    for (let from = form.out.indexOf(query); from >= 0; from = form.out.indexOf(query, from + query.length))
      hits.push({p, start: form.at[from], end: form.ends[from + query.length - 1]});
  }
  if (window.CSS && CSS.highlights) CSS.highlights.set("hit", new Highlight(...hits.slice(0, 5000).map(range)));
  else hits.forEach((one) => one.p.classList.add("found"));
  count();
}
function count() {
  const where = hit < 0 ? String(hits.length) : (hit + 1) + " / " + hits.length;
  $("hits").replaceChildren(...both(hits.length ? where + " 處" : "沒有", hits.length ? where : "none"));
}
function range({p, start, end}) {
  const {list} = pieces(p), found = document.createRange();
  let before = 0, begun = false;
  for (const node of list) {
    const after = before + node.data.length;
    if (!begun && start < after) { found.setStart(node, start - before); begun = true; }
    if (begun && end <= after) { found.setEnd(node, end - before); break; }
    before = after;
  }
  return found;
}
function go(step) {
  if (!hits.length) return;
  hit = hit < 0 ? (step > 0 ? 0 : hits.length - 1) : (hit + step + hits.length) % hits.length;
  count();
  if (window.CSS && CSS.highlights) CSS.highlights.set("here", new Highlight(range(hits[hit])));
  hits[hit].p.scrollIntoView({block: "center"});
}

// ---- the panel ----
let open = null, last = null;  // {note} or {p}; where the focus was
const noteOf = (n) => D.notes[n];
const [ID, P, START, END, TYPE, LABEL, STATUS, BY, CREATED, KIND, WORDS, MORE] = Array(12).keys();
const TYPES = ["claim", "entity", "figure"];
function quoted(n) {
  const note = noteOf(n), p = element(note[P]);
  let text = "";
  for (const mark of p.querySelectorAll("mark")) if (mark.dataset.n.split(" ").includes(String(n))) text += mark.textContent;
  return bdi(text, p.lang);
}
function named(id, plain) {
  const name = D.names[id];
  if (!name) return plain ? id : bdi(id);
  const zh = (script === "hans" ? name.hans || name.hant : name.hant || name.hans), parts = [];
  if (zh) parts.push(bdi(zh, script === "hans" ? "zh-Hans" : "zh-Hant"));
  if (zh && name.en) parts.push(" · ");
  if (name.en) parts.push(bdi(name.en, "en"));
  const row = parts.length ? null : $(D.work + "." + id);
  if (!parts.length) parts.push(bdi(row ? row.querySelector("th").textContent : id));
  return make("a", {href: "#" + D.work + "." + id}, parts);
}
// As recorded; digits before the point in threes.
const grouped = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
const numbers = (value) => typeof value === "number" ? String(value).replace(/^-?\d+/, grouped) : String(value);
const link = (id) => { const n = noteIndex.get(id); return n === undefined ? bdi(id) : make("button", {type: "button", onclick: () => show({note: n})}, quoted(n)); };
const linked = new Map();
for (const [one, start, end, other, first, last] of D.links) {
  linked.set(one, [...(linked.get(one) || []), [start, end, other, first, last]]);
  linked.set(other, [...(linked.get(other) || []), [first, last, one, start, end]]);
}
const noteIndex = new Map(D.notes.map((note, n) => [note[ID], n]));
function value(key, one) {
  if (one === true) return word("yes");
  if (["name", "speaker", "payer", "payee", "subject"].includes(key)) return named(one);
  if (["evidence", "equals"].includes(key)) return [].concat(one).flatMap((id, at) => [at ? " " : "", link(id)]);
  if (key === "attribution" && W["who-" + one]) return word("who-" + one);
  if (Array.isArray(one)) return one.map(numbers).join(", ");
  if (/_zh$/.test(key)) return bdi(turned(one), script === "hans" ? "zh-Hans" : "zh-Hant");
  return bdi(numbers(one), /_en$/.test(key) ? "en" : null);
}
function details(note) {
  const rows = Object.entries(note[MORE]).map(([key, one]) => [word("col-" + key), value(key, one)]);
  if (note[MORE].name) {
    const name = D.names[note[MORE].name];
    for (const key of ["abbr", "aka", "note"]) if (name && name[key]) rows.push([word("name-" + key), bdi(name[key])]);
    if (name && name.wikidata) rows.push([["Wikidata"], make("a", {href: "https://www.wikidata.org/wiki/" + encodeURIComponent(name.wikidata), rel: "noreferrer"}, name.wikidata)]);
  }
  if (D.statuses[note[STATUS]] !== "accepted") rows.push([word("col-status"), word("status-" + D.statuses[note[STATUS]])]);
  rows.push([word("col-by"), [bdi(D.people[note[BY]]), " · ", make("time", {datetime: note[CREATED]}, note[CREATED].slice(0, 10))]]);
  return make("dl", null, rows.flatMap(([term, what]) => [make("dt", null, term), make("dd", null, what)]));
}
// What stands for a place in another edition: links lead there, also through an edition that is not in the page.
function twins(id, start, end) {
  const seen = new Set([id]), found = new Map();
  for (let row = [[id, start, end]], step = 0; row.length && step < 2; step++) {
    const next = row.flatMap(([here, low, high]) => (linked.get(here) || [])
      .filter(([first, last, there]) => first < high && low < last && !seen.has(there))
      .map(([, , ...place]) => place));
    for (const place of next) {
      seen.add(place[0]);
      if (index.has(place[0])) found.set(place.join(), place);
    }
    row = next;
  }
  return [...found.values()];
}
function twinned(note) {
  const list = [], ranges = [];
  for (const [id, start, end] of twins(D.paragraphs[note[P]].id, note[START], note[END])) {
    const p = element(index.get(id)), own = stored(index.get(id)), text = pieces(p).list.map((node) => node.data).join("");
    const unit = (at) => slice(own, 0, at).length;
    if (!shown(p) || text.length !== own.length) continue;
    list.push(make("blockquote", {lang: p.lang}, text.slice(unit(start), unit(end))));
    ranges.push(range({p, start: unit(start), end: unit(end)}));
  }
  if (window.CSS && CSS.highlights) CSS.highlights.set("twin", new Highlight(...ranges));
  return list.length ? [make("h3", null, word("twin")), ...list] : [];
}
function citation(at, kind, words, start, end) {
  const p = D.paragraphs[at], cell = D.kinds[kind];
  if (!cell) return [make("p", {class: "notice"}, word("no-citation"))];
  const own = slice(stored(at), start, end), [between, block] = words || [own, own];
  const raised = (text) => text.replace(/[0-9]/g, (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).replace(/[-–]/g, "⁻");
  const values = [between, block, String(p.n), p.page || "", raised(p.page || ""), p.section || ""];
  const text = (style) => {
    const [head, tail] = cell[style];
    const signs = D.signed.includes(kind) ? /[\ue000-\ue005]/g : /(?!)/;  // else they are the text's own
    return D.strings[head].replace(signs, (sign) => values[sign.charCodeAt() - 0xe000]) + "\n\n" + D.strings[tail];
  };
  const wanted = D.styles.findIndex(([key]) => key === kept("style"));
  const pick = make("select", {id: "style"}, D.styles.map(([key, label], n) => make("option", {value: n}, label)));
  const first = D.editions[p.e].lang.startsWith("zh") ? "gbt7714-2025" : "apa";
  pick.value = String(wanted >= 0 ? wanted : Math.max(0, D.styles.findIndex(([key]) => key === first)));
  const out = make("pre", {id: "citation", tabindex: "0", role: "group", "aria-labelledby": "citation-title"}, text(pick.value));
  pick.addEventListener("change", () => { out.textContent = text(pick.value); keep("style", D.styles[pick.value][0]); });
  return [make("h3", {id: "citation-title"}, word("citation")),
    make("div", {class: "row-tools"}, make("label", {class: "sr", for: "style"}, word("style")), pick,
      make("button", {type: "button", id: "copy", onclick: copy}, word("copy"))), out,
    ...(p.notices || []).map((one) => make("p", {class: "notice", lang: "en"}, D.notices[one]))];
}
async function copy() {
  const out = $("citation");
  if (!out) return;
  try { await navigator.clipboard.writeText(out.textContent); } catch {
    getSelection().selectAllChildren(out);
    if (!document.execCommand("copy")) return say("引文已選取，請自行複製", "The citation is selected; copy it yourself");
  }
  say("引文已複製", "The citation is copied");
  $("copy").replaceChildren(...word("copied"));
  setTimeout(() => $("copy") && $("copy").replaceChildren(...word("copy")), 1500);
}
const item = (n) => make("li", null, make("button", {type: "button", onclick: () => show({note: n})},
  make("small", null, word("label-" + D.labels[noteOf(n)[LABEL]])), " ", quoted(n)));
const notesIn = (p) => [...new Set([...p.querySelectorAll("mark")].flatMap((mark) => mark.dataset.n.split(" ").map(Number)))];
function show(what, focus = true) {
  open = what;
  document.querySelectorAll("mark.on").forEach((one) => one.classList.remove("on"));
  if (window.CSS && CSS.highlights) CSS.highlights.delete("twin");
  const note = what.note === undefined ? null : noteOf(what.note);
  const at = note ? note[P] : what.p, p = element(at), one = D.paragraphs[at], body = [];
  if (!shown(p)) $("ed-" + p.parentElement.dataset.e).checked = true;
  if (note) {
    p.querySelectorAll("mark").forEach((mark) => mark.classList.toggle("on", mark.dataset.n.split(" ").includes(String(what.note))));
    const inside = notesIn(p).filter((n) => n !== what.note && noteOf(n)[START] < note[END] && note[START] < noteOf(n)[END]);
    body.push(make("blockquote", {lang: p.lang}, quoted(what.note)), details(note), ...twinned(note),
      ...citation(at, note[KIND], note[WORDS], note[START], note[END]));
    if (inside.length) body.push(make("h3", null, word("also")), make("ul", null, inside.map(item)));
    body.push(make("p", {class: "notice"}, make("a", {href: "#" + D.work + "." + note[ID]}, D.work + "." + note[ID])));
  } else {
    body.push(...citation(at, one.kind, one.words, 0, Infinity));
    const all = notesIn(p);
    if (all.length) body.push(make("h3", null, word("annotations")), make("ul", null, all.map(item)));
    body.push(make("p", {class: "notice"}, make("a", {href: "#" + D.work + "." + one.id}, D.work + "." + one.id)));
  }
  $("panel-title").replaceChildren(...(note ? [...(note[TYPE] ? [...word("type-" + TYPES[note[TYPE]]), " · "] : []), ...word("label-" + D.labels[note[LABEL]]), " · "] : []),
    one.n ? "¶ " + one.n : "¶");
  $("panel-body").replaceChildren(...body);
  if ($("panel").hidden) last = document.activeElement;
  $("panel").hidden = false;
  $("panel").scrollTop = 0;
  if (focus) { $("panel-title").focus({preventScroll: true}); bring(note ? p.querySelector("mark.on") || p : p); }
}
function bring(one) {
  const box = one.getBoundingClientRect(), sheet = getComputedStyle($("panel")).position === "fixed" && !$("panel").hidden;
  const floor = sheet ? $("panel").getBoundingClientRect().top : innerHeight;
  if (box.top < 60 || box.bottom > floor) window.scrollBy({top: box.top - (sheet ? 80 : innerHeight / 3)});
}
function close() {
  $("panel").hidden = true;
  open = null;
  document.querySelectorAll("mark.on").forEach((one) => one.classList.remove("on"));
  if (window.CSS && CSS.highlights) CSS.highlights.delete("twin");
  (last && last.isConnected && last !== document.body ? last : $("text")).focus({preventScroll: true});
}
function smallest(mark) {
  const off = (n) => !$(["m-c", "m-e", "m-f"][noteOf(n)[TYPE]]).checked;
  const all = mark.dataset.n.split(" ").map(Number).filter((n) => !off(n));
  return all.sort((a, b) => (noteOf(a)[END] - noteOf(a)[START]) - (noteOf(b)[END] - noteOf(b)[START]))[0];
}

// ---- hands and keys ----
document.addEventListener("click", (event) => {
  const mark = event.target.closest("main mark"), number = event.target.closest("a.n");
  if (mark && getSelection().isCollapsed) { const n = smallest(mark); if (n !== undefined) show({note: n}); }
  else if (number) show({p: Number(number.parentElement.dataset.p)});
});
const current = () => {
  const focused = document.activeElement && document.activeElement.closest(".p");
  if (focused) return focused;
  if (open) return element(open.note === undefined ? open.p : noteOf(open.note)[P]);
  return null;
};
function step(by) {
  const here = current(), list = paragraphs.filter(shown);
  const rows = document.querySelectorAll(".row"), top = [...rows].find((row) => row.getBoundingClientRect().bottom > 80);
  const start = here || list.find((p) => p.parentElement.parentElement === top) || list[0];
  const column = list.filter((p) => start && p.parentElement.dataset.e === start.parentElement.dataset.e);
  const next = column[Math.max(0, Math.min(column.length - 1, column.indexOf(start) + (here ? by : 0)))];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({preventScroll: true});
  next.scrollIntoView({block: "start"});
  if (open && open.note === undefined) show({p: Number(next.dataset.p)}, false);
}
function stepNote(by) {
  const here = current(), from = here ? Number(here.dataset.p) : 0;
  const on = (n) => $(["m-c", "m-e", "m-f"][noteOf(n)[TYPE]]).checked && shown(element(noteOf(n)[P]));
  let n = open && open.note !== undefined ? open.note + by : D.notes.findIndex((note) => note[P] >= from);
  while (D.notes[n] && !on(n)) n += by;
  if (D.notes[n]) show({note: n});
}
const toggle = (id) => { $(id).checked = !$(id).checked; };
function interfaceIn(to) {
  root.dataset.ui = to;
  keep("ui", to);
  $("ui").querySelectorAll("span").forEach((one, at) => one.classList.toggle("is", (to === "en") === (at === 1)));
  $("q").placeholder = (to === "zh" ? turned("搜尋") : "Search") + (matchMedia("(pointer: coarse)").matches ? "" : "  /");
}
function theme() {
  const order = ["", "light", "dark"], next = order[(order.indexOf(root.dataset.theme || "") + 1) % 3];
  if (next) root.dataset.theme = next; else delete root.dataset.theme;
  keep("theme", next);
  say(["外觀：自動", "外觀：亮", "外觀：暗"][order.indexOf(next)], "Theme: " + (next || "automatic"));
}
const nextScript = () => { setScript(script === "hans" ? "hant" : "hans"); keep("script", script); };
const KEYS = {
  j: () => step(1), k: () => step(-1), n: () => stepNote(1), p: () => stepNote(-1), c: copy, "/": () => { $("q").focus(); $("q").select(); },
  1: () => toggle("m-c"), 2: () => toggle("m-e"), 3: () => toggle("m-f"), s: () => $("script").click(),
  l: () => $("ui").click(), t: theme, g: () => { location.hash = "#names"; }, "?": () => $("help").showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !$("help").open) {
    if (document.activeElement === $("q")) { $("q").value = ""; search(); $("q").blur(); } else if (open) close();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("help").open || !$("keys").checked) return;
  if (event.target.closest("input[type=search],select,textarea")) return;
  if (event.key === "Enter" && event.target.matches(".p")) { show({p: Number(event.target.dataset.p)}); event.preventDefault(); return; }
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});
let waiting = 0;
const settle = () => { clearTimeout(waiting); waiting = 0; search(); };
$("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(settle, 120); });
$("q").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  if (waiting) settle();
  go(event.shiftKey ? -1 : 1);
});
$("search").addEventListener("submit", (event) => event.preventDefault());
document.querySelectorAll(".editions input").forEach((one) => one.addEventListener("change", () => { if ($("q").value) search(); }));
$("script").addEventListener("click", nextScript);
$("ui").addEventListener("click", () => interfaceIn(root.dataset.ui === "zh" ? "en" : "zh"));
$("theme").addEventListener("click", theme);
$("help-open").addEventListener("click", () => $("help").showModal());
$("close").addEventListener("click", close);
$("keys").checked = kept("keys") !== "off";
$("keys").addEventListener("change", () => keep("keys", $("keys").checked ? "on" : "off"));
function arrive() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* it leads nowhere */ }
  id = id.replace(D.work + ".", "");
  if (noteIndex.has(id)) show({note: noteIndex.get(id)});
}
addEventListener("hashchange", arrive);
interfaceIn(root.dataset.ui);
const own = (D.editions.find((one) => one.script) || {}).script || "hant";
const wish = kept("script");
if (D.turn[own] && (own === "hans" || (wish && wish !== own))) setScript(wish || own);
else { script = own; $("script").querySelectorAll("span").forEach((one, at) => one.classList.toggle("is", at === 0)); }
arrive();
})();
