"""Signed networks: least frustrated blocs with a proof, what contradicts them, and who is torn. Method: docs/blocs.md."""
