"""Other people's data in, every dialect out. Not built yet."""
