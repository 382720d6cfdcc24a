"""What can happen to the annotation file, done to it over and over: `python -m bench.faults`."""
