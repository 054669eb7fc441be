"""Simulated worlds with known truth: ties that drift and break, planted camps, planted copies of texts, incidents that several papers tell.

Tests, benchmarks and docs draw from here, so that what is measured can be held against what was planted.
"""

from amity.worlds.copies import REPRINTS, PlantedCopy, Reprint, plant_copies
from amity.worlds.echoes import EchoOptions, EchoWorld, make_echo_world
from amity.worlds.press import Press, make_press
from amity.worlds.slips import SLIPS, Slip, plant_slips
from amity.worlds.ties import QUAD_SCORE, Break, SignedWorld, World, WorldOptions, make_signed_world, make_world

__all__ = [
    "QUAD_SCORE",
    "REPRINTS",
    "SLIPS",
    "Break",
    "EchoOptions",
    "EchoWorld",
    "PlantedCopy",
    "Press",
    "Reprint",
    "SignedWorld",
    "Slip",
    "World",
    "WorldOptions",
    "make_echo_world",
    "make_press",
    "make_signed_world",
    "make_world",
    "plant_copies",
    "plant_slips",
]
