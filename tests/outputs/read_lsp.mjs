// Check the document symbols on standard input with Microsoft's own types and print them again.
import { readFileSync } from "node:fs";
import { DocumentSymbol } from "vscode-languageserver-types";

function before(a, b) {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
function check(symbol, parent) {
  const { range, selectionRange } = symbol;
  if (!DocumentSymbol.is(symbol)) throw new Error("not a DocumentSymbol: " + JSON.stringify(symbol));
  if (!symbol.name.trim()) throw new Error("a blank name");
  if (!before(range.start, selectionRange.start) || !before(selectionRange.end, range.end) || !before(range.start, range.end))
    throw new Error("the selection is outside: " + JSON.stringify(symbol));
  if (parent && (!before(parent.range.start, range.start) || !before(range.end, parent.range.end)))
    throw new Error("a child is outside: " + JSON.stringify(symbol));
  for (const child of symbol.children) check(child, symbol);
}
const symbols = JSON.parse(readFileSync(0, "utf8"));
for (const symbol of symbols) check(symbol, null);
process.stdout.write(JSON.stringify(symbols));
