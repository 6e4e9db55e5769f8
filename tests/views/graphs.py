"""Lets Graphviz draw every DOT file, and reads everything in XML strictly.

usage: graphs.py FOLDER
"""

import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as tree
from concurrent.futures import ThreadPoolExecutor

XML = (".svg", ".bpmn", ".pnml")


def words(root):
    """Returns what a drawing says, blanks left out: labels are broken into lines."""
    names = (it.get("name", "") for it in root.iter())
    return "".join("".join([*names, *root.itertext()]).split())


def missing(root, shown):
    said = words(root)
    states = [it for it in shown["states"] if "".join(it["name"].split()) not in said]
    return [f"state {it['id']} is missing" for it in states]


def drawn(path):
    call = subprocess.run(["dot", "-Tsvg", path], capture_output=True, text=True)
    if call.returncode or call.stderr:
        return None, [call.stderr.strip() or f"status {call.returncode}"]
    return call.stdout, []


def judge(path):
    shown = json.loads(path.with_suffix(".json").read_text())
    text, faults = drawn(path) if path.suffix == ".dot" else (path.read_text(), [])
    try:
        found = faults or missing(tree.fromstring(text), shown)
    except tree.ParseError as error:
        found = [str(error)]
    return [f"{path.name}: {it}" for it in found]


def main(folder):
    paths = sorted(it for it in pathlib.Path(folder).iterdir() if it.suffix in (".dot", *XML))
    with ThreadPoolExecutor() as pool:
        faults = sum(pool.map(judge, paths), [])
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(f"graphs: {len(paths)} files, {len(faults)} faults")
    return 1 if faults or not paths else 0


sys.exit(main(*sys.argv[1:]))
