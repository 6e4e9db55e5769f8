"""Checks every JSON Schema against its metaschema, and filings against the schemas.

usage: filings.py FOLDER
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator


def least(fact):
    """Returns some value of a fact."""
    if "enum" in fact:
        return fact["enum"][0]
    return {"boolean": False, "integer": fact.get("minimum"), "string": "2026-03-02"}[fact["type"]]


def filing(schema, shown):
    """Returns a filing with every fact that it must have and every document."""
    properties = schema["properties"]
    facts = properties["facts"]
    return {
        "procedure": shown["id"],
        "channel": properties["channel"]["oneOf"][0]["const"],
        "facts": {it: least(facts["properties"][it]) for it in facts["required"]},
        "documents": [it["id"] for it in shown["documents"]],
    }


def without(filing, key, name):
    kept = [it for it in filing[key] if it != name]
    if isinstance(filing[key], dict):
        kept = {it: filing[key][it] for it in kept}
    return {**filing, key: kept}


def faults_of(schema, shown):
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    good = filing(schema, shown)
    for error in validator.iter_errors(good):
        yield f"a whole filing is refused: {error.message}"
    bad = {
        "another procedure": {**good, "procedure": "another"},
        "an unknown channel": {**good, "channel": "pigeon"},
        "an unknown fact": {**good, "facts": {**good["facts"], "unheard-of": True}},
        "an unknown document": {**good, "documents": [*good["documents"], "unheard-of"]},
        "no facts": {it: good[it] for it in good if it != "facts"},
    }
    for name in good["facts"]:
        bad[f"no {name}"] = without(good, "facts", name)
        bad[f"a strange {name}"] = {**good, "facts": {**good["facts"], name: [name]}}
    for document in shown["documents"]:
        if document["when"] is None and not document["presented"]:
            bad[f"no {document['id']}"] = without(good, "documents", document["id"])
    for what, it in bad.items():
        if validator.is_valid(it):
            yield f"a filing with {what} passes"


# Conditions of documents, by hand: procedure, what the filing says, what it leaves out, whether it passes.
CONDITIONS = [
    ("construction-permit-house", {"floors": 3}, "examination-report", True),
    ("construction-permit-house", {"floors": 7}, "examination-report", False),
    ("construction-permit-house", {"adjoining-works": True}, "safety-commitment", False),
    ("construction-permit-house", {"applicant": "organisation"}, "drawings", True),
    ("construction-permit-house", {"applicant": "household"}, "drawings", False),
    ("birth-registration", {"proof-of-birth": "witness"}, "birth-note", True),
    ("birth-registration", {"proof-of-birth": "birth-note"}, "birth-note", False),
    ("birth-registration", {"surrogacy": True}, "surrogacy-confirmation", False),
]


def conditions(schemas):
    for id, facts, absent, passes in CONDITIONS:
        schema, shown = schemas[id]
        it = without(filing(schema, shown), "documents", absent)
        it["facts"].update(facts)
        if Draft202012Validator(schema).is_valid(it) != passes:
            yield f"{id}: {facts} without {absent}: expected {'a pass' if passes else 'a refusal'}"


def main(folder):
    schemas, faults = {}, []
    for path in sorted(pathlib.Path(folder).glob("*.schema.json")):
        schema = json.loads(path.read_text())
        shown = json.loads(path.with_name(path.name.replace(".schema", "")).read_text())
        schemas[shown["id"]] = schema, shown
        faults += [f"{path.name}: {it}" for it in faults_of(schema, shown)]
    faults += conditions(schemas)
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(f"filings: {len(schemas)} schemas, {len(faults)} faults")
    return 1 if faults or not schemas else 0


sys.exit(main(*sys.argv[1:]))
