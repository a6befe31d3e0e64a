"""OpenStreetMap in: real osmium on files that the tests write, real OSMnx on loopback."""
