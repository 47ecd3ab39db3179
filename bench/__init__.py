"""Benchmarks: the product beside other engines, in one run, on real pages. `script/bench` runs them."""
