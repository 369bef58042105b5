"""The whole system under faults, and a journal that knows what must come out.

`make chaos` is `python -m ops.chaos.run`.
"""
