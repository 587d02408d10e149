"""A made-up council: people who do not exist, living two years through the real actions, from a seed.

For the demo, the tests and the benchmarks. Everyone and everything in it is invented: see ``names``.
"""
