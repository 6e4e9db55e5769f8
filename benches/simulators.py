#!/usr/bin/env python3
"""Measures other simulators on the reference models, beside hoso's own bench.

    python3 -m venv target/peers && target/peers/bin/pip install simpy ciw prosimos
    target/peers/bin/python benches/simulators.py

A peer that is missing is left out and named; those of `benches/rivals` are built
from the crates' registry. All run on one core, and time is
what the processor spent on a dossier; the ratio is what lasts. Prosimos reads
BPMN and writes a row for each visit, so it stands beside hoso with rows; the
others keep nothing but a sum of waits.
"""

import csv
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STATIONS = range(1, 7)
AGAIN = 0.1
VISITS = 6.3333


def hoso():
    """Runs the bench; returns nanoseconds of a dossier by model, without rows and with them."""
    command = ["cargo", "bench", "-q", "-p", "hoso", "--features", "simulate", "--bench", "simulate"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    events = {"A": 2, "B": VISITS + 1, "C": VISITS + 1}
    figures = {}
    for model, block in re.findall(r"^([ABC]): (.*?)(?:\n\n|\Z)", out, re.M | re.S):
        rows = [float(ns) for ns in re.findall(r"^hoso: .+? {2,}([\d.]+) ", block, re.M)]
        figures[model] = [ns * events[model] for ns in rows]
    return figures


def rivals():
    """Builds and runs the peers in Rust; returns nanoseconds of a dossier and mean waits."""
    command = ["cargo", "run", "-q", "--release", "--manifest-path", "benches/rivals/Cargo.toml"]
    command += ["--target-dir", "target/rivals"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"benches/rivals left out: {done.stderr.strip().splitlines()[-1]}")
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(model, name, float(ns), float(wait)) for model, name, ns, wait in lines]


def per_dossier(work, dossiers, repeat=3):
    """Returns the median nanoseconds of processor time for a dossier, and the mean wait of a visit."""
    samples = []
    for seed in range(repeat):
        random.seed(seed)
        start = time.process_time_ns()
        wait = work()
        samples.append((time.process_time_ns() - start) / dossiers)
    return statistics.median(samples), wait


def simpy_stations(dossiers, rate, stations):
    import simpy

    def dossier(env, clerks, waits):
        station = 0
        while station < len(clerks):
            since = env.now
            with clerks[station].request() as request:
                yield request
                waits.append(env.now - since)
                yield env.timeout(random.expovariate(1.0))
            back = station == 3 and random.random() < AGAIN
            station = 1 if back else station + 1

    def arrivals(env, clerks, waits):
        for _ in range(dossiers):
            yield env.timeout(random.expovariate(rate))
            env.process(dossier(env, clerks, waits))

    def run():
        env = simpy.Environment()
        clerks = [simpy.Resource(env, capacity=5) for _ in range(stations)]
        waits = []
        env.process(arrivals(env, clerks, waits))
        env.run()
        return statistics.fmean(waits)

    return per_dossier(run, dossiers)


def ciw_stations(dossiers, rate, stations):
    import ciw

    exponential = ciw.dists.Exponential
    routing = [[0.0] * stations for _ in range(stations)]
    for station in range(stations - 1):
        routing[station][station + 1] = 1.0
    if stations > 1:
        routing[3][4], routing[3][1] = 1.0 - AGAIN, AGAIN
    network = ciw.create_network(
        arrival_distributions=[exponential(rate)] + [None] * (stations - 1),
        service_distributions=[exponential(1.0)] * stations,
        routing=routing,
        number_of_servers=[5] * stations,
    )

    def run():
        ciw.seed(random.randrange(1 << 30))
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_customers(dossiers, method="Finish")
        return statistics.fmean(it.waiting_time for it in simulation.get_all_records())

    return per_dossier(run, dossiers)


def bpmn(stations):
    """Returns the network as BPMN; after the fourth task a gateway sends one in ten back."""
    nodes, flows = ["start"], []
    for station in range(1, stations + 1):
        nodes.append(f"task{station}")
    pairs = [("start", "task1")]
    elements = ['<startEvent id="start"/>', '<endEvent id="end"/>']
    elements += [f'<task id="task{it}" name="task{it}"/>' for it in range(1, stations + 1)]
    if stations > 1:
        elements += ['<exclusiveGateway id="join"/>', '<exclusiveGateway id="split"/>']
        pairs += [("task1", "join"), ("join", "task2"), ("task2", "task3"), ("task3", "task4")]
        pairs += [("task4", "split"), ("split", "join"), ("split", "task5"), ("task5", "task6")]
    pairs.append((f"task{stations}", "end"))
    flows = [
        f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, target in pairs
    ]
    inside = "".join(elements + flows)
    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    return f'<definitions xmlns="{space}"><process id="p">{inside}</process></definitions>'


def prosimos_figures(rate, stations, hours):
    def exponential(seconds):
        values = [{"value": it} for it in (seconds, 0, 1e9)]
        return {"distribution_name": "expon", "distribution_params": values}

    def period(begin, end, last):
        return {"from": "MONDAY", "to": last, "beginTime": begin, "endTime": end}

    always = [period("00:00:00", "23:59:59.999999", "SUNDAY")]
    office = [period("08:00:00", "12:00:00", "FRIDAY"), period("13:30:00", "17:30:00", "FRIDAY")]
    tasks = [f"task{it}" for it in range(1, stations + 1)]
    pools = [
        {
            "id": f"pool-{it}",
            "name": f"pool-{it}",
            "resource_list": [
                {"id": f"clerk-{it}", "name": f"clerk-{it}", "cost_per_hour": "1", "amount": 5}
                | {"calendar": "hours", "assignedTasks": [it]}
            ],
        }
        for it in tasks
    ]
    work = [
        {"task_id": it, "resources": [{"resource_id": f"clerk-{it}"} | exponential(3600)]}
        for it in tasks
    ]
    paths = [{"path_id": "split-join", "value": AGAIN}, {"path_id": "split-task5", "value": 1 - AGAIN}]
    return {
        "resource_profiles": pools,
        "arrival_time_distribution": exponential(3600 / rate),
        "arrival_time_calendar": always,
        "gateway_branching_probabilities": [{"gateway_id": "split", "probabilities": paths}] if stations > 1 else [],
        "task_resource_distribution": work,
        "resource_calendars": [
            {"id": "hours", "name": "hours", "time_periods": office if hours == "office" else always}
        ],
    }


def prosimos_stations(dossiers, rate, stations, hours="always"):
    from prosimos.simulation_engine import run_simulation

    with tempfile.TemporaryDirectory() as folder:
        model, figures, log = (str(Path(folder) / it) for it in ("p.bpmn", "p.json", "log.csv"))
        Path(model).write_text(bpmn(stations))
        Path(figures).write_text(json.dumps(prosimos_figures(rate, stations, hours)))

        def run():
            run_simulation(model, figures, dossiers, None, log, "2020-01-01 00:00:00.000000+00:00")

        ns, wait = per_dossier(run, dossiers, repeat=1)
        with open(log, newline="") as rows:
            visits = sum(1 for _ in csv.DictReader(rows))
        assert 0.9 < visits / dossiers / (VISITS if stations > 1 else 1) < 1.1, visits
    return ns, wait


def tell(model, name, ns, wait, limit, form):
    seen = "" if wait is None else f"; mean wait {wait:.3f}"
    kept = " with rows" if form else ""
    ratio = f"{ns / limit:,.1f}" if ns < 10 * limit else f"{ns / limit:,.0f}"
    print(f"{model}  {name:<10} {ns:>12,.0f} ns a dossier {ratio:>8} x hoso ({limit:,.0f} ns{kept}){seen}")


def main():
    ours = hoso()
    bare, rows = 0, 1
    for model, name, ns, wait in rivals():
        tell(model, name, ns, wait, ours[model][bare], bare)
    contests = [
        ("A", "SimPy", bare, lambda: simpy_stations(100_000, 4.5, 1)),
        ("A", "Ciw", bare, lambda: ciw_stations(30_000, 4.5, 1)),
        ("A", "Prosimos", rows, lambda: prosimos_stations(10_000, 4.5, 1)),
        ("B", "SimPy", bare, lambda: simpy_stations(30_000, 4.05, 6)),
        ("B", "Ciw", bare, lambda: ciw_stations(10_000, 4.05, 6)),
        ("B", "Prosimos", rows, lambda: prosimos_stations(4_000, 4.05, 6)),
        ("C", "Prosimos", rows, lambda: prosimos_stations(4_000, 0.92, 6, "office")),
    ]
    for model, name, form, peer in contests:
        if model not in ours:
            sys.exit(f"hoso's bench has no model {model}")
        limit = ours[model][min(form, len(ours[model]) - 1)]
        try:
            ns, wait = peer()
        except ImportError as missing:
            print(f"{model}: {name} left out, not installed: {missing}")
            continue
        tell(model, name, ns, wait, limit, form)


if __name__ == "__main__":
    main()
