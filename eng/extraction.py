"""Compares `$EXE extract FILE` with expected Markdown and prints one Markdown table row for each file.

usage: EXE=path/to/terroir python3 eng/extraction.py ../shared/data/office-public [FORMAT ...]

Text: similarity of the sequences of words (difflib), 0 to 1. Cells: F1 of the tables' non-empty cells, as bags,
where the expected text has a table. The expected text is another tool's output: the figures are agreement.
"""
import collections
import difflib
import os
import pathlib
import re
import subprocess
import sys


def words(text):
    return re.findall(r"\w+", re.sub(r"<!--.*?-->", " ", text, flags=re.S).lower())


def cells(text):
    """The non-empty cells of pipe tables, each reduced to its words."""
    bag = collections.Counter()
    for line in re.sub(r"<!--.*?-->", " ", text, flags=re.S).splitlines():
        line = line.strip()
        if line.startswith("|") and line.endswith("|") and not re.fullmatch(r"[|:\s-]+", line):
            for cell in re.split(r"(?<!\\)\|", line[1:-1]):
                key = " ".join(re.findall(r"\w+", cell.lower()))
                if key:
                    bag[key] += 1
    return bag


def f1(found, expected):
    both = sum((found & expected).values())
    return 2 * both / (sum(found.values()) + sum(expected.values())) if found or expected else 1.0


def source_of(root, kind, name):
    for path in sorted((root / kind / "sources").rglob("*")):
        if path.name == name or path.stem == name or path.stem == name.split(".")[0]:
            return path
    return None


def main():
    root, exe, kinds = pathlib.Path(sys.argv[1]), os.environ["EXE"], sys.argv[2:]
    means, tables = collections.defaultdict(list), collections.defaultdict(list)
    print("| format | file | text | cells |\n|---|---|---|---|")
    for truth in sorted(root.glob("*/groundtruth/**/*.md")):
        kind, name = truth.relative_to(root).parts[0], truth.name[:-3]
        source = source_of(root, kind, name)
        if source is None or (kinds and kind not in kinds):
            continue
        out = subprocess.run([exe, "extract", str(source)], capture_output=True, timeout=60)
        text, expected = out.stdout.decode("utf8", "replace"), truth.read_text("utf8")
        a, b = words(text), words(expected)
        if not b:
            continue
        ratio = difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
        means[kind].append(ratio)
        expected_cells, score = cells(expected), ""
        if expected_cells:
            value = f1(cells(text), expected_cells)
            tables[kind].append(value)
            score = f"{value:.3f}"
        print(f"| {kind} | {name} | {ratio:.3f} | {score} |")
    print("\n| format | files | text | files with tables | cells |\n|---|---|---|---|---|")
    for kind, values in sorted(means.items()):
        found = tables[kind]
        mean = f"{sum(found) / len(found):.3f}" if found else ""
        print(f"| {kind} | {len(values)} | {sum(values) / len(values):.3f} | {len(found)} | {mean} |")


if __name__ == "__main__":
    main()
