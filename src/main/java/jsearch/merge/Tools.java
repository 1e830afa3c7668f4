package jsearch.merge;

import jsearch.checkpoint.ShardedWriter;

/** What all workers of a merge share. */
record Tools(SourceReader sources, Buffers buffers, ShardedWriter writer) {}
