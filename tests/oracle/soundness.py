"""Lets pm4py judge the workflow nets of tests/corpus/soundness.

A separate process that reads PNML from files; pm4py is never linked. Each net
is small and is judged within a time limit. The verdict must be the one that
the procedure states, which the test suite holds the verifier to.
"""

import multiprocessing
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pm4py

SECONDS = 60


def judge(path, answer):
    net, initial, final = pm4py.read_pnml(path)
    sound, _ = pm4py.check_soundness(net, initial, final, print_diagnostics=False)
    answer.put("sound" if sound else "unsound")


def verdict(path):
    answer = multiprocessing.Queue()
    judging = multiprocessing.Process(target=judge, args=(path, answer))
    judging.start()
    judging.join(SECONDS)
    if judging.is_alive():
        judging.terminate()
        return f"no verdict in {SECONDS} s"
    return answer.get() if judging.exitcode == 0 else f"exit status {judging.exitcode}"


def main():
    hoso, corpus = sys.argv[1], Path(sys.argv[2])
    wrong = 0
    texts = sorted(corpus.glob("*.toml"))
    for text in texts:
        stated = re.search(r"^# verdict: (\w+)$", text.read_text(), re.M).group(1)
        call = [hoso, "--procedures", str(corpus), "export", text.stem, "--to", "pnml"]
        pnml = subprocess.run(call, check=True, capture_output=True, text=True).stdout
        with tempfile.NamedTemporaryFile("w", suffix=".pnml") as file:
            file.write(pnml)
            file.flush()
            found = verdict(file.name)
        wrong += found != stated
        print(f"{'ok' if found == stated else 'WRONG':6} {text.stem:18} stated {stated}, pm4py: {found}")
    print(f"{len(texts) - wrong} of {len(texts)} verdicts agree")
    return 1 if wrong or not texts else 0


if __name__ == "__main__":
    sys.exit(main())
