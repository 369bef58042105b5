"""The whole system under faults, and a journal that knows what must come out.

`make chaos` is `python -m ops.chaos.run`: a storm over the pipeline and some days of the agenda, within ten minutes.
"""
