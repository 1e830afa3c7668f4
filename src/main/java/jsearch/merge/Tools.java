package jsearch.merge;

import jsearch.checkpoint.ShardedWriter;
import jsearch.torch.Storage;

/** What all workers of a merge share. */
record Tools(Storage storage, SourceReader sources, Buffers buffers, ShardedWriter writer) {}
