"""Reading reports that somebody sent, of any usual format, and writing remarks into Word files: knows no framework.

Files are hostile until shown otherwise, and native readers break on some: `apart` does all of this in a process of its
own, with limits of time and memory.
"""
