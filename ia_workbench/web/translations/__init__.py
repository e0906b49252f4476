"""Spanish for every page, in `es.po`, and what finds the words that need it (`make translations`)."""
