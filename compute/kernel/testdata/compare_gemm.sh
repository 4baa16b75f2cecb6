#!/bin/sh
# Runs BenchmarkGemm and its NumPy peer in turn, five times, and prints the best speed of
# each shape in GFLOP/s: ours, then the peer's. Run it in compute/kernel.
set -eu
t=$(mktemp -d)
trap 'rm -r "$t"' EXIT
go test -c -o "$t/bench" .
for round in 1 2 3 4 5; do
	"$t/bench" -test.run XXX -test.bench 'Gemm' -test.benchtime 100ms >>"$t/ours"
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS=1 /usr/bin/python3 testdata/peer_gemm.py 0.1 >>"$t/peer"
done
awk '
	FILENAME ~ /ours/ && /best-GFLOP/ { split($1, p, "/"); sub(/-[0-9]+$/, "", p[3]); n = p[2] "/" p[3]; for (i = 1; i < NF; i++) if ($(i+1) == "best-GFLOP/s" && $i > ours[n]) ours[n] = $i }
	FILENAME ~ /peer/ { if ($5 > peer[$1]) peer[$1] = $5; if (!($1 in seen)) { seen[$1]; order[++count] = $1 } }
	END { for (i = 1; i <= count; i++) printf "%-16s %7.1f %7.1f  %.2f\n", order[i], ours[order[i]], peer[order[i]], ours[order[i]] / peer[order[i]] }
' "$t/ours" "$t/peer"
