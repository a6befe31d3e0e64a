"""The documentation: its blocks are run, and the site that is built of it."""
