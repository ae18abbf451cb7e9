"""The post room: letters made in batches, posted or come back; and the code on each, which opens one thing."""
