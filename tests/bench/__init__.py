"""Speed and weight: one figure a line, each against something measured in the same run. Run by `make bench`."""
