"""Tables that ship with the package, and the programs that make them."""
