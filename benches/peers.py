#!/usr/bin/env python3
"""Measures peers of other languages where they are installed, beside hoso's own benches.

    python3 -m venv target/peers && target/peers/bin/pip install numpy SpiffWorkflow
    npm install --prefix target/peers xstate
    NODE_PATH=target/peers/node_modules target/peers/bin/python benches/peers.py

A peer that is missing is left out and named. The same work, the same machine,
one run; the ratio is what lasts.
"""

import re
import shutil
import statistics
import subprocess
import sys
import time


def hoso(bench):
    """Runs a bench and returns its rows: name -> nanoseconds."""
    out = subprocess.run(
        ["cargo", "bench", "-q", "--bench", bench], capture_output=True, text=True, check=True
    ).stdout
    rows = re.findall(r"^(.+?) {2,}([\d.]+) +[\d.]+$", out, re.M)
    return {name.strip(): float(ns) for name, ns in rows}


def median_ns(work, count, repeat=7):
    """Returns the median nanoseconds of one of `count` queries that `work` answers."""
    samples = []
    for _ in range(repeat):
        start = time.perf_counter_ns()
        work()
        samples.append((time.perf_counter_ns() - start) / count)
    return statistics.median(samples)


def numpy_offset():
    import numpy

    holidays = ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"]
    calendar = numpy.busdaycalendar(weekmask="1111100", holidays=holidays)
    days = numpy.arange("2026-01-05", "2026-06-01", dtype="datetime64[D]")
    shifts = numpy.arange(len(days)) % 30 + 1
    assert str(numpy.busday_offset("2026-02-12", 5, "forward", busdaycal=calendar)) == "2026-02-26"

    def vector():
        numpy.busday_offset(days, shifts, roll="forward", busdaycal=calendar)

    def scalar():
        for day, shift in zip(days, shifts):
            numpy.busday_offset(day, shift, roll="forward", busdaycal=calendar)

    return {
        "numpy busday_offset, vectorised": median_ns(vector, len(days)),
        "numpy busday_offset, one by one": median_ns(scalar, len(days)),
    }


BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"><bpmn:outgoing>f0</bpmn:outgoing></bpmn:startEvent>
%s
<bpmn:endEvent id="e"><bpmn:incoming>f%d</bpmn:incoming></bpmn:endEvent>
%s</bpmn:process></bpmn:definitions>"""


def spiff_steps(steps=8):
    import tempfile

    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    tasks = "".join(
        f'<bpmn:manualTask id="t{i}"><bpmn:incoming>f{i}</bpmn:incoming>'
        f"<bpmn:outgoing>f{i + 1}</bpmn:outgoing></bpmn:manualTask>"
        for i in range(steps)
    )
    ends = ["s"] + [f"t{i}" for i in range(steps)] + ["e"]
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{i}" sourceRef="{ends[i]}" targetRef="{ends[i + 1]}" />'
        for i in range(steps + 1)
    )
    with tempfile.NamedTemporaryFile("w", suffix=".bpmn") as file:
        file.write(BPMN % (tasks, steps, flows))
        file.flush()
        parser = BpmnParser()
        parser.add_bpmn_file(file.name)
        spec = parser.get_spec("p")

    def run():
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        done = 0
        while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
            ready[0].run()
            workflow.do_engine_steps()
            done += 1
        assert done == steps and workflow.is_completed()

    return {"SpiffWorkflow, per human step": median_ns(run, steps)}


XSTATE = """
const { createMachine, createActor } = require('xstate');
const states = ['filed','received','review','signature','signed','returned'];
const machine = createMachine({ id: 'p', initial: 'filed', context: {}, states: {
  filed: { on: { ACCEPT: 'received' } }, received: { on: { ASSIGN: 'review' } },
  review: { on: { SUBMIT: 'signature' } },
  signature: { on: { BACK: 'review', SIGN: 'signed' } },
  signed: { on: { RETURN: 'returned' } }, returned: { type: 'final' } } });
const steps = ['ACCEPT','ASSIGN','SUBMIT','BACK','SUBMIT','SIGN','RETURN'];
const samples = [];
for (let r = 0; r < 25; r++) {
  const actors = Array.from({ length: 200 }, () => createActor(machine).start());
  const start = process.hrtime.bigint();
  for (const actor of actors) for (const type of steps) actor.send({ type });
  samples.push(Number(process.hrtime.bigint() - start) / (200 * steps.length));
  if (actors[0].getSnapshot().value !== 'returned') throw new Error('not returned');
}
samples.sort((a, b) => a - b);
console.log(samples[12]);
"""


def xstate_send():
    if not shutil.which("node"):
        raise ImportError("node")
    done = subprocess.run(["node", "-e", XSTATE], capture_output=True, text=True)
    if done.returncode:
        raise ImportError(done.stderr.strip().splitlines()[-1] if done.stderr else "xstate")
    return {"XState v5 actor.send": float(done.stdout)}


def main():
    ours = {**hoso("time"), **hoso("dossier")}

    def row(words):
        return next((ns for name, ns in ours.items() if all(w in name for w in words)), None)

    contests = [
        ("a working-day due date", row(["hoso", "add_working_days"]), numpy_offset),
        ("one transition", row(["hoso: decide + evolve"]), spiff_steps),
        ("one transition", row(["hoso: decide + evolve"]), xstate_send),
    ]
    for title, limit, peer in contests:
        if limit is None:
            sys.exit(f"no row of hoso for {title}; rows are: {', '.join(ours)}")
        try:
            rows = peer()
        except ImportError as missing:
            print(f"{title}: left out, not installed: {missing}")
            continue
        for name, ns in rows.items():
            print(f"{title:<26} {name:<36} {ns:>12,.0f} ns  {ns / limit:>10,.0f} x hoso ({limit:,.1f} ns)")


if __name__ == "__main__":
    main()
