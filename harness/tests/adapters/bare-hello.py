"""Announces itself without the member hello."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(say=lambda message: honest.say(message.get("hello", message)))
