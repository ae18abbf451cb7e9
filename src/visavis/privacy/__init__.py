"""Reports under local differential privacy: drawn, counted, estimated, audited. No Django, no file, no clock."""
