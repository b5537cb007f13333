"""Dies at its third call."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    if number == 3:
        raise RuntimeError("the third call is too much")
    return [honest.reply(call)]


honest.serve(answer=answer)
