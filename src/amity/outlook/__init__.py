"""Ties and events -> forecasts, simulations, what-ifs, and their scores. Not built yet."""
