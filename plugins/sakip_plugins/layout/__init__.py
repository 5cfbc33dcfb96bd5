"""What pages of paper have in common, whichever format they are written in: Word documents and PDF."""
