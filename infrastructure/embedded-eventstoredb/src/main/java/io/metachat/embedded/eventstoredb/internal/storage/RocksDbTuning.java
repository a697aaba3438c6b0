package io.metachat.embedded.eventstoredb.internal.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * RocksDB's options. The memory does not depend on the amount of data (one cache for data, indexes and filters, a
 * bounded number of open files), and the log to replay at a start is bounded.
 */
final class RocksDbTuning implements AutoCloseable {

    private static final long BLOCK_CACHE = 24L << 20;
    private static final long WRITE_BUFFER = 8L << 20;
    private static final long ALL_WRITE_BUFFERS = 16L << 20;
    private static final long MAX_LOG = 16L << 20;
    private static final int MAX_OPEN_FILES = 256;

    private final Cache cache = new LRUCache(BLOCK_CACHE);
    private final BloomFilter bloomFilter = new BloomFilter(10);
    private final ColumnFamilyOptions family = new ColumnFamilyOptions()
            .setWriteBufferSize(WRITE_BUFFER)
            .setMaxWriteBufferNumber(3)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setCacheIndexAndFilterBlocks(true)
                    .setPinL0FilterAndIndexBlocksInCache(true)
                    .setFilterPolicy(bloomFilter)
                    .setBlockSize(8 << 10));
    private final DBOptions database = new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            // A crash may leave a torn last record, which was never acknowledged. Damage before it must be an error.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxTotalWalSize(MAX_LOG)
            .setDbWriteBufferSize(ALL_WRITE_BUFFERS)
            .setMaxOpenFiles(MAX_OPEN_FILES)
            // Otherwise opening would read a part of every file.
            .setSkipStatsUpdateOnDbOpen(true)
            .setMaxBackgroundJobs(2)
            .setBytesPerSync(1L << 20)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2);

    DBOptions databaseOptions() {
        return database;
    }

    /**
     * Returns one column family per space, in the order of the enumeration. The first one is RocksDB's mandatory
     * default family.
     */
    List<ColumnFamilyDescriptor> families() {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Space space : Space.values()) {
            byte[] name = space == Space.ABOUT
                    ? RocksDB.DEFAULT_COLUMN_FAMILY
                    : space.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            families.add(new ColumnFamilyDescriptor(name, family));
        }
        return families;
    }

    @Override
    public void close() {
        database.close();
        family.close();
        bloomFilter.close();
        cache.close();
    }
}
