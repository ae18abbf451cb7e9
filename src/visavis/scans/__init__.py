"""Paper in: scans are stored whole, drawn, split at their sheets, filed, and sorted where no code says whose."""
