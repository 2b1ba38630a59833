// Print an OPML file as npm's opmlparser reads it: {"title", "outlines": [{"text", "note", "children"}]}.
const fs = require("fs");
const OpmlParser = require("opmlparser");

const parser = new OpmlParser();
const rows = []; // the parser hands an outline over when it closes
parser.on("error", (error) => { console.error(String(error)); process.exit(1); });
parser.on("readable", () => { for (let row; (row = parser.read()); ) rows.push(row); });
parser.on("end", () => {
    const byId = new Map([[0, {children: []}]]);
    for (const row of rows.sort((a, b) => a["#id"] - b["#id"])) {
        const node = {text: row.text, note: row._note || "", children: []};
        byId.set(row["#id"], node);
        byId.get(row["#parentid"]).children.push(node);
    }
    console.log(JSON.stringify({title: parser.meta.title || "", outlines: byId.get(0).children}));
});
fs.createReadStream(process.argv[2]).pipe(parser);
