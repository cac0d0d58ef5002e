namespace DualDb.Connections;

/// <summary>What a database that answers was asked through.</summary>
internal enum ProbeAnswer
{
    /// <summary>A connection of the pool, as calls are.</summary>
    ByPool = 0,

    /// <summary>A connection beside the pool, which had none free: the database is there, and calls wait.</summary>
    BesidePool,
}
