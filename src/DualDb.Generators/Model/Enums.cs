namespace DualDb.Generators.Model;

/// <summary>Mirrors <c>DualDb.Database</c>, member for member.</summary>
internal enum DatabaseKind
{
    Neon = 0,
    Supabase = 1,
}

/// <summary>How much is generated for an entity.</summary>
internal enum EmissionLevel
{
    /// <summary>Nothing: no code could compile beside the declaration.</summary>
    Nothing,

    /// <summary>Only the names that user code mentions, so that one fault of the model shows as one error.</summary>
    Skeleton,

    /// <summary>All of it.</summary>
    Full,
}

/// <summary>What a column is for.</summary>
internal enum ColumnRole
{
    None,
    Key,
    Version,
    CreatedAt,
    UpdatedAt,
    SoftDelete,
}

/// <summary>The .NET side of a scalar.</summary>
internal enum ScalarKind
{
    Boolean,
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    BigInteger,
    Char,
    String,
    Guid,
    ByteArray,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    IPAddress,
    IPNetwork,
    JsonDocument,
    JsonElement,

    /// <summary>A type serialised through the user's <c>JsonSerializerContext</c>.</summary>
    JsonObject,

    /// <summary><c>NpgsqlRange&lt;T&gt;</c>.</summary>
    Range,
}

/// <summary>The form in which a value travels to and from PostgreSQL.</summary>
internal enum StorageKind
{
    Boolean,
    Smallint,
    Integer,
    Bigint,
    Numeric,
    Real,
    Double,
    Text,
    Varchar,
    Char,
    Uuid,
    Bytea,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Interval,
    Inet,
    Cidr,
    Json,
    Jsonb,
    IntegerRange,
    BigintRange,
    NumericRange,
    TimestampRange,
    TimestampTzRange,
    DateRange,
}

/// <summary>How a member holds many values in one column.</summary>
internal enum CollectionKind
{
    None,
    Array,
    List,
    ReadOnlyList,
    ImmutableArray,
}
