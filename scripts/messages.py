"""`make messages`.

Extracts the texts of code and templates into locale/, in a form that makes small diffs; then those that
libraries lack into locale/libraries.
"""

import sys

from scripts import library_catalogues
from scripts.check_catalogues import LANGUAGES, ROOT, catalogue, extract


def main() -> int:
    extract(ROOT)
    for language in LANGUAGES:
        file = catalogue(ROOT, language)
        file.metadata.pop("POT-Creation-Date", None)
        file.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        file.save()
        print(f"{language}: {len(file)} texts, {len(file.untranslated_entries())} not translated")
    return library_catalogues.main([])


if __name__ == "__main__":
    sys.exit(main())
