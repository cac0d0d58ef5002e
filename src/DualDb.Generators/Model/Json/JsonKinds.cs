namespace DualDb.Generators.Model;

/// <summary>A value that is one token of JSON, or a piece of it that nobody takes apart.</summary>
internal enum JsonScalar
{
    /// <summary>None: the value has a method of its own.</summary>
    None,
    Boolean,
    SByte,
    Byte,
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
    Uri,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    IPAddress,
    IPNetwork,
    JsonElement,
    JsonDocument,
}

/// <summary>What a type with methods of its own is in JSON.</summary>
internal enum JsonTypeKind
{
    /// <summary>A type of the user's: an object with a member per member.</summary>
    Object,

    /// <summary>A text with the member's name; a number where none has the value.</summary>
    Enum,

    /// <summary>An array, made into an array.</summary>
    Array,

    /// <summary>An array, made into a list.</summary>
    List,

    /// <summary>An array, made into an immutable array.</summary>
    ImmutableArray,

    /// <summary>An object with a member per entry, made into a dictionary.</summary>
    Dictionary,
}
