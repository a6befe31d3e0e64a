"""The routing engine beside its peers: the same graphs, the same questions, the same answers."""
