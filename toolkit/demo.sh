#!/bin/sh
# The main job on the embedded digest: find a passage, show it, cite it in Chinese and English, print the BibTeX.
set -eu
say() { printf '\n$ %s\n' "$*"; "$@"; }
say yinzheng find 熊本縣
say yinzheng show park2023/digest-zh:41
say yinzheng cite park2023/digest-zh:41 --lang zh
say yinzheng cite park2023/digest-zh:41 --lang en
say yinzheng cite park2023 --to bibtex
cat <<'END'

That was the embedded digest of Park (2023). Next, type:
  . .venv/bin/activate                   to have the command in this shell (Windows: .venv\Scripts\activate)
  yinzheng show park2023                 the article, paragraph by paragraph
  yinzheng find "technology transfer"    search, in either script or language
  yinzheng add YOUR-COPY.html            attach your own copy, and quote the translation itself
  yinzheng cite --help                   all forms of a citation
END
