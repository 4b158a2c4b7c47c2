"""A file a deed, named as in its address: who may, why not, what is done, its words, who is told.

`pass` and `return` are words of Python's, so their files end in `_`. Callers find the verbs in `actions`.
"""
