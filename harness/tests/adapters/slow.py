"""Takes three seconds for its first call."""

import sys
import time

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    if number == 1:
        time.sleep(3)
    return [honest.reply(call)]


honest.serve(answer=answer)
