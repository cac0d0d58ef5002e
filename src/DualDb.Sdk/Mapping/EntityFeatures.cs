namespace DualDb.Mapping;

/// <summary>What the model of an entity asks of the repository.</summary>
[Flags]
public enum EntityFeatures
{
    /// <summary>Nothing beyond plain columns.</summary>
    None = 0,

    /// <summary>The key is made by the database.</summary>
    GeneratedKey = 1,

    /// <summary>The generated key is an integer drawn from the column's sequence, so that keys can be reserved ahead of a COPY.</summary>
    SequenceKey = 2,

    /// <summary>The row carries a version that updates check.</summary>
    Versioned = 4,

    /// <summary>Deletion marks the row.</summary>
    SoftDelete = 8,

    /// <summary>The database's clock fills a column at insertion.</summary>
    Timestamps = 16,
}
