"""Everything that runs, then what is quoted."""

from bench.peers import QUOTED, run

for key, value in run(None).items():
    print(f"{key:40s} {value:.4f}" if isinstance(value, float) else f"{key:40s} {value}")
for what, figure in QUOTED.items():
    print(f"quoted: {what}: {figure}")
