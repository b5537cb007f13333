"""Writes a line of 100 MB before its third reply."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    if number == 3:
        for _ in range(100):
            sys.stdout.write("x" * 1_000_000)
        sys.stdout.write("\n")
    return [honest.reply(call)]


honest.serve(answer=answer)
