"""Lets pm4py read our logs and align them with our nets.

The log is that of `hoso run` over a file of commands. pm4py reads it as XES and
as OCEL 2.0, and aligns each dossier with the net that `hoso export --to pnml`
writes for its version. A dossier that ended must fit wholly. Then deviations
are planted, and of every dossier pm4py and `hoso replay` must find the same
least number of them. Steps of the system are free for both.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pm4py
from pm4py.algo.conformance.alignments.petri_net import algorithm as alignments
from pm4py.algo.conformance.alignments.petri_net.variants import state_equation_a_star as a_star
from pm4py.objects.log.obj import Event

UNIT = 10_000


class Judge:
    """Aligns with the nets of versions; equal traces once."""

    def __init__(self, hoso, folder):
        self.hoso, self.folder, self.nets, self.known = hoso, folder, {}, {}

    def net(self, procedure, version, day, free):
        key = (procedure, version)
        if key not in self.nets:
            path = self.folder / f"{procedure}-{version}.pnml".replace("/", "-")
            path.write_text(call(self.hoso, "export", procedure, "--to", "pnml", "--on", day))
            net, initial, final = pm4py.read_pnml(str(path))
            names = {"step_" + it.replace("-", "_").replace("/", "S").replace(".", "D") for it in free}
            costs = {
                it: 0 if it.label is None or it.name.split(".")[0] in names else UNIT
                for it in net.transitions
            }
            self.nets[key] = (net, initial, final, costs)
        return self.nets[key]

    def cost(self, key, trace, day, free):
        names = tuple(event["concept:name"] for event in trace)
        if (key, names) not in self.known:
            net, initial, final, costs = self.net(*key, day, free)
            parameters = {
                a_star.Parameters.PARAM_MODEL_COST_FUNCTION: costs,
                a_star.Parameters.PARAM_SYNC_COST_FUNCTION: {it: 0 for it in net.transitions},
                a_star.Parameters.PARAM_TRACE_COST_FUNCTION: [UNIT] * len(trace),
            }
            found = alignments.apply_trace(trace, net, initial, final, parameters, a_star)
            self.known[key, names] = round(found["cost"] / UNIT)
        return self.known[key, names]


def call(hoso, *args):
    return subprocess.run([hoso, *args, "--lang", "en"], check=True, capture_output=True, text=True).stdout


def plant(log):
    """Gives every trace a deviation of one of five sorts, by its place in the log."""
    for place, trace in enumerate(log):
        at, sort = place % len(trace), place % 5
        events = list(trace)
        if sort == 0:
            del events[at]
        elif sort == 1:
            events.insert(at, Event(dict(events[at])))
        elif sort == 2 and at + 1 < len(events):
            names = [events[it]["concept:name"] for it in (at, at + 1)]
            events[at]["concept:name"], events[at + 1]["concept:name"] = names[1], names[0]
        elif sort == 3:
            events[at]["concept:name"] = "Scan the papers"
        elif sort == 4:
            events[at]["concept:name"] = events[-1]["concept:name"]
        trace._list = events
    return log


def compare(judge, hoso, path, log, fits):
    """Counts dossiers on whose cost the two differ, and ended ones that do not fit."""
    traces = {trace.attributes["concept:name"]: trace for trace in log}
    procedures = sorted({trace.attributes["procedure"] for trace in log})
    wrong = compared = total = 0
    for procedure in procedures:
        said = json.loads(
            call(hoso, "replay", str(path), "--procedure", procedure, "--ended", "--format", "json")
        )
        still = json.loads(call(hoso, "replay", str(path), "--procedure", procedure, "--format", "json"))
        ended = {it["dossier"] for it in still["dossiers"] if it["ended"]}
        for dossier in said["dossiers"]:
            trace, version = traces[dossier["dossier"]], dossier["version"]
            first = trace[0]["time:timestamp"].date().isoformat() if len(trace) else "2026-01-01"
            day = (dossier["accepted"] or first)[:10]
            cost = judge.cost((procedure, version), trace, day, said["free"][version])
            own, compared, total = dossier["cost"], compared + 1, total + cost
            unfit = fits and dossier["dossier"] in ended and cost > 0
            if own != cost or unfit:
                wrong += 1
                print(f"WRONG  {dossier['dossier']} ({procedure} {version}): hoso {own}, pm4py {cost}")
    if compared != len(traces):
        print(f"WRONG  {compared} of {len(traces)} dossiers were compared")
        wrong += 1
    what = "as recorded" if fits else "with deviations planted"
    print(f"{what}: {compared} dossiers, {total} deviations, {wrong} differences")
    return wrong + (not fits and total == 0)


def main():
    hoso, commands = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in ("log.jsonl", "log.xes", "log.ocel.json"):
            call(hoso, "run", commands, "--events", str(folder / name))
        ocel = pm4py.read_ocel2_json(str(folder / "log.ocel.json"))
        recorded = len((folder / "log.jsonl").read_text().splitlines())
        wrong = len(ocel.events) != recorded
        print(f"OCEL: {len(ocel.events)} of {recorded} events, {len(ocel.objects)} objects")
        judge = Judge(hoso, folder)
        log = pm4py.read_xes(str(folder / "log.xes"), return_legacy_log_object=True)
        wrong += compare(judge, hoso, folder / "log.xes", log, True)
        planted = folder / "planted.xes"
        pm4py.write_xes(plant(log), str(planted))
        log = pm4py.read_xes(str(planted), return_legacy_log_object=True)
        wrong += compare(judge, hoso, planted, log, False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
