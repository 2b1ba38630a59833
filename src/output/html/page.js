// page.js - folding, contents that follow the reading, search, copying. Text of the document is only
// ever read from and written to text nodes and attributes by name: none of it becomes mark-up.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const article = document.querySelector("article");
  const toc = $("toc");
  const sections = [...article.querySelectorAll("section")];
  const levelOf = (s) => Number(s.dataset.level);
  const say = (text) => { $("said").textContent = text; };
  root.classList.add("js");

  // ---- folding
  const untilFound = "onbeforematch" in document.body;
  const bodyOf = (s) => s.querySelector(":scope > .b");
  const parentOf = (s) => s.parentElement.closest("section");

  function fold(section, folded) {
    const button = section.querySelector(":scope > .f");
    if (!button) return;
    const body = bodyOf(section);
    button.setAttribute("aria-expanded", String(!folded));
    section.classList.toggle("folded", folded);
    if (!folded) body.removeAttribute("hidden");
    else body.setAttribute("hidden", untilFound && !section.classList.contains("run") ? "until-found" : "");
  }

  function reveal(element) {
    for (let s = element.closest("section"); s; s = parentOf(s)) if (s !== element) fold(s, false);
  }

  function showLevels(level) {
    for (const s of sections) fold(s, level > 0 && levelOf(s) >= level);
    for (const li of toc.querySelectorAll("li")) open(li, level === 0 ? !many : Number(li.dataset.level) < level);
    for (const b of $("levels").children) b.setAttribute("aria-pressed", String(Number(b.dataset.level) === level));
  }

  article.addEventListener("click", (event) => {
    const button = event.target.closest(".f");
    if (button) fold(button.parentElement, button.getAttribute("aria-expanded") === "true");
  });
  article.addEventListener("beforematch", (event) => {
    reveal(event.target);
    fold(event.target.parentElement, false);
  });
  $("levels").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) showLevels(Number(button.dataset.level));
  });

  // ---- contents
  const links = new Map();
  for (const a of toc.querySelectorAll("a")) links.set(a.hash.slice(1), a);
  const many = links.size > 80; // too many to show at once: the branch that is being read opens by itself

  function open(li, on) {
    if (!li.querySelector(":scope > ol")) return;
    li.classList.toggle("open", on);
    li.querySelector(":scope > a").setAttribute("aria-expanded", String(on));
  }
  for (const li of toc.querySelectorAll("li")) open(li, !many);

  let current = null;
  function follow(section) {
    const link = section && links.get(section.id);
    if (!link || link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "location");
    for (let li = link.parentElement.parentElement.closest("li"); li; li = li.parentElement.closest("li")) open(li, true);
    const box = link.getBoundingClientRect(), frame = toc.getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40)
      toc.scrollTop += box.top - frame.top - frame.height / 3;
  }

  // What is being read: the section a quarter down the window. One hit test a frame, however long the
  // document is; an observer for every section costs time in proportion to it.
  let waiting = false, held = 0;
  function look() {
    waiting = false;
    if (performance.now() < held) return;
    const x = article.getBoundingClientRect().left + 60;
    const section = document.elementFromPoint(x, innerHeight / 4)?.closest("section");
    const atEnd = scrollY > 0 && scrollY + innerHeight >= root.scrollHeight - 2;
    follow(section || (atEnd && sections.at(-1)));
  }
  function lookSoon() {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  }
  addEventListener("scroll", lookSoon, { passive: true });
  addEventListener("resize", lookSoon);
  lookSoon();

  function go(id) {
    const target = id && document.getElementById(id);
    if (!target || !article.contains(target)) return;
    reveal(target);
    fold(target, false);
    target.scrollIntoView();
    requestAnimationFrame(() => requestAnimationFrame(() => target.scrollIntoView())); // heights were guesses
    follow(target);
    held = performance.now() + 300; // the section that was asked for, though another may stand at the line
  }
  addEventListener("hashchange", () => go(decodeURIComponent(location.hash.slice(1))));
  if (location.hash) go(decodeURIComponent(location.hash.slice(1)));

  const narrow = matchMedia("(max-width: 56rem)");
  function menu(on) {
    root.classList.toggle("menu", on);
    $("menu").setAttribute("aria-expanded", String(on));
    if (on) (current || toc.querySelector("a"))?.focus();
  }
  $("menu").addEventListener("click", () => menu(!root.classList.contains("menu")));

  toc.addEventListener("click", (event) => {
    const marker = event.target.closest(".m");
    if (marker) return open(marker.parentElement, !marker.parentElement.classList.contains("open"));
    const link = event.target.closest("a");
    if (!link) return;
    if (link.hash === location.hash) go(link.hash.slice(1));
    if (narrow.matches) menu(false);
  });
  addEventListener("pointerdown", (event) => {
    if (root.classList.contains("menu") && !toc.contains(event.target) && !$("menu").contains(event.target)) menu(false);
  });
  toc.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const li = link.parentElement;
    if (event.key === "ArrowRight" && li.querySelector("ol")) open(li, true);
    else if (event.key === "ArrowLeft" && li.classList.contains("open")) open(li, false);
    else if (event.key === "ArrowLeft") li.parentElement.closest("li")?.querySelector("a").focus();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const shown = [...toc.querySelectorAll("a")].filter((a) => a.offsetParent !== null);
      shown[shown.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    } else return;
    event.preventDefault();
  });

  // ---- search: the text is gathered once, matches are painted without touching the document
  const paint = typeof Highlight === "function" && CSS.highlights;
  const LIMIT = 5000;
  let corpus = null, hits = [], at = -1, query = "";

  function gather() {
    corpus = [];
    for (const element of article.querySelectorAll("h1,h2,h3,h4,h5,h6,p")) {
      const text = element.textContent, lower = text.toLowerCase();
      corpus.push({ element, text: lower.length === text.length ? lower : text });
    }
  }

  // The text node and offset of a character of an element.
  function place(element, offset) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (offset <= node.length) return [node, offset];
      offset -= node.length;
    }
    return [element, 0];
  }
  function rangeOf(hit) {
    const [startContainer, startOffset] = place(hit.element, hit.start);
    const [endContainer, endOffset] = place(hit.element, hit.start + query.length);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  function count() {
    const sums = new Map();
    for (const hit of hits)
      for (let s = hit.element.closest("section"); s; s = parentOf(s)) sums.set(s.id, (sums.get(s.id) || 0) + 1);
    for (const a of toc.querySelectorAll("a[data-hits]")) a.removeAttribute("data-hits");
    for (const [id, n] of sums) links.get(id)?.setAttribute("data-hits", n);
  }

  function search() {
    query = $("find").value.trim().toLowerCase();
    hits = [];
    at = -1;
    if (query) {
      if (!corpus) gather();
      for (const { element, text } of corpus) {
        for (let i = text.indexOf(query); i >= 0 && hits.length < LIMIT; i = text.indexOf(query, i + query.length))
          hits.push({ element, start: i });
        if (hits.length >= LIMIT) break;
      }
    }
    if (paint) {
      const all = new Highlight();
      for (const hit of hits) all.add(rangeOf(hit));
      CSS.highlights.set("hits", all);
      CSS.highlights.delete("now");
    }
    count();
    tell();
    if (hits.length) step(1, firstBelow());
  }

  // The first hit that is not above the window, so that typing does not jump back to the top.
  function firstBelow() {
    let low = 0, high = hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hits[middle].element.getBoundingClientRect().bottom < 0) low = middle + 1;
      else high = middle;
    }
    return low < hits.length ? low : 0;
  }

  function tell() {
    const more = hits.length >= LIMIT ? "+" : "";
    $("hits").textContent = !query ? "" : hits.length ? `${at + 1} / ${hits.length}${more}` : "无结果";
  }

  // Sections get their real height when they come near the window, so what was in view may move: look again.
  function keepInView(range, times) {
    const box = range.getBoundingClientRect();
    if (box.top < 120 || box.bottom > innerHeight - 60) scrollBy(0, box.top - innerHeight / 3);
    if (times > 0) requestAnimationFrame(() => keepInView(range, times - 1));
  }

  function step(by, to) {
    if (!hits.length) return;
    document.querySelector(".now")?.classList.remove("now");
    at = to ?? (at + by + hits.length) % hits.length;
    const hit = hits[at];
    const heading = /^H/.test(hit.element.tagName);
    reveal(heading ? hit.element.parentElement : hit.element);
    const range = rangeOf(hit);
    if (paint) CSS.highlights.set("now", new Highlight(range));
    else hit.element.classList.add("now");
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    hit.element.scrollIntoView({ block: "nearest" });
    keepInView(live, 3);
    tell();
  }

  let timer = 0;
  $("find").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 90);
  });
  $("find").addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      clearTimeout(timer);
      if ($("find").value.trim().toLowerCase() !== query) search();
      else step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      $("find").value = "";
      search();
      $("text").focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  });
  $("next").addEventListener("click", () => step(1));
  $("prev").addEventListener("click", () => step(-1));
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      $("find").focus();
    } else if (event.key === "Escape" && root.classList.contains("menu")) {
      menu(false);
      $("menu").focus();
    }
  });

  // ---- copying
  function headingText(heading) {
    let text = "";
    for (const node of heading.childNodes) if (node.nodeName !== "I") text += node.textContent;
    return text;
  }
  function* blocks() {
    for (const element of article.querySelectorAll("h1,h2,h3,h4,h5,h6,p")) {
      const section = element.closest("section");
      const heading = /^H/.test(element.tagName);
      yield { heading, level: section ? levelOf(section) : 0, text: heading ? headingText(element) : element.textContent };
    }
  }
  function markdown() {
    const escape = (s) => s.replace(/[\\`*_[\]<>&|~]/g, "\\$&").replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2").replace(/^[-+#=]/, "\\$&");
    const above = article.querySelector("h1") ? 1 : 0;
    let out = "", deep = 0;
    for (const { heading, level, text } of blocks()) {
      const rank = level + above;
      if (heading) deep = rank > 6 ? rank - 6 : 0;
      const pad = "  ".repeat(heading ? Math.max(deep - 1, 0) : deep);
      if (!heading) out += `${pad}${escape(text)}\n\n`;
      else if (deep) out += `${pad}- ${escape(text)}\n\n`;
      else out += `${"#".repeat(Math.max(rank, 1))} ${escape(text)}\n\n`;
    }
    return out;
  }
  function opml() {
    const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;" };
    const escape = (s) => s.replace(/[&<>"\n\t\r]/g, (c) => names[c]);
    const top = { children: [], notes: [] };
    const path = [top];
    for (const { heading, level, text } of blocks()) {
      if (!heading || !level) {
        if (!heading) path[level].notes.push(text);
        continue;
      }
      const node = { text, children: [], notes: [] };
      path[level - 1].children.push(node);
      path[level] = node;
      path.length = level + 1;
    }
    let out = `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head><title>${escape(document.title)}</title></head>\n<body>\n`;
    const stack = [...top.children].reverse();
    if (!stack.length) out += `<outline text="${escape(document.title)}"/>\n`;
    while (stack.length) {
      const node = stack.pop();
      if (typeof node === "string") { out += node; continue; }
      const note = node.notes.length ? ` _note="${escape(node.notes.join("\n"))}"` : "";
      out += `<outline text="${escape(node.text)}"${note}${node.children.length ? ">" : "/>"}\n`;
      if (node.children.length) stack.push("</outline>\n", ...node.children.slice().reverse());
    }
    return `${out}</body>\n</opml>\n`;
  }
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "quiet";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }
  async function copyAs(button, text) {
    const done = await copy(text);
    say(done ? "已复制" : "浏览器不允许复制");
    button.classList.add(done ? "done" : "failed");
    setTimeout(() => button.classList.remove("done", "failed"), 1200);
  }
  $("markdown").addEventListener("click", (event) => copyAs(event.currentTarget, markdown()));
  $("opml").addEventListener("click", (event) => copyAs(event.currentTarget, opml()));

  // ---- light and dark
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  const showTheme = () => { $("theme").setAttribute("aria-pressed", String(isDark())); };
  try { root.dataset.theme = localStorage.getItem("gangmu-theme") || ""; } catch { /* no storage here */ }
  if (!root.dataset.theme) delete root.dataset.theme;
  $("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("gangmu-theme", root.dataset.theme); } catch { /* it lasts as long as the page */ }
    showTheme();
  });
  dark.addEventListener("change", showTheme);
  showTheme();
})();
