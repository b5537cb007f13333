"""Says hello and leaves."""

import sys

sys.dont_write_bytecode = True

import honest

honest.say({"hello": honest.HELLO})
