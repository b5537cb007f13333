"""Spreads each message over several lines."""

import json
import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    print(json.dumps(message, indent=2), flush=True)


honest.serve(say=say)
