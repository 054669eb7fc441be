"""Claims across documents -> incidents: copies, the same event, agreement and contradiction. Not built yet."""
