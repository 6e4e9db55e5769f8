"""Exports every procedure of the catalogue in every language, and as `hoso` itself shows it.

usage: export.py HOSO FOLDER
"""

import json
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

VIEWS = {
    "json": ["show", "--format", "json"],
    "mmd": ["show", "--graph", "mermaid"],
    "dot": ["show", "--graph", "dot"],
    "svg": ["show", "--graph", "svg"],
    "bpmn": ["export", "--to", "bpmn"],
    "pnml": ["export", "--to", "pnml"],
    "schema.json": ["export", "--to", "json-schema"],
    "jsonld": ["export", "--to", "cpsv"],
}


def main(hoso, folder):
    def said(*args):
        return subprocess.run([hoso, *args], check=True, capture_output=True, text=True).stdout

    listed = json.loads(said("catalogue", "--format", "json"))["procedures"]
    ids = [it["id"] for it in listed if it["versions"]]
    # Vietnamese is the language of the law, and the one with letters beyond ASCII.
    work = [(id, suffix, args) for id in ids for suffix, args in VIEWS.items()]

    def export(item):
        id, suffix, (command, *options) = item
        text = said(command, id, "--lang", "vi", *options)
        pathlib.Path(folder, f"{id.replace('/', '_')}.{suffix}").write_text(text)

    with ThreadPoolExecutor() as pool:
        list(pool.map(export, work))
    print(f"views: {len(ids)} procedures in {len(VIEWS)} languages")
    return 0 if ids else 1


sys.exit(main(*sys.argv[1:]))
