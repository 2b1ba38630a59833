// md_toc.mjs - are the anchors of md-toc those that GitHub gives the headings of markdown? node md_toc.mjs GANGMU
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import GithubSlugger from "github-slugger";

const gangmu = process.argv[2];
const run = (args, input) => execFileSync(gangmu, args, { input, encoding: "utf8" });
const odd = ["数字①Ⅰ❶㊀", "标点，。：；“引号”……——·《书名》", "Ａｂｃ ABC-def_ghi", "Ⓐé𠮷々〇İΣσ", "空 格　全角", "重复", "重复", "重复-1", "重复", "３.５％ & <b> *x* `y`"];
const samples = [
  [path.join(path.dirname(fileURLToPath(import.meta.url)), "page.txt")],
  ["-"], ["-f", "markdown", "-"],
];
const inputs = [undefined, odd.map((t, i) => `${"一二三四五六七八九十"[i]}、${t}\n正文。\n`).join(""), odd.map((t) => `# ${t}\n\n正文。\n\n`).join("")];
let total = 0;
samples.forEach((args, i) => {
  const slugger = new GithubSlugger();
  const headings = run(["-t", "markdown", ...args], inputs[i]).split("\n").filter((l) => /^#{1,6} /.test(l))
    .map((l) => l.replace(/^#+ /, "").replace(/\\([!-/:-@[-`{-~])/g, "$1"));
  const slugs = headings.map((h) => slugger.slug(h));
  const links = [...run(["-t", "md-toc", ...args], inputs[i]).matchAll(/\]\(#(.*)\)$/gm)].map((m) => m[1]);
  if (slugs.length > links.length) slugs.shift(); // the document's title is no entry
  assert.deepEqual(links, slugs);
  total += links.length;
});
assert.ok(total > 30);
