// Print a YAML file twice as JSON, a line each: read as YAML 1.1 and as YAML 1.2.
const fs = require("fs");
const YAML = require("yaml");

const text = fs.readFileSync(process.argv[2], "utf8");
for (const version of ["1.1", "1.2"])
    console.log(JSON.stringify(YAML.parse(text, {version, strict: true, maxAliasCount: 0})));
