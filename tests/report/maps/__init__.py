"""Maps: the frame, the kinds and their parts."""
