"""Heard: asks children in care and care leavers how things are going, and gets it to people who can act.

Nothing is imported here, so that app.flows, app.analysis and app.reports run without a web framework.
"""
