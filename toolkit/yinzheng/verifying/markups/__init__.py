"""One module for each markup; ``blocks(source, file, include)`` of each gives what `manuscript.read` promises."""
