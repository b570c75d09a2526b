"""Mail and letters: which rule sends what when (rules), to whom (recipients), in which words (facts, texts), and
how each is kept on the case and queued exactly once (outbox). `post` is the door."""
