"""Answers one call and leaves."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    honest.say(honest.reply(call))
    sys.exit(0)


honest.serve(answer=answer)
