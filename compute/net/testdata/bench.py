"""Compares the training step and the evaluation of package net with PyTorch's, one core
each, in alternating rounds, by the processor time of the best call. Run from anywhere:
/usr/bin/python3 compute/net/testdata/bench.py [rounds]"""
import os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3


def ours(binary):
    out = subprocess.run([binary, "-test.run=^$", "-test.bench=Step|Features", "-test.benchtime=1s"],
                         capture_output=True, text=True, check=True, cwd=os.path.dirname(HERE)).stdout
    for kind, name, batch, rate in re.findall(r"Benchmark(\w+)/(\w+)/batch=(\d+).*?([\d.]+) best-images/cpu-s", out):
        yield (name, batch, kind), float(rate)


def theirs():
    out = subprocess.run([sys.executable, os.path.join(HERE, "peer_step.py"), "1"],
                         capture_output=True, text=True, check=True).stdout
    for name, batch, step, features in re.findall(r"torch (\w+) batch=(\d+) \w+: step (\d+) images/s, features (\d+)", out):
        yield (name, batch, "Step"), float(step)
        yield (name, batch, "Features"), float(features)


def main():
    binary = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"net-bench-{os.getpid()}")
    subprocess.run(["go", "test", "-c", "-o", binary, "."], check=True, cwd=os.path.dirname(HERE))
    try:
        best = ({}, {})
        for _ in range(ROUNDS):
            for mine, results in ((0, ours(binary)), (1, theirs())):
                for key, rate in results:
                    best[mine][key] = max(best[mine].get(key, 0), rate)
    finally:
        os.remove(binary)
    print(f"{'network':<12}{'batch':>6} {'what':<10}{'Go':>10}{'PyTorch':>10}  ratio")
    for key in best[0]:
        go, torch = best[0][key], best[1][key]
        print(f"{key[0]:<12}{key[1]:>6} {key[2]:<10}{go:>10.0f}{torch:>10.0f}  {go / torch:.2f}")


if __name__ == "__main__":
    main()
