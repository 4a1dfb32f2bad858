"""A folder of calls, night after night: what is new or changed is reviewed in parallel and written into a ledger.

The way of a run, a module for each step:

    changes -> worker (in an engine) -> run (writes, counts) -> summary

An engine runs `worker.Worker.review` somewhere; a new one is one module in `engines/`, named in its table.
"""
