"""Ends its lines with CR LF."""

import json
import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    sys.stdout.write(json.dumps(message) + "\r\n")
    sys.stdout.flush()


honest.serve(say=say)
