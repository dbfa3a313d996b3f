"""Figures, disclosure control and papers. Pure."""
