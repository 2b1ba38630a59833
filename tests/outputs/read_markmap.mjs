// Print the tree that markmap makes of the Markdown on standard input, and which of its additions the text used.
import { readFileSync } from "node:fs";
import { Transformer } from "markmap-lib";

const { root, features } = new Transformer().transform(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({ root, features }));
