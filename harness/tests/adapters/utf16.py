"""Writes UTF-16."""

import json
import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    sys.stdout.buffer.write((json.dumps(message) + "\n").encode("utf-16-le"))
    sys.stdout.buffer.flush()


honest.serve(say=say)
