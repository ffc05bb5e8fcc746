"""From a manuscript to verdicts on its quotations: the manuscript read, each quotation looked up, and judged."""
