"""How fast we are, beside a peer measured in the same run: `make bench` is `python -m ops.load.bench`."""
