"""The functions behind the public names: words in, values out."""
