"""Run one benchmark by name, or all of them."""

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if "\nNAME = " in path.read_text())


def main(asked: list[str]) -> int:
    """Run the benchmarks asked for; each prints a table and, last, one line of ratios."""
    if unknown := set(asked) - set(NAMES):
        print(f"No benchmark named {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in asked or NAMES:
        import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
