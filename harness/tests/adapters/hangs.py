"""Stops for good at its third call."""

import sys
import time

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    if number == 3:
        time.sleep(3600)
    return [honest.reply(call)]


honest.serve(answer=answer)
