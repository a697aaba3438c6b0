package io.metachat.projections.table;

import org.springframework.data.cassandra.core.convert.CassandraConverter;
import org.springframework.data.cassandra.core.convert.MappingCassandraConverter;
import org.springframework.data.cassandra.core.convert.SchemaFactory;
import org.springframework.data.cassandra.core.mapping.CassandraMappingContext;
import org.springframework.data.cassandra.core.mapping.NamingStrategy;

/** Maps records to rows: the component {@code writtenAt} is the column {@code written_at}. Thread-safe. */
final class RowMapping {

    /** One for all tables, because tables are constants and are declared by it. */
    static final CassandraConverter CONVERTER = converter();

    static final SchemaFactory SCHEMA = new SchemaFactory(CONVERTER);

    private RowMapping() {}

    private static CassandraConverter converter() {
        CassandraMappingContext context = new CassandraMappingContext();
        context.setNamingStrategy(NamingStrategy.SNAKE_CASE);
        MappingCassandraConverter converter = new MappingCassandraConverter(context);
        converter.afterPropertiesSet();
        return converter;
    }
}
