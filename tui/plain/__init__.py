"""The assessment as lines that are only ever added: for screen readers, pipes and simple terminals."""
