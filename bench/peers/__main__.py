"""Everything that runs, or the peers named (`python -m bench.peers words`), then what is quoted."""

import sys

from bench.peers import QUOTED, run_peers

for key, value in run_peers(tuple(sys.argv[1:])).items():
    print(f"{key:40s} {value:.4f}" if isinstance(value, float) else f"{key:40s} {value}")
for what, figure in QUOTED.items():
    print(f"quoted: {what}: {figure}")
