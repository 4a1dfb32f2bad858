"""How a ledger of an older version becomes one of the newest; run by `store/versions.py`."""
