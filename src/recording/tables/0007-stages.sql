-- What each stage of a request took, in milliseconds: {"decide":0.4,"verify":2.1}. It stands where the recorder prints it.
ALTER TABLE <<stored events>> <<on_cluster>> ADD COLUMN IF NOT EXISTS stages String CODEC(ZSTD(1)) AFTER erased;

<<distributed_column events stages String AFTER erased>>;
