#!/usr/bin/env bash
# Run programs under valgrind; any error or leak fails.
#   valgrind.sh unit PROGRAM...          each program
#   valgrind.sh command GANGMU FILE...   each file to JSON, docx and a tree, and a Word document read again
set -euo pipefail
what=$1
shift
check() { valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite "$@" >/dev/null; }
if [ "$what" = unit ]; then
    for program; do check "$program"; done
    exit
fi
gangmu=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for file; do
    check "$gangmu" --sandbox never -t json --implied --explain "$file" 2>"$folder/messages" || {
        cat "$folder/messages" >&2
        exit 1
    }
done
check "$gangmu" --sandbox never -o "$folder/a.docx" "$1"
check "$gangmu" --sandbox never -j2 -t tree "$folder/a.docx" "$1"
