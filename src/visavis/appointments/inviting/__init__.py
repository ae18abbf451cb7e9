"""People invited to choose a time, in reading order: `room`, `services`, `telling`, `sweep`, `more`."""
