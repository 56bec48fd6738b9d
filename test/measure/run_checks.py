"""Runs functions as checks: one line of JSON for each, which says how long it took and what failed."""

import json
import time


def run_checks(*checks):
    for check in checks:
        began = time.monotonic()
        try:
            check()
            failure = None
        except Exception as error:  # noqa: BLE001
            failure = f"{type(error).__name__}: {error}"
        line = {"check": check.__name__, "ms": round((time.monotonic() - began) * 1000), "failure": failure}
        print(json.dumps(line), flush=True)
