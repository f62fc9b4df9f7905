"""Matters that many people raise at once: found in the words, ranked by an explained heat. Pure.

message.py    what is compared
alike.py      how much any two messages speak of the same, as a sparse matrix
joining.py    from likenesses to groups
naming.py     what a group is called: the runs of characters that its messages share
heat.py       how hot a group is on a day, and why
topics.py     all of it: messages in, topics out
"""
