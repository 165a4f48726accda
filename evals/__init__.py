"""Conversations with the state they must leave behind, and the scorer: ``xilften eval``."""
