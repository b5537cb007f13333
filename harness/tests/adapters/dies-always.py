"""Dies at every call."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    raise RuntimeError("no call is taken")


honest.serve(answer=answer)
