"""Reads no more than 64 KiB of a line."""

import json
import sys

sys.dont_write_bytecode = True

import honest

honest.say({"hello": honest.HELLO})
sys.stdin.buffer.readline()
while line := sys.stdin.buffer.readline(65_536):
    message = json.loads(line)
    if "bye" in message:
        break
    honest.say(honest.reply(message))
