"""Ledgers to take out, figures with the lists behind them, reports, what a meeting needs.

Files are in Chinese whatever language the pages are in: they are filed here.
"""
