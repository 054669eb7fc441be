"""Who will do what to whom on the next day, ranked on ICEWS; all of it stands in `bench.icews`, which `bench.dyads` reads too."""

from bench.icews import run

__all__ = ["run"]
