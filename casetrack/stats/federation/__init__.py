"""Many databases: each prefecture a node of its own, and a province that reads their cells through postgres_fdw.

A node opens three views to one role, and nothing else: the cells of its regions, their days, and what waits to be
counted. No case, no person and no office crosses. The province names its nodes and holds each as a partition, so that
a region's code says which node is asked. A node that can't be read is a refusal that names it, never a smaller figure.
"""
