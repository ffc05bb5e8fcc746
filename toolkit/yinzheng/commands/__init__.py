"""One module a command: parse, call, print. `shared` holds what several of them take."""
