"""Lets pm4py judge the histories of a simulated caseload.

Each scenario is run once without its warm-up, and every dossier is written: what
pm4py computes from the log is of exactly those dossiers that the report counts. pm4py must find
that each that ended fits the net of its version wholly, and the same arrivals,
cycle times and rework as the report of the same run.
"""

import json
import math
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pm4py

from conformance import Judge, call

HOUR = 3600.0


class Verdict:
    """Counts what is not as it should be."""

    def __init__(self):
        self.wrong = 0

    def holds(self, what, own, theirs, within=0.0):
        if abs(own - theirs) > within:
            self.wrong += 1
            print(f"WRONG  {what}: hoso {own}, pm4py {theirs}")


def fitness(verdict, judge, hoso, path, frame):
    """Aligns every dossier with the net of its version."""
    ended, free = set(), {}
    for procedure in sorted(set(frame["case:procedure"])):
        said = json.loads(call(hoso, "replay", str(path), "--procedure", procedure, "--format", "json"))
        free |= {(procedure, version): steps for version, steps in said["free"].items()}
        ended |= {(procedure, it["version"], it["dossier"]) for it in said["dossiers"] if it["ended"]}
    log = pm4py.convert_to_event_log(frame)
    traces = {trace.attributes["concept:name"]: trace for trace in log}
    unfit = 0
    for procedure, version, name in sorted(ended):
        trace = traces[name]
        day = trace[0]["time:timestamp"].date().isoformat()
        unfit += judge.cost((procedure, version), trace, day, free[procedure, version]) > 0
    verdict.holds("dossiers that do not fit", 0, unfit)
    return len(ended), len(judge.known)


def figures(verdict, report, frame):
    """Compares arrivals, cycle times and rework, case by case of the scenario."""
    kinds = frame["case:concept:name"].str.rsplit("-", n=1).str[0]
    for case in report["cases"]:
        name, own = case["case"], frame[kinds == case["case"]]
        dossiers = own.groupby("case:concept:name")["time:timestamp"]
        filed = case["all"]["filed"]["mean"]
        verdict.holds(f"{name}: dossiers filed", filed, dossiers.ngroups)
        # Between the first and the last; the report has the hours of the whole run.
        between = pm4py.get_case_arrival_average(own) * (filed - 1)
        first, last = dossiers.min().min(), dossiers.min().max()
        verdict.holds(f"{name}: arrivals", (last - first).total_seconds(), between, 1e-3)
        edges = report["hours"] * HOUR - between
        verdict.holds(f"{name}: arrivals outside the run", 0, min(edges, 0.0))
        # Nobody files on a holiday: at each end it may take a few days until somebody does.
        verdict.holds(f"{name}: a run without its dossiers", 0, max(edges - 8 * 24 * HOUR, 0.0))
        lengths = pm4py.get_all_case_durations(own)
        sojourn = case["all"]["mean-sojourn"]["mean"] * HOUR
        verdict.holds(f"{name}: mean cycle time", sojourn, sum(lengths) / len(lengths), 1e-6 * sojourn)
        for quantile, share in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)):
            exact = sorted(lengths)[math.ceil(share * len(lengths)) - 1]
            verdict.holds(f"{name}: {quantile}", case["sojourn"][quantile]["mean"] * HOUR, exact, exact / 1000)
        # The answers of agencies are no steps that somebody of the case takes.
        steps = own[own["transition"].notna()]
        rework = Counter(pm4py.get_rework_cases_per_activity(steps, activity_key="transition"))
        taken = steps["transition"].value_counts()
        for step in case["steps"]:
            verdict.holds(f"{name}: {step['step']} again", step["repeated"]["mean"], rework[step["step"]])
            times = step["times"]["mean"] * filed
            verdict.holds(f"{name}: {step['step']} taken", times, taken.get(step["step"], 0), 1e-6)
        verdict.holds(f"{name}: no rework at all", 0, not any(rework.values()))


def judge(hoso, scenario, folder):
    """Runs a scenario, and returns in how much the two differ."""
    verdict = Verdict()
    text = Path(scenario).read_text()
    whole = folder / "scenario.toml"
    whole.write_text("".join(it for it in text.splitlines(True) if not it.startswith("warm-up-days")))
    run = ("simulate", str(whole), "--replications", "1", "--sample", "1000000")
    for name in ("log.jsonl", "log.ocel.json"):
        call(hoso, *run, "--events", str(folder / name))
    report = json.loads(call(hoso, *run, "--events", str(folder / "log.xes"), "--format", "json"))
    ocel = pm4py.read_ocel2_json(str(folder / "log.ocel.json"))
    recorded = len((folder / "log.jsonl").read_text().splitlines())
    verdict.holds("events of OCEL", recorded, len(ocel.events))
    frame = pm4py.read_xes(str(folder / "log.xes"))
    frame = frame[frame["lifecycle:transition"] == "complete"]
    ended, ways = fitness(verdict, Judge(hoso, folder), hoso, folder / "log.xes", frame)
    figures(verdict, report, frame)
    verdict.holds("dossiers that ended", 1, min(ended, 1))
    print(f"{scenario}: {ended} dossiers that ended, {ways} ways, {verdict.wrong} differences")
    return verdict.wrong


def main():
    hoso, wrong = sys.argv[1], 0
    for scenario in sys.argv[2:]:
        with tempfile.TemporaryDirectory() as folder:
            wrong += judge(hoso, scenario, Path(folder))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
