"""Who does what to whom next: facts in, a learnt order of everyone who may answer out. See docs/outlook.md."""
