"""Proof that anyone can run again: what the system promises, tried on the product as it is served.

`make prove`; `docs/proof.md` tells what was measured.
"""
