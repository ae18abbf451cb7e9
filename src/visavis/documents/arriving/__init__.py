"""Files on their way: sent in parts, each sealed and on the disk before it is acknowledged (tus 1.0)."""
