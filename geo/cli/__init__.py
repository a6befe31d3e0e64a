"""The `crescent` command, a file a verb: parse, call, print, draw progress; no logic.

Heavy libraries load inside the commands, so that `crescent --help` is instant.
"""

__all__: list[str] = []
