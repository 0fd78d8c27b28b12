"""`python -m calculators CALCULATOR [FILE]`: answer the situation, or the list of them, in FILE."""

import json
import sys
from pathlib import Path

from calculators.bridge import run

EXIT = {"result": 0, "results": 0, "invalid": 2, "unknown": 3}
USAGE = "Usage : python -m calculators SIMULATEUR [FICHIER]"


def main(arguments: list[str]) -> int:
    """Print the response as JSON; exit 0 `result`, 2 `invalid`, 3 `unknown`, 1 anything else."""
    if not 1 <= len(arguments) <= 2:
        print(USAGE, file=sys.stderr)
        return 1
    try:
        text = Path(arguments[1]).read_text("utf-8") if arguments[1:] else sys.stdin.read()
        situation = json.loads(text)
        key = "situations" if isinstance(situation, list) else "situation"
        request = json.dumps({"calculator": arguments[0], key: situation})
    except OSError as error:
        print(f"Le fichier ne peut pas être lu : {error.strerror}.", file=sys.stderr)
        return 1
    except (ValueError, RecursionError):
        request = ""  # the bridge says what is wrong, as JSON
    try:
        response = json.loads(run(request))
    except FileNotFoundError:
        print("Les règles ne sont pas compilées. Lancez d'abord : make site", file=sys.stderr)
        return 1
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    print(json.dumps(response, ensure_ascii=False, indent=2))
    return EXIT.get(response["type"], 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
