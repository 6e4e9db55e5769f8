"""Expands every CPSV-AP file with a JSON-LD processor that may not use the network.

usage: cpsv.py FOLDER
"""

import json
import pathlib
import re
import sys

from pyld import jsonld

CV = "http://data.europa.eu/m8g/"
CPSV = "http://purl.org/vocab/cpsv#"
DCT = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"

# What CPSV-AP 3.2 asks of each class.
MANDATORY = {
    f"{CPSV}PublicService": [
        f"{DCT}identifier", f"{DCT}title", f"{DCT}description", f"{CV}hasCompetentAuthority",
    ],
    f"{CV}PublicOrganisation": [f"{SKOS}prefLabel", f"{DCT}spatial"],
    f"{CV}Evidence": [f"{DCT}identifier", f"{DCT}title"],
    f"{CV}Output": [f"{DCT}identifier", f"{DCT}title"],
    f"{CV}Channel": [f"{DCT}identifier", f"{DCT}type"],
    f"{CV}Cost": [f"{DCT}identifier"],
    f"{CPSV}Rule": [f"{DCT}identifier", f"{DCT}title", f"{DCT}description"],
    "http://data.europa.eu/eli/ontology#LegalResource": [],
    f"{SKOS}Concept": [],
}
# The parts of `hoso show` and the class as which each must come back.
COUNTED = {
    "documents": f"{CV}Evidence",
    "results": f"{CV}Output",
    "fees": f"{CV}Cost",
    "law": "http://data.europa.eu/eli/ontology#LegalResource",
    "channels": f"{CV}Channel",
}
DURATION = re.compile(r"P(\d+[YMD]|T\d+H)")


def offline(url, _options):
    raise RuntimeError(f"{url} would have to be fetched")


def faults_of(text, shown):
    nodes = jsonld.expand(json.loads(text), {"documentLoader": offline})
    known = {it["@id"]: it for it in nodes}
    for node in nodes:
        (kind,) = node.get("@type", ["nothing"])
        if kind not in MANDATORY:
            yield f"{node['@id']} is a {kind}"
        for key in MANDATORY.get(kind, []):
            if not node.get(key):
                yield f"{node['@id']} has no {key}"
        for key, values in node.items():
            for value in values if isinstance(values, list) else []:
                target = value.get("@id", "") if isinstance(value, dict) else ""
                if target.startswith("urn:") and target not in known:
                    yield f"{node['@id']}: {key} leads to {target}, which is not there"
                if key == f"{CV}processingTime" and not DURATION.fullmatch(value["@value"]):
                    yield f"{node['@id']}: {value['@value']} is no duration"
    if sum(it.get("@type") == [f"{CPSV}PublicService"] for it in nodes) != 1:
        yield "there is not one service"
    for part, kind in COUNTED.items():
        found = sum(it.get("@type") == [kind] for it in nodes)
        if found != len(shown[part]):
            yield f"{len(shown[part])} {part}, but {found} came back"


def judge(path):
    shown = json.loads(path.with_suffix(".json").read_text())
    try:
        return [f"{path.name}: {it}" for it in faults_of(path.read_text(), shown)]
    except (jsonld.JsonLdError, RuntimeError, ValueError) as error:
        return [f"{path.name}: {error}"]


def main(folder):
    paths = sorted(pathlib.Path(folder).glob("*.jsonld"))
    faults = sum((judge(it) for it in paths), [])
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(f"cpsv: {len(paths)} files, {len(faults)} faults")
    return 1 if faults or not paths else 0


sys.exit(main(*sys.argv[1:]))
