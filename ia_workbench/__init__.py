"""IA Workbench: from confidential transcripts to findings that a community can judge."""

__version__ = "0.1.0"
