"""Prints Python where JSON is due."""

import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    print(message, flush=True)


honest.serve(say=say)
