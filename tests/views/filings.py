"""Checks every JSON Schema against its metaschema, and filings against the schemas.

The filings are those of a day at the desk, of which a schema must take those
that `hoso run` takes, and some that were broken by hand.

usage: filings.py HOSO FOLDER
"""

import json
import pathlib
import subprocess
import sys

from jsonschema import Draft202012Validator

DAY = pathlib.Path("examples/a-morning-in-hanoi.jsonl")


def filings():
    """Returns every filing of the day with its line."""
    lines = enumerate(DAY.read_text().splitlines(), 1)
    commands = ((at, json.loads(it)) for at, it in lines if it.strip())
    return [(at, it) for at, it in commands if it["do"] == "file"]


class Schemas:
    """The schema of the version under which a filing is made."""

    def __init__(self, hoso):
        self.hoso, self.known = hoso, {}

    def of(self, filing):
        key = filing["procedure"], filing["at"][:10]
        if key not in self.known:
            call = [self.hoso, "export", key[0], "--on", key[1], "--to", "json-schema"]
            said = subprocess.run(call, capture_output=True, text=True)
            self.known[key] = json.loads(said.stdout) if said.returncode == 0 else None
        return self.known[key]


def refused(hoso):
    """Returns the lines of the day that the desk refused."""
    call = [hoso, "run", str(DAY), "--format", "json"]
    said = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    return {no["line"] for it in json.loads(said)["dossiers"] for no in it["refused"]}


def taken(schemas):
    """Yields what is wrong with the schemas by filings that the desk took."""
    checked, not_taken = 0, refused(schemas.hoso)
    for line, filing in filings():
        if line in not_taken:
            continue
        if (schema := schemas.of(filing)) is None:
            # A bundle has no schema: it is no procedure.
            continue
        checked += 1
        for error in Draft202012Validator(schema).iter_errors(filing):
            yield f"{filing['dossier']} is refused: {error.message}"
    if checked < 50:
        yield f"only {checked} filings were checked"


# A filing for a house of seven floors, whole; then each with one thing broken, and where that shows.
WHOLE = {
    "at": "2026-03-02T08:00",
    "procedure": "construction-permit-house",
    "channel": "online",
    "facts": {"floors": 7},
    "documents": ["application"],
}
BROKEN = {
    "another procedure": {"procedure": "birth-registration"},
    "an unknown channel": {"channel": "pigeon"},
    "no channel": {"channel": None},
    "an unknown fact": {"facts": {"unheard-of": True}},
    "a number in words": {"facts": {"floors": "seven"}},
    "half a floor": {"facts": {"floors": 6.5}},
    "facts in a list": {"facts": ["floors"]},
    "an unknown document": {"documents": ["unheard-of"]},
    "an unknown database": {"documents": [{"document": "application", "database": "unheard-of"}]},
    "one document, not in a list": {"documents": "application"},
}


def broken(schemas):
    schema = schemas.of(WHOLE)
    check = Draft202012Validator(schema)
    code = schema["properties"]["procedure"]["enum"][-1]
    for filing in (WHOLE, {**WHOLE, "procedure": code}, {"procedure": code, "channel": "online"}):
        for error in check.iter_errors(filing):
            yield f"{filing} is refused: {error.message}"
    for what, change in BROKEN.items():
        filing = {key: it for key, it in {**WHOLE, **change}.items() if it is not None}
        if check.is_valid(filing):
            yield f"a filing with {what} passes"


# Conditions of documents, by hand: procedure, what the filing says, a document, whether it is asked for.
CONDITIONS = [
    ("construction-permit-house", {"floors": 3}, "examination-report", False),
    ("construction-permit-house", {"floors": 7}, "examination-report", True),
    ("construction-permit-house", {"adjoining-works": True}, "safety-commitment", True),
    ("construction-permit-house", {"applicant": "organisation"}, "drawings", False),
    ("construction-permit-house", {"applicant": "household"}, "drawings", True),
    ("birth-registration", {"proof-of-birth": "witness"}, "birth-note", False),
    ("birth-registration", {"proof-of-birth": "birth-note"}, "birth-note", True),
    ("birth-registration", {"surrogacy": True}, "surrogacy-confirmation", True),
]


def conditions(schemas):
    for id, facts, document, wanted in CONDITIONS:
        schema = schemas.of({**WHOLE, "procedure": id})
        complete = Draft202012Validator(schema).evolve(schema=schema["$defs"]["complete"])
        filing = {"procedure": id, "channel": "online", "facts": facts, "documents": []}
        errors = complete.iter_errors(filing)
        asked = any(f"'const': '{document}'" in str(error.schema) for error in errors)
        if asked != wanted:
            yield f"{id}: {document} is {'' if asked else 'not '}asked for with {facts}"


def main(hoso, folder):
    paths, faults = sorted(pathlib.Path(folder).glob("*.schema.json")), []
    for path in paths:
        Draft202012Validator.check_schema(json.loads(path.read_text()))
    schemas = Schemas(hoso)
    for check in (taken, broken, conditions):
        faults += check(schemas)
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(f"filings: {len(paths)} schemas, {len(filings())} filings, {len(faults)} faults")
    return 1 if faults or not paths else 0


sys.exit(main(*sys.argv[1:]))
