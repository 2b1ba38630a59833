# The parts of the HTML page as one C file, with the hashes that its Content-Security-Policy names:
# cmake -DOUT=file.c -DDIR=folder of page.css and page.js -P EmbedPage.cmake
set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

# The Base64 of a SHA-256 that is given in hexadecimal: 32 bytes, so 10 groups of three and one of two.
function(base64 hex out)
  set(result "")
  string(APPEND hex "00")
  foreach(group RANGE 10)
    math(EXPR at "${group} * 6")
    string(SUBSTRING ${hex} ${at} 6 digits)
    foreach(shift 18 12 6 0)
      math(EXPR index "(0x${digits} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${index} 1 letter)
      string(APPEND result ${letter})
    endforeach()
  endforeach()
  string(REGEX REPLACE ".$" "=" result ${result})
  set(${out} ${result} PARENT_SCOPE)
endfunction()

set(body "/* Made by cmake/EmbedPage.cmake; do not edit. */\n#include \"output/html/page.h\"\n\n")
foreach(kind css js)
  file(SHA256 ${DIR}/page.${kind} digest)
  base64(${digest} hash)
  file(READ ${DIR}/page.${kind} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" hex "${hex}")
  string(APPEND body "static const unsigned char text_${kind}[] = {\n${hex}0};\n"
    "const struct gm__page_part gm__page_${kind} = {(const char *)text_${kind}, ${size}, \"sha256-${hash}\"};\n")
endforeach()
file(WRITE ${OUT} "${body}")
