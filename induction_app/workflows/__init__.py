"""Workflows that administrators own: what a stage means, who may act next, what a move does."""
