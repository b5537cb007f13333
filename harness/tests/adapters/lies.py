"""Takes commas for separators."""

import sys

sys.dont_write_bytecode = True

import honest


def parse(call):
    if not isinstance(call["text"], str):
        raise ValueError("not a string")
    return {"scopes": honest.checked([piece for piece in call["text"].replace(",", " ").split(" ") if piece])}


honest.OPERATIONS["parse"] = parse
honest.serve()
