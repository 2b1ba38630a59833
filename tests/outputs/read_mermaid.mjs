// Print a Mermaid mindmap from standard input as Mermaid reads it: {"text", "children"}.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const window = new JSDOM("").window;
globalThis.window = window;
globalThis.document = window.document;
const mermaid = (await import("mermaid")).default;
const source = readFileSync(0, "utf8");
mermaid.initialize({ maxTextSize: 10000000 });
await mermaid.parse(source); // throws on a syntax error, and loads the diagram type
const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);

// What the drawing makes of a label: Mermaid keeps "#35;" as "ﬂ°°35¶ß" until it is put into the page.
function shown(text) {
  const box = window.document.createElement("textarea");
  box.innerHTML = text.replace(/ﬂ°°/g, "&#").replace(/ﬂ°/g, "&").replace(/¶ß/g, ";");
  return box.value;
}
function tree(node) {
  const text = node.descr;
  if (/[<>"`*_]/.test(text)) throw new Error("not text: " + text);
  if (node.icon || node.class || node.type === undefined) throw new Error("decorated: " + text);
  return { text: shown(text), children: node.children.map(tree) };
}
process.stdout.write(JSON.stringify(tree(diagram.db.getMindmap())));
process.exit(0);
