"""What each kind of case is and how it proceeds: one declaration a kind, pure Python."""
