"""The maps in a real browser with the network cut off; `make browser` runs them."""
