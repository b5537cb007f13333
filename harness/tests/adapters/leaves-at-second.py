"""Leaves at its second call, without a word."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    if number == 2:
        sys.exit(0)
    return [honest.reply(call)]


honest.serve(answer=answer)
